import type { Verification } from '../../../../nodes/Jofi/trigger/verification/credential';
import {
	HeldVerification,
	heldVerificationOf,
} from '../../../../nodes/Jofi/trigger/verification/cache';

const secret = (text: string): Verification => ({ method: 'hmac', secrets: [text] });

/** A credential that can be changed, and counts how often it is read. */
function credential(initial: Verification | undefined) {
	const state = { value: initial, reads: 0 };
	const read = () => {
		state.reads += 1;
		return Promise.resolve(state.value);
	};
	return { state, read };
}

test('is read once in ten seconds', async () => {
	const held = new HeldVerification();
	const { state, read } = credential(secret('a'));
	expect(await held.current(0, read)).toEqual(secret('a'));
	state.value = secret('b');
	expect(await held.current(9_999, read)).toEqual(secret('a'));
	expect(state.reads).toBe(1);
	expect(await held.current(10_000, read)).toEqual(secret('b'));
	expect(state.reads).toBe(2);
});

test('deliveries that come together share one reading', async () => {
	const held = new HeldVerification();
	const { state, read } = credential(secret('a'));
	await Promise.all([held.current(0, read), held.current(0, read), held.current(1, read)]);
	expect(state.reads).toBe(1);
});

test('a removed credential is gone after ten seconds', async () => {
	const held = new HeldVerification();
	const { state, read } = credential(secret('a'));
	await held.current(0, read);
	state.value = undefined;
	expect(await held.current(10_000, read)).toBeUndefined();
});

test('is read again before a refusal, at most once a second', async () => {
	const held = new HeldVerification();
	const { state, read } = credential(secret('a'));
	await held.current(0, read);
	state.value = secret('b');
	expect(await held.readAgain(5, read)).toEqual(secret('b'));
	expect(await held.readAgain(1_004, read)).toBeUndefined();
	expect(state.reads).toBe(2);
	expect(await held.readAgain(1_005, read)).toEqual(secret('b'));
	expect(await held.current(11_000, read)).toEqual(secret('b'));
	expect(state.reads).toBe(3);
});

test('a credential that could not be used is not held', async () => {
	const held = new HeldVerification();
	const { state, read } = credential(undefined);
	expect(await held.current(0, read)).toBeUndefined();
	state.value = secret('a');
	expect(await held.current(1, read)).toEqual(secret('a'));
});

test('a reading that failed is not held', async () => {
	const held = new HeldVerification();
	await expect(held.current(0, () => Promise.reject(new Error('no database')))).rejects.toThrow();
	expect(await held.current(1, credential(secret('a')).read)).toEqual(secret('a'));
});

test('a late failure does not drop what was read after it', async () => {
	const held = new HeldVerification();
	let fail: (error: Error) => void = () => undefined;
	const failing = held.current(0, () => new Promise((_, reject) => (fail = reject)));
	const { state, read } = credential(secret('a'));
	await held.readAgain(1, read);
	fail(new Error('no database'));
	await expect(failing).rejects.toThrow();
	expect(await held.current(2, read)).toEqual(secret('a'));
	expect(state.reads).toBe(1);
});

test('each key has what is held for it alone', () => {
	expect(heldVerificationOf('a')).toBe(heldVerificationOf('a'));
	expect(heldVerificationOf('a')).not.toBe(heldVerificationOf('b'));
});
