/**
 * Pins sample data on the first node of each workflow template in examples/, made by the package itself
 * of its own sample events, so that the pins have the very columns that the trigger gives there.
 *
 *     npx tsx scripts/templatePins.ts
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { examplesFolder, pinDataOf, TEMPLATE_PINS } from '../test/support/templatePins';

for (const template of Object.keys(TEMPLATE_PINS)) {
	const path = join(examplesFolder, `${template}.json`);
	const workflow = JSON.parse(readFileSync(path, 'utf8')) as object;
	const pinned = { ...workflow, pinData: pinDataOf(template) };
	writeFileSync(path, `${JSON.stringify(pinned, null, '\t')}\n`);
}
