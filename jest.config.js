const { register } = require('tsx/cjs/api');

const transform = {
	'^.+\\.ts$': ['ts-jest', { tsconfig: 'test/tsconfig.json' }],
};

const project = (name, more = {}) => ({
	displayName: name,
	testEnvironment: 'node',
	testMatch: [`<rootDir>/test/${name}/**/*.test.ts`],
	transform,
	...more,
});

// Tests that drive a real n8n wait for it; everything else is quick.
const onRealN8n = { globalSetup: '<rootDir>/test/support/n8n/prepare.ts' };

// For coverage the engine tests run the sources in place of what was built from them.
const sources = process.env.COVERAGE_OF_SOURCES
	? { moduleNameMapper: { '^.*/dist/((nodes|credentials)/.*)\\.js$': '<rootDir>/$1.ts' } }
	: {};

module.exports = async () => {
	// Only as long as this needs it: Jest has its own way with TypeScript.
	const unregister = register();
	const { missingServices } = require('./test/support/n8n/services.ts');
	unregister();
	// A developer without Redis and PostgreSQL can run everything else; CI has both.
	const missing = await missingServices();
	if (missing) process.stderr.write(`${missing}\n`);
	const runsQueueMode = !missing || process.env.CI || process.env.QUEUE;
	return {
		projects: [
			project('unit'),
			project('engine', sources),
			project('mutation'),
			project('e2e', onRealN8n),
			...(runsQueueMode ? [project('queue', onRealN8n)] : []),
			project('browser', onRealN8n),
		],
		testTimeout: 180_000,
		maxWorkers: 2,
		reporters: ['default', '<rootDir>/test/support/closingLine.js'],
		// Istanbul's counters would stand in the functions that n8n gets as text, for its editor.
		coverageProvider: 'v8',
		coverageReporters: ['text'],
		collectCoverageFrom: ['nodes/**/*.ts', 'credentials/**/*.ts'],
		coverageThreshold: { global: { branches: 98 } },
	};
};
