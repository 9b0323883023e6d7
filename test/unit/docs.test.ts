import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import {
	addressOf,
	fieldsPage,
	LINK_TO_FILE,
	withLinks,
	withMessages,
	type Manifest,
} from '../../scripts/docs';
import { signingPage } from '../../scripts/signingPage';
import { JofiApi } from '../../credentials/JofiApi.credentials';
import { JofiWebhookApi } from '../../credentials/JofiWebhookApi.credentials';
import { Jofi } from '../../nodes/Jofi/Jofi.node';
import { JofiTrigger } from '../../nodes/Jofi/JofiTrigger.node';

const root = join(__dirname, '../..');
const read = (path: string) => readFileSync(join(root, path), 'utf8');

test('docs/fields.md tells what the code does (npm run docs writes it)', () => {
	expect(read('docs/fields.md')).toBe(fieldsPage());
});

test('docs/signing.md tells which schemes are accepted (npm run docs writes it)', () => {
	expect(read('docs/signing.md')).toBe(signingPage());
});

test('docs/troubleshooting.md has every message of the editor (npm run docs writes them)', () => {
	expect(read('docs/troubleshooting.md')).toBe(withMessages(read('docs/troubleshooting.md')));
});

const manifest = JSON.parse(read('package.json')) as Manifest & { files: string[] };

const pages = [
	'README.md',
	'CHANGELOG.md',
	'CONTRIBUTING.md',
	'REVIEWING.md',
	'SECURITY.md',
	...readdirSync(join(root, 'docs'))
		.filter((file) => file.endsWith('.md'))
		.map((file) => `docs/${file}`),
];

/** The anchor that a heading gets on the pages where Markdown is shown. */
const anchor = (heading: string) =>
	heading
		.toLowerCase()
		.replace(/[^\p{L}\p{N} _-]/gu, '')
		.replace(/ /g, '-');

const anchorsOf = (page: string) =>
	[...read(page).matchAll(/^#+ (.+)$/gm)].map(([, heading]) => anchor(heading ?? ''));

test.each(pages)('every link and picture in %s leads somewhere', (page) => {
	const links = [...read(page).matchAll(/\]\((?!https?:)([^)\s]+)\)/g)].map(
		([, link]) => link ?? '',
	);
	for (const link of links) {
		const [path = '', fragment] = link.split('#');
		const target = path === '' ? page : join(dirname(page), path);
		expect({ link, exists: existsSync(join(root, target)) }).toEqual({ link, exists: true });
		if (fragment === undefined) continue;
		expect(anchorsOf(target)).toContain(fragment);
	}
});

describe('README, which npm shows without the other files', () => {
	const readme = read('README.md');
	const targets = [...readme.matchAll(/\]\(([^)\s]+)\)/g)].map(([, link]) => link ?? '');

	test('its links are absolute, or lead to what is on the page', () => {
		expect(targets.filter((link) => !/^(https:|#)/.test(link))).toEqual([]);
		expect(targets.length).toBeGreaterThan(30);
	});

	test('its links to files are of this version (npm run docs writes it)', () => {
		expect(readme).toBe(withLinks(readme, manifest));
	});

	test('every file that it links to is in the package, at the heading that it names', () => {
		const files = [...readme.matchAll(LINK_TO_FILE)].map(([link, path = '']) => {
			const [, fragment] =
				readme.slice(readme.indexOf(link) + link.length).match(/^#([\w-]+)/) ?? [];
			return { path, fragment };
		});
		expect(files.length).toBeGreaterThan(15);
		for (const { path, fragment } of files) {
			expect({ path, exists: existsSync(join(root, path)) }).toEqual({ path, exists: true });
			expect({ path, isPublished: isPublished(path) }).toEqual({ path, isPublished: true });
			if (fragment !== undefined) expect(anchorsOf(path)).toContain(fragment);
		}
	});

	test('it has the headings that n8n asks for, in their order', () => {
		const headings = [...readme.matchAll(/^## (.+)$/gm)].map(([, heading]) => heading);
		const asked = [
			'Installation',
			'Operations',
			'Credentials',
			'Compatibility',
			'Usage',
			'Resources',
			'Version history',
		];
		expect(headings.filter((heading) => asked.includes(heading ?? ''))).toEqual(asked);
	});

	test('the links to it in n8n lead to its headings', () => {
		const links = [new Jofi(), new JofiTrigger()].map(
			({ description }) => description.documentationUrl,
		);
		links.push(new JofiApi().documentationUrl, new JofiWebhookApi().documentationUrl);
		for (const link of links) {
			const [page, fragment] = link?.split('#') ?? [];
			expect(page).toBe('https://www.npmjs.com/package/n8n-nodes-jofi');
			expect(anchorsOf('README.md')).toContain(fragment);
		}
	});

	/** Whether package.json has a file published. npm adds README and LICENSE by itself. */
	function isPublished(path: string): boolean {
		return ['LICENSE', 'README.md', ...manifest.files].some((pattern) =>
			matchesGlob(path, pattern),
		);
	}

	function matchesGlob(path: string, pattern: string): boolean {
		const expression = pattern.replace(/[.]/g, '\\.').replace(/\*/g, '[^/]*');
		return new RegExp(`^${expression}(/|$)`).test(path);
	}
});

describe('the address of a file in the links of README', () => {
	const published = { name: 'n8n-nodes-jofi', version: '1.2.3' };
	const onGitHub = { ...published, repository: { url: 'git+https://github.com/olivia/nodes.git' } };

	test.each([
		[published, 'docs/setup.md', 'https://cdn.jsdelivr.net/npm/n8n-nodes-jofi@1.2.3/docs/setup.md'],
		[onGitHub, 'docs/setup.md', 'https://github.com/olivia/nodes/blob/v1.2.3/docs/setup.md'],
		[
			onGitHub,
			'examples/0.json',
			'https://cdn.jsdelivr.net/npm/n8n-nodes-jofi@1.2.3/examples/0.json',
		],
		[
			onGitHub,
			'docs/images/a.webp',
			'https://cdn.jsdelivr.net/npm/n8n-nodes-jofi@1.2.3/docs/images/a.webp',
		],
	])('of %j: %s', (named, path, address) => {
		expect(addressOf(path, named)).toBe(address);
		const before = `[a](${addressOf(path, { name: 'n8n-nodes-jofi', version: '0.0.1' })}#b).`;
		expect(withLinks(before, named)).toBe(`[a](${address}#b).`);
	});
});
