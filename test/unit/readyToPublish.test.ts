import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { leftToDo, type PublishedManifest } from '../../scripts/readyToPublish';

const ready: PublishedManifest = {
	version: '1.2.3',
	author: { name: 'Olivia Owner', email: 'olivia@jofi-nodes.org' },
	homepage: 'https://github.com/olivia/n8n-nodes-jofi#readme',
	repository: { url: 'git+https://github.com/olivia/n8n-nodes-jofi.git' },
	bugs: { url: 'https://github.com/olivia/n8n-nodes-jofi/issues' },
};
const by = (name: string, email: string) => ({ author: { name, email } });
const changelog = '# Changelog\n\n## [Unreleased]\n\n## [1.2.3] - 2026-11-24\n';

test('nothing is left where the owner has filled in everything', () => {
	expect(leftToDo('v1.2.3', ready, changelog)).toEqual([]);
});

test.each<[string, Partial<PublishedManifest>, RegExp]>([
	['no repository', { repository: undefined }, /"repository"/],
	['a repository elsewhere', { repository: { url: 'https://example.com/x' } }, /"repository"/],
	['no bugs', { bugs: undefined }, /"bugs"/],
	['no homepage', { homepage: undefined }, /"homepage"/],
	["npm's own page", { homepage: 'https://www.npmjs.com/package/n8n-nodes-jofi' }, /"homepage"/],
	['a placeholder for the author', by('n8n-nodes-jofi maintainers', 'olivia@o.org'), /name/],
	['a placeholder for the address', by('Olivia', 'maintainers@example.com'), /email/],
	['another version', { version: '1.2.4' }, /tag is v1\.2\.3, but the version .* is 1\.2\.4/],
])('%s is said', (_, changes, sentence) => {
	const left = leftToDo('v1.2.3', { ...ready, ...changes }, `${changelog}\n## [1.2.4]\n`);
	expect(left).toHaveLength(1);
	expect(left[0]).toMatch(sentence);
});

test('the changelog tells of the version in package.json', () => {
	const read = (file: string) => readFileSync(join(__dirname, '../..', file), 'utf8');
	const { version } = JSON.parse(read('package.json')) as PublishedManifest;
	expect(leftToDo(`v${version}`, { ...ready, version }, read('CHANGELOG.md'))).toEqual([]);
});

test('everything that is left is said at once', () => {
	expect(leftToDo('', { version: '1.0.0' }, '')).toHaveLength(7);
});
