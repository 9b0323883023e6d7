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

module.exports = {
	projects: [
		project('unit'),
		project('engine', sources),
		project('e2e', onRealN8n),
		project('browser', onRealN8n),
	],
	testTimeout: 180_000,
	maxWorkers: 2,
	reporters: ['default', '<rootDir>/test/support/closingLine.js'],
	coverageReporters: ['text'],
	collectCoverageFrom: ['nodes/**/*.ts', 'credentials/**/*.ts'],
	coverageThreshold: { global: { branches: 98 } },
};
