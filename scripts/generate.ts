/**
 * Writes everything that follows from the code: known answers for HMAC, checks and sample data in the templates,
 * and tables in the docs.
 *
 *     npm run generate
 *
 * `npm run lint` calls it with `--check`: that writes nothing, and names what is out of date.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { docs } from './generate/docs';
import type { Files, Generator } from './generate/files';
import { hmacFixtures } from './generate/hmacFixtures';
import { settingsChecks } from './generate/settingsChecks';
import { templatePins } from './generate/templatePins';

/** Each may read what those before it make. */
const GENERATORS: readonly Generator[] = [hmacFixtures, settingsChecks, templatePins, docs];

/** Stands in a page where only a person knows the text. */
const GAP = /\*\*to be written .*?\*\*/;

const inRepository = (path: string) => join(__dirname, '..', path);
const asItIs = (path: string) => readFileSync(inRepository(path), 'utf8');

function main(isCheck: boolean): void {
	const files: Files = {};
	for (const generate of GENERATORS) {
		Object.assign(
			files,
			generate((path) => files[path] ?? asItIs(path)),
		);
	}
	const outOfDate = Object.keys(files).filter((path) => files[path] !== asItIs(path));
	if (!isCheck) {
		for (const path of outOfDate) writeFileSync(inRepository(path), files[path] ?? '');
	}
	const messages = [
		...outOfDate.map((path) =>
			isCheck ? `${path} is out of date: run npm run generate.` : `${path}: written.`,
		),
		...Object.keys(files).flatMap((path) => {
			const gap = GAP.exec(files[path] ?? '');
			return gap ? [`${path} has a gap: ${gap[0]}`] : [];
		}),
	];
	for (const message of messages) process.stdout.write(`${message}\n`);
	if (isCheck && messages.length > 0) process.exitCode = 1;
}

main(process.argv.includes('--check'));
