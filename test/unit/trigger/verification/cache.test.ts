import { CredentialCache } from '../../../../nodes/Jofi/trigger/verification/cache';
import type { Verification } from '../../../../nodes/Jofi/trigger/verification/credential';

const secret = (text: string): Verification => ({ method: 'hmac', secrets: [text] });

/** A cache over a credential that can be changed, and that counts how often it is read. */
function cached(initial: Verification | undefined) {
	const cache = new CredentialCache(20);
	const state = { value: initial, reads: 0 };
	const at = (now: number, credentialId = 'c') =>
		cache.sourceAt(credentialId, now, () => {
			state.reads += 1;
			return Promise.resolve(state.value);
		});
	return { state, at };
}

test('is read once in ten seconds', async () => {
	const { state, at } = cached(secret('a'));
	expect(await at(0).current()).toEqual(secret('a'));
	state.value = secret('b');
	expect(await at(9_999).current()).toEqual(secret('a'));
	expect(state.reads).toBe(1);
	expect(await at(10_000).current()).toEqual(secret('b'));
	expect(state.reads).toBe(2);
});

test('deliveries that come together share one reading', async () => {
	const { state, at } = cached(secret('a'));
	await Promise.all([at(0).current(), at(0).current(), at(1).current()]);
	expect(state.reads).toBe(1);
});

test('a removed credential is gone after ten seconds, also if the clock is set back', async () => {
	const { state, at } = cached(secret('a'));
	await at(100_000).current();
	state.value = undefined;
	expect(await at(90_001).current()).toEqual(secret('a'));
	expect(await at(90_000).current()).toBeUndefined();
});

test('what comes after a reading that failed was read after it', async () => {
	const { state, at } = cached(secret('a'));
	const failed = at(0).current();
	await failed;
	state.value = secret('b');
	expect(await at(1).after(failed)).toEqual(secret('b'));
	expect(await at(2).current()).toEqual(secret('b'));
	expect(state.reads).toBe(2);
});

test('a forgery just before does not keep a changed secret from being seen', async () => {
	const { state, at } = cached(secret('a'));
	await at(1).after(at(0).current());
	state.value = secret('b');
	const failed = at(2).current();
	expect(await failed).toEqual(secret('a'));
	expect(await at(3).after(failed)).toEqual(secret('b'));
});

test('a flood of forgeries costs one further reading in an interval, and a changed secret is seen', async () => {
	const { state, at } = cached(secret('a'));
	const failed = at(0).current();
	await failed;
	const forgeries = Array.from({ length: 99 }, () => at(1).after(failed));
	state.value = secret('b');
	expect(await at(1).after(failed)).toEqual(secret('b'));
	expect(await Promise.all(forgeries)).toEqual(forgeries.map(() => secret('b')));
	expect(state.reads).toBe(2);
});

test('deliveries that did not match the same reading share a later one', async () => {
	const { state, at } = cached(secret('a'));
	const failed = at(0).current();
	await failed;
	await Promise.all([at(20).after(failed), at(21).after(failed)]);
	expect(state.reads).toBe(2);
});

test('further readings keep their distance, however late a delivery comes', async () => {
	const { state, at } = cached(secret('a'));
	const failed = at(0).current();
	await failed;
	const waiting = [at(1).after(failed), at(50).after(failed)];
	expect(state.reads).toBe(1);
	await Promise.all(waiting);
	expect(state.reads).toBe(2);
	const another = at(25).after(at(25).current());
	expect(state.reads).toBe(2);
	await another;
	expect(state.reads).toBe(3);
});

test('no more than a hundred deliveries wait', async () => {
	const { state, at } = cached(secret('a'));
	const failed = at(0).current();
	await failed;
	const waiting = Array.from({ length: 100 }, () => at(1).after(failed));
	state.value = secret('b');
	expect(await at(1).after(failed)).toEqual(secret('a'));
	expect(await Promise.all(waiting)).toEqual(waiting.map(() => secret('b')));
	state.value = secret('c');
	expect(await at(2).after(at(2).current())).toEqual(secret('c'));
});

test('a reading that comes after the node got another credential is not kept for that one', async () => {
	const { state, at } = cached(secret('a'));
	const failed = at(0, 'first').current();
	await failed;
	const later = at(1, 'first').after(failed);
	await at(2, 'second').current();
	state.value = secret('b');
	expect(await later).toEqual(secret('b'));
	expect(await at(3, 'second').current()).toEqual(secret('a'));
});

test('a credential that could not be used is not kept', async () => {
	const { state, at } = cached(undefined);
	const failed = at(0).current();
	expect(await failed).toBeUndefined();
	expect(await at(1).after(failed)).toBeUndefined();
	state.value = secret('a');
	expect(await at(2).current()).toEqual(secret('a'));
});

test('a late failure does not drop what was read after it', async () => {
	const cache = new CredentialCache();
	let fail: (value: undefined) => void = () => undefined;
	const failing = cache
		.sourceAt('c', 0, () => new Promise((resolve) => (fail = resolve)))
		.current();
	const read = jest.fn(() => Promise.resolve(secret('a')));
	await cache.sourceAt('c', 2000, read).after(failing);
	fail(undefined);
	await failing;
	expect(await cache.sourceAt('c', 2001, read).current()).toEqual(secret('a'));
	expect(read).toHaveBeenCalledTimes(1);
});

test('another credential in the node is another one at once', async () => {
	const { state, at } = cached(secret('a'));
	await at(0, 'first').current();
	state.value = secret('b');
	expect(await at(1, 'second').current()).toEqual(secret('b'));
});
