import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { JofiApi } from '../../credentials/JofiApi.credentials';
import { JofiWebhookApi } from '../../credentials/JofiWebhookApi.credentials';
import { Jofi } from '../../nodes/Jofi/Jofi.node';
import { JofiTrigger } from '../../nodes/Jofi/JofiTrigger.node';

const root = join(__dirname, '../..');
const read = (path: string) => readFileSync(join(root, path), 'utf8');

const pages = ['', 'docs'].flatMap((folder) =>
	readdirSync(join(root, folder))
		.filter((file) => file.endsWith('.md'))
		.map((file) => join(folder, file)),
);

/** The anchors of a page, as GitHub makes them from its headings. */
const anchorsOf = (page: string) =>
	[...read(page).matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) =>
		heading
			.toLowerCase()
			.replace(/[^\p{L}\p{N} _-]/gu, '')
			.replace(/ /g, '-'),
	);

test.each(pages)('every link and picture in %s leads somewhere', (page) => {
	for (const [, link = ''] of read(page).matchAll(/\]\((?!https?:)([^)\s]+)\)/g)) {
		const [path = '', fragment] = link.split('#');
		const target = path === '' ? page : join(dirname(page), path);
		expect({ link, exists: existsSync(join(root, target)) }).toEqual({ link, exists: true });
		if (fragment === undefined) continue;
		expect(anchorsOf(target)).toContain(fragment);
	}
});

test('README has the headings that n8n asks for, in their order', () => {
	const headings = [...read('README.md').matchAll(/^## (.+)$/gm)].map(([, heading]) => heading);
	const wanted = [
		'Installation',
		'Operations',
		'Credentials',
		'Compatibility',
		'Usage',
		'Resources',
		'Version history',
	];
	expect(headings.filter((heading) => wanted.includes(heading ?? ''))).toEqual(wanted);
});

test("n8n's links to README lead to its headings", () => {
	const nodes = [new Jofi(), new JofiTrigger()].map(({ description }) => description);
	for (const { documentationUrl } of [...nodes, new JofiApi(), new JofiWebhookApi()]) {
		const [page, fragment] = documentationUrl?.split('#') ?? [];
		expect(page).toBe('https://www.npmjs.com/package/n8n-nodes-jofi');
		expect(anchorsOf('README.md')).toContain(fragment);
	}
});
