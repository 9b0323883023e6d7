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
			// Each file by its own tests. Random deliveries kill by chance, and would hide a missing example.
			testMatch: ['receive', 'seenEvents', 'verification/*'].map(
				(name) => `<rootDir>/test/unit/${name}.test.ts`,
			),
			transform: {
				// Without types, which are checked elsewhere: that takes seconds for each mutant.
				'^.+\\.ts$': ['ts-jest', { tsconfig: 'test/tsconfig.json', transpilation: true }],
			},
		},
	},
	coverageAnalysis: 'perTest',
	concurrency: 2,
	ignorePatterns: ['dist', 'coverage'],
	reporters: ['clear-text', 'progress'],
	clearTextReporter: { allowColor: false, reportTests: false, allowEmojis: false },
	// Not in node_modules, where Jest finds no tests.
	tempDirName: '.stryker-tmp',
	cleanTempDir: 'always',
};
