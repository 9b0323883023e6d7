/** Mutation testing of what decides about a delivery: `npm run test:mutation`. */
export default {
	mutate: [
		'nodes/JofiTrigger/receive.ts',
		'nodes/JofiTrigger/seenEvents.ts',
		'nodes/JofiTrigger/verification/*.ts',
	],
	thresholds: { high: 95, low: 90, break: 90 },
	testRunner: 'jest',
	jest: {
		projectType: 'custom',
		config: {
			testEnvironment: 'node',
			testMatch: ['<rootDir>/test/unit/**/*.test.ts'],
			// Random input kills by chance, and must not hide that an example is missing.
			testPathIgnorePatterns: ['fuzz.test.ts', 'bench.test.ts'],
			transform: { '^.+\\.ts$': ['ts-jest', { tsconfig: 'test/tsconfig.json' }] },
		},
	},
	coverageAnalysis: 'perTest',
	concurrency: 2,
	ignorePatterns: ['dist', 'coverage', 'docs/images'],
	reporters: ['clear-text', 'progress'],
	clearTextReporter: { allowColor: false, reportTests: false, allowEmojis: false },
	tempDirName: 'node_modules/.stryker-tmp',
};
