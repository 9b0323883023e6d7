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

// What takes the whole machine: one file after the other, once the quick ones are through.
const serial = { runner: '<rootDir>/test/support/serialRunner.ts' };
// Whatever has to be downloaded is there before the first test begins.
const onN8n = (prepared) => ({
	...serial,
	globalSetup: `<rootDir>/test/support/prepare/${prepared}.ts`,
});

// For coverage the engine tests run the sources in place of what was built from them.
const sources = process.env.COVERAGE_OF_SOURCES
	? { moduleNameMapper: { '^.*/dist/((nodes|credentials)/.*)\\.js$': '<rootDir>/$1.ts' } }
	: {};

const isLong = [process.env.LOAD, process.env.QUEUE, process.env.FUZZ].includes('long');
const MINUTES = 60_000;

module.exports = {
	projects: [
		project('unit'),
		project('engine', sources),
		project('mutation', serial),
		project('e2e', onN8n('e2e')),
		project('queue', { ...onN8n('n8n'), runner: '<rootDir>/test/support/queueRunner.ts' }),
		project('browser', onN8n('browser')),
	],
	// Only what hangs takes so long. Before that, whatever waits in a test says what it waits for.
	testTimeout: (isLong ? 360 : 30) * MINUTES,
	maxWorkers: 2,
	showSeed: true,
	reporters: ['default', '<rootDir>/test/support/closingLine.js'],
	// Istanbul's counters would stand in the functions that n8n gets as text, for its editor.
	coverageProvider: 'v8',
	coverageReporters: ['text'],
	collectCoverageFrom: ['nodes/**/*.ts', 'credentials/**/*.ts'],
	coverageThreshold: { global: { branches: 98 } },
};
