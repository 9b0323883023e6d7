import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fieldsPage, withMessages } from '../../scripts/docs';

const root = join(__dirname, '../..');
const read = (path: string) => readFileSync(join(root, path), 'utf8');

test('docs/fields.md tells what the code does (npm run docs writes it)', () => {
	expect(read('docs/fields.md')).toBe(fieldsPage());
});

test('docs/troubleshooting.md has every message of the editor (npm run docs writes them)', () => {
	expect(read('docs/troubleshooting.md')).toBe(withMessages(read('docs/troubleshooting.md')));
});

const pages = [
	'README.md',
	'CHANGELOG.md',
	'CONTRIBUTING.md',
	'SECURITY.md',
	'docs/setup.md',
	'docs/troubleshooting.md',
	'docs/fields.md',
	'docs/performance.md',
	'docs/reliability.md',
	'docs/templates.md',
];

/** The anchor that a heading gets on the pages where Markdown is shown. */
const anchor = (heading: string) =>
	heading
		.toLowerCase()
		.replace(/[^\p{L}\p{N} _-]/gu, '')
		.replace(/ /g, '-');

test.each(pages)('every link and picture in %s leads somewhere', (page) => {
	const links = [...read(page).matchAll(/\]\((?!https?:)([^)\s]+)\)/g)].map(
		([, link]) => link ?? '',
	);
	for (const link of links) {
		const [path = '', fragment] = link.split('#');
		const target = path === '' ? page : join(dirname(page), path);
		expect({ link, exists: existsSync(join(root, target)) }).toEqual({ link, exists: true });
		if (fragment === undefined) continue;
		const headings = [...read(target).matchAll(/^#+ (.+)$/gm)].map(([, heading]) =>
			anchor(heading ?? ''),
		);
		expect(headings).toContain(fragment);
	}
});
