/**
 * Pins sample data on the first node of each workflow template in examples/, made by the package itself
 * of its own sample events, so that the pins have the very columns that the trigger gives there.
 *
 *     npx tsx scripts/templatePins.ts
 */
import { writeFileSync } from 'node:fs';
import { pinDataOf } from '../test/support/templatePins';
import { fileOf, readTemplate, TEMPLATES } from '../test/support/templates';

for (const template of TEMPLATES) {
	const pinned = { ...readTemplate(template), pinData: pinDataOf(template) };
	writeFileSync(fileOf(template), `${JSON.stringify(pinned, null, '\t')}\n`);
}
