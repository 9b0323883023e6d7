const { register } = require('tsx/cjs/api');

// Without types, which `npm run lint` checks.
const transform = {
	'^.+\\.ts$': ['ts-jest', { tsconfig: 'test/tsconfig.json', transpilation: true }],
};

const project = (name, more = {}) => ({
	displayName: name,
	testEnvironment: 'node',
	testMatch: [`<rootDir>/test/${name}/**/*.test.ts`],
	transform,
	...more,
});

const onN8n = (name, more) =>
	project(name, {
		globalSetup: `<rootDir>/test/support/setup/${name}.ts`,
		globalTeardown: '<rootDir>/test/support/setup/teardown.ts',
		...more,
	});

// The tests that need nothing of n8n but its address (CONTRIBUTING.md, "On an n8n that already runs").
const onOutsideN8n = process.env.N8N_URL
	? { testMatch: ['<rootDir>/test/e2e/{trigger,signing,hangUps,load}.test.ts'] }
	: {};

// Adds a picture of the page to the error of a failed test.
const inBrowser = { testEnvironment: '<rootDir>/test/support/browserEnvironment.ts' };

// For coverage the engine tests run the sources in place of what was built from them.
const sources = process.env.COVERAGE_OF_SOURCES
	? { moduleNameMapper: { '^.*/dist/((nodes|credentials)/.*)\\.js$': '<rootDir>/$1.ts' } }
	: {};

const isLong = [process.env.LOAD, process.env.QUEUE, process.env.FUZZ].includes('long');
const MINUTES = 60_000;

module.exports = async () => ({
	projects: await withoutThoseThatCannotRun([
		project('unit'),
		project('engine', sources),
		onN8n('e2e', onOutsideN8n),
		onN8n('queue', inBrowser),
		onN8n('browser', inBrowser),
	]),
	// Whatever waits gives up before and says what it waited for.
	testTimeout: (isLong ? 360 : 30) * MINUTES,
	// The test files of a project share one n8n.
	maxWorkers: 1,
	// A failed test may leave a browser or a server open.
	forceExit: true,
	showSeed: true,
	reporters: ['default', '<rootDir>/test/support/closingLine.js'],
	// Istanbul's counters would stand in the functions that n8n gets as text, for its editor.
	coverageProvider: 'v8',
	coverageReporters: ['text'],
	collectCoverageFrom: ['nodes/**/*.ts', 'credentials/**/*.ts'],
	coverageThreshold: { global: { branches: 98 } },
});

/** Says what is missing on this machine and leaves out the tests that need it. In CI they run, and fail. */
async function withoutThoseThatCannotRun(projects) {
	if (process.env.CI) return projects;
	const unregister = register();
	const { missingFor, missingPostgres } = require('./test/support/requirements.ts');
	unregister();
	const { argv } = process;
	const runnable = [];
	for (const one of projects) {
		const isSelected = !argv.includes('--selectProjects') || argv.includes(one.displayName);
		const missing = isSelected ? await missingFor(one.displayName) : '';
		if (missing) process.stderr.write(`The ${one.displayName} tests do not run: ${missing}.\n`);
		else runnable.push(one);
		const [postgres] = isSelected && one.displayName === 'e2e' ? await missingPostgres() : [];
		if (postgres) {
			process.env.WITHOUT_POSTGRES = 'true';
			process.stderr.write(
				`The tests of data tables run on SQLite only: ${postgres} is missing.\n`,
			);
		}
	}
	return runnable;
}
