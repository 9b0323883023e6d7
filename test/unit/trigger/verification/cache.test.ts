import { CredentialCache } from '../../../../nodes/Jofi/trigger/verification/cache';
import type { Verification } from '../../../../nodes/Jofi/trigger/verification/credential';

const secret = (text: string): Verification => ({ method: 'hmac', secrets: [text] });

/** A cache over a credential that can be changed, at a time that can be set, and how often it is read. */
function cached(initial: Verification | undefined) {
	const state = { value: initial, reads: 0, now: 100_000 };
	const cache = new CredentialCache(() => state.now);
	const sourceOf = (credentialId: string) =>
		cache.sourceOf(credentialId, () => {
			state.reads += 1;
			return Promise.resolve(state.value);
		});
	return { state, sourceOf, source: sourceOf('c') };
}

test('a credential is read once in ten seconds', async () => {
	const { state, source } = cached(secret('a'));
	expect(await source.current()).toEqual(secret('a'));
	state.value = secret('b');
	state.now += 9_999;
	expect(await source.current()).toEqual(secret('a'));
	expect(state.reads).toBe(1);
	state.now += 1;
	expect(await source.current()).toEqual(secret('b'));
	expect(state.reads).toBe(2);
});

test('deliveries that come together share one reading', async () => {
	const { state, source } = cached(secret('a'));
	await Promise.all([source.current(), source.current(), source.recent()]);
	expect(state.reads).toBe(1);
});

test('a removed credential is gone after ten seconds, also if the clock is set back', async () => {
	const { state, source } = cached(secret('a'));
	await source.current();
	state.value = undefined;
	state.now -= 9_999;
	expect(await source.current()).toEqual(secret('a'));
	state.now -= 1;
	expect(await source.current()).toBeUndefined();
});

test.each([
	['changed', secret('b')],
	['deleted', undefined],
])('that it was %s is seen by what is refused a second later', async (_what, changed) => {
	const { state, source } = cached(secret('a'));
	await source.current();
	state.value = changed;
	state.now += 999;
	expect(await source.recent()).toEqual(secret('a'));
	state.now += 1;
	expect(await source.recent()).toEqual(changed);
	expect(await source.current()).toEqual(changed);
	expect(state.reads).toBe(2);
});

test.each([
	['that can be used', secret('a')],
	['that cannot be used', undefined],
])('a flood of forgeries has a credential %s read once a second', async (_what, value) => {
	const { state, source } = cached(value);
	for (let forgery = 0; forgery < 200; forgery++) {
		await source.current();
		await source.recent();
		state.now += 10;
	}
	expect(state.reads).toBe(2);
});

test('another credential in the node is read at once, and the one before never again', async () => {
	const { state, sourceOf } = cached(secret('a'));
	const first = sourceOf('first');
	await first.current();
	state.value = secret('b');
	expect(await sourceOf('second').current()).toEqual(secret('b'));
	state.value = secret('c');
	expect(await first.recent()).toEqual(secret('c'));
	state.value = secret('d');
	expect(await sourceOf('second').current()).toEqual(secret('d'));
});

test('the time is that of the machine', async () => {
	const read = jest.fn(() => Promise.resolve(secret('a')));
	const clock = jest.spyOn(Date, 'now').mockReturnValue(0);
	const source = new CredentialCache().sourceOf('c', read);
	await source.current();
	clock.mockReturnValue(10_000);
	await source.current();
	clock.mockRestore();
	expect(read).toHaveBeenCalledTimes(2);
});
