/**
 * What each picture in docs/images shows of this package. A hash of it is kept beside the pictures, so that a
 * test can say which picture is older than what it shows; `npm run screenshots` takes them again.
 */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { INodeProperties } from 'n8n-workflow';
import { JofiWebhookApi } from '../credentials/JofiWebhookApi.credentials';
import { EVENT_CATALOGUE } from '../nodes/Jofi/events/catalogue';
import { sampleEvent } from '../nodes/Jofi/events/samples';
import { COLUMN_NAMES } from '../nodes/Jofi/items/columns';
import { properties } from '../nodes/Jofi/trigger/parameters';
import { samplesPage } from '../nodes/Jofi/trigger/sample/page';
import { jofiWithPeople, scenesAt, shownIn } from './screenshots/jofiScenes';
import { PEOPLE } from './screenshots/people';

const root = join(__dirname, '..');

export const imagesFolder = join(root, 'docs/images');

/** The file that keeps the hashes, by the name of the picture. */
export const hashesFile = join(imagesFolder, 'pictures.json');

const template = (name: string) => ({
	...(JSON.parse(readFileSync(join(root, 'examples', `${name}.json`), 'utf8')) as { name: string }),
	pinData: undefined,
});

/** What the panel of a node shows of its parameters: options that are to be added first are not there. */
const shownOf = (shown: INodeProperties[]) =>
	shown.map(({ displayName, default: value, hint, placeholder }) => [
		displayName,
		value,
		hint,
		placeholder,
	]);

const PICTURES: Record<string, () => unknown> = {
	'first-rows.webp': () => [template('0-first-rows'), PEOPLE],
	'sample-page.webp': () => samplesPage(['*']).html,
	'install.png': () => 'n8n-nodes-jofi',
	'node-search.png': () => EVENT_CATALOGUE,
	'credential.png': () => shownOf(new JofiWebhookApi().properties),
	'output-table.png': () => [
		shownOf(properties),
		COLUMN_NAMES,
		{ ...sampleEvent('test_taker.assessment_completed', 0), id: '' },
	],
	'map-a-column.png': () => COLUMN_NAMES,
	'separate-outputs.png': () => EVENT_CATALOGUE,
	'rejected-delivery.png': () => shownOf(properties),
	'mail.png': () => template('3-mail-when-all-completed'),
	'executions.png': () => [template('0-first-rows').name, PEOPLE.length],
};

/** The names of the pictures of workflow templates: two of them look like a third one. */
export const TEMPLATE_PICTURES = readdirSync(join(root, 'examples'))
	.map((file) => file.replace(/\.json$/, ''))
	.filter((name) => !/^5[bc]-/.test(name))
	.map((name) => `template-${name}.png`);

for (const picture of TEMPLATE_PICTURES) {
	PICTURES[picture] = () => template(picture.replace(/^template-(.*)\.png$/, '$1'));
}

for (const scene of scenesAt(jofiWithPeople())) {
	PICTURES[scene.picture] = async () => await shownIn(scene);
}

export const PICTURE_NAMES = Object.keys(PICTURES);

/**
 * A hash of what a picture shows of this package, as it is now.
 *
 * @param name - the file's name in docs/images
 * @throws if there is no such picture
 */
export async function hashOf(name: string): Promise<string> {
	const madeFrom = PICTURES[name];
	if (!madeFrom) throw new Error(`Say in scripts/pictures.ts what ${name} shows`);
	return createHash('sha256')
		.update(JSON.stringify(await madeFrom()))
		.digest('hex');
}
