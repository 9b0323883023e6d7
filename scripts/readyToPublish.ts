/**
 * Says what is left to do before this version can be published, in one list.
 *
 *     npx tsx scripts/readyToPublish.ts v1.2.3
 *
 * Exit code 0 if nothing is left.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

export interface PublishedManifest {
	version: string;
	author?: { name?: string; email?: string };
	homepage?: string;
	repository?: { url?: string };
	bugs?: { url?: string };
}

/**
 * What is left to do before a version can be published.
 *
 * @param tag - the tag that is being published, such as `v1.2.3`
 * @param manifest - package.json
 * @param changelog - the text of CHANGELOG.md
 * @returns a sentence for each thing; none if all is ready
 */
export function leftToDo(tag: string, manifest: PublishedManifest, changelog: string): string[] {
	const { version, author, homepage, repository, bugs } = manifest;
	const onGitHub = /^(git\+)?https:\/\/github\.com\/[\w.-]+\/[\w.-]+/;
	const left: Array<[boolean, string]> = [
		[
			onGitHub.test(repository?.url ?? ''),
			'package.json: set "repository" to the repository on GitHub. npm takes no provenance without it, and README links to it.',
		],
		[
			/^https:\/\//.test(bugs?.url ?? ''),
			'package.json: set "bugs" to the page where people report what does not work.',
		],
		[
			/^https:\/\//.test(homepage ?? '') && !/npmjs\.com/.test(homepage ?? ''),
			'package.json: set "homepage" to the page of the project, such as the repository.',
		],
		[
			(author?.name ?? '') !== '' && !/ maintainers$/.test(author?.name ?? ''),
			'package.json: set the name of the "author".',
		],
		[
			/@/.test(author?.email ?? '') && !/[.@]example(\.(com|net|org))?$/.test(author?.email ?? ''),
			'package.json: set the email of the "author" to an address that is read.',
		],
		[
			tag === `v${version}`,
			`The tag is ${tag}, but the version in package.json is ${version}. Let npm version make both.`,
		],
		[
			changelog.includes(`\n## [${version}]`),
			`CHANGELOG.md: put what is new under a heading “## [${version}]”.`,
		],
	];
	return left.filter(([isDone]) => !isDone).map(([, sentence]) => sentence);
}

function main(): void {
	const root = join(__dirname, '..');
	const read = (path: string) => readFileSync(join(root, path), 'utf8');
	const left = leftToDo(
		process.argv[2] ?? '',
		JSON.parse(read('package.json')) as PublishedManifest,
		read('CHANGELOG.md'),
	);
	if (left.length === 0) return;
	process.stderr.write(`Not ready to be published:\n${left.map((each) => `- ${each}\n`).join('')}`);
	process.exitCode = 1;
}

if (require.main === module) main();
