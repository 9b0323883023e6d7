import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { hashesFile, hashOf, imagesFolder, PICTURE_NAMES } from '../../scripts/pictures';

const root = join(__dirname, '../..');
const files = readdirSync(imagesFolder).filter((file) => !file.endsWith('.json'));
const hashes = JSON.parse(readFileSync(hashesFile, 'utf8')) as Record<string, string>;

test('the pictures are those that the script takes', () => {
	expect(files.filter((name) => !PICTURE_NAMES.includes(name))).toEqual([]);
	expect(PICTURE_NAMES.filter((name) => !files.includes(name))).toEqual([]);
	expect(files.filter((name) => !(name in hashes))).toEqual([]);
});

test.each(Object.keys(hashes))(
	'%s shows what there is now (npm run screenshots takes it again)',
	async (name) => {
		expect(hashes[name]).toBe(await hashOf(name));
	},
);

test('every picture is on a page', () => {
	const pages = ['README.md', ...readdirSync(join(root, 'docs')).map((file) => `docs/${file}`)]
		.filter((page) => page.endsWith('.md'))
		.map((page) => readFileSync(join(root, page), 'utf8'))
		.join('\n');
	expect(files.filter((name) => !pages.includes(`images/${name})`))).toEqual([]);
});
