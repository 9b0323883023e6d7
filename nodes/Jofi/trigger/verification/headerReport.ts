import { findCandidates, NAMED_LIKE_ONE, RUN } from './candidates';
import { headerText, headerValues, type Headers } from './headers';
import { NAME_OF_TIME, NAMED_TIMESTAMP, timeBeside } from './parts';
import { timeForm } from './times';

/** What in a request looks like a signature, and what may belong to one, in words without any values. */
export interface Seen {
	signatures: string[];
	times: string[];
}

// More than any delivery needs. A stranger chooses the names.
const MAX_LINES = 4;
const LONGEST_NAME = 60;

const HEX = /^[0-9a-f]+$/i;
const BASIC_AUTH = /^basic /i;
// Three parts, of which the first is base64url of `{"`: RFC 7519.
const JSON_WEB_TOKEN = /(?:^|\s)eyJ[\w-]+\.[\w-]+\.[\w-]*(?=$|\s)/;

const ALGORITHMS: Record<number, string> = {
	16: 'MD5',
	20: 'SHA-1',
	28: 'SHA-224',
	32: 'SHA-256',
	48: 'SHA-384',
	64: 'SHA-512',
	256: 'an RSA signature',
	384: 'an RSA signature',
	512: 'an RSA signature',
};

/**
 * Tells what was seen, for a person who has to find out how a request was signed: the names of headers,
 * what is written in them and how long it is. It holds nothing secret, and so may be sent to others.
 *
 * @param headers - all headers of a request, whoever sent it
 * @returns at most four lines of each kind, such as `x-signature carries 64 hexadecimal digits, the
 * length of SHA-256`
 */
export function whatWasSeen(headers: Headers): Seen {
	const candidates = new Set(findCandidates(headers).map(({ header }) => header));
	const names = Object.keys(headers);
	const isNamedLikeOne = (name: string) => NAMED_LIKE_ONE.test(name);
	const isNamedLikeTime = (name: string) => NAMED_TIMESTAMP.test(name) || NAME_OF_TIME.test(name);
	const ordered = [
		...names.filter(isNamedLikeOne),
		...names.filter((name) => !isNamedLikeOne(name)),
	];
	const signatures = ordered.flatMap((name) => {
		if (headerValues(headers, name).some((value) => BASIC_AUTH.test(value))) return [];
		if (isNamedLikeTime(name) && headerTimeForm(headers, name)) return [];
		const forms = headerValues(headers, name).flatMap((value) =>
			formsIn(name, value, isNamedLikeOne(name) || candidates.has(name)),
		);
		return forms.length > 0 ? [line(name, forms)] : [];
	});
	const times = names.filter(isNamedLikeTime).flatMap((name) => {
		const form = headerTimeForm(headers, name);
		return form ? [line(name, [`a time in ${form}`])] : [];
	});
	return { signatures: signatures.slice(0, MAX_LINES), times: times.slice(0, MAX_LINES) };
}

function line(name: string, forms: string[]): string {
	const token = name.replace(/[^\w-]/g, '').slice(0, LONGEST_NAME);
	return `${token} carries ${[...new Set(forms)].slice(0, MAX_LINES).join(', and ')}`;
}

function headerTimeForm(headers: Headers, name: string): string | undefined {
	const text = headerText(headers, name);
	return text === undefined ? undefined : timeForm(text);
}

/** What one value holds. In a header that is not named like a signature, only what can hardly be else. */
function formsIn(name: string, value: string, isExpected: boolean): string[] {
	if (JSON_WEB_TOKEN.test(value)) return ['a JSON Web Token (JWT)'];
	const forms = (value.match(RUN) ?? []).flatMap((run) => formOf(run, isExpected) ?? []);
	if (forms.length === 0) {
		return isExpected ? [`${value.length} characters that are no digest in hex or base64`] : [];
	}
	const time = timeBeside(name, value);
	const form = time && timeForm(time.text);
	return form ? [...forms, `a time in ${form}`] : forms;
}

function formOf(run: string, isExpected: boolean): string | undefined {
	const isHex = HEX.test(run);
	const bytes = Buffer.from(run, isHex ? 'hex' : 'base64');
	const written = `${run.length} ${isHex ? 'hexadecimal digits' : 'characters of base64'}`;
	if (isEcdsa(bytes)) {
		return `${written}, an ECDSA signature as Twilio SendGrid's: made with a key pair, not with a secret`;
	}
	const algorithm = ALGORITHMS[bytes.length];
	if (!isExpected) return undefined;
	return algorithm ? `${written}, the length of ${algorithm}` : `${written}, ${bytes.length} bytes`;
}

/** DER: a sequence (30) as long as the rest, which begins with an integer (02): RFC 3279, section 2.2.3. */
function isEcdsa(bytes: Buffer): boolean {
	return (
		bytes.length >= 68 &&
		bytes.length <= 72 &&
		bytes[0] === 0x30 &&
		bytes[1] === bytes.length - 2 &&
		bytes[2] === 0x02
	);
}
