/** Mutation testing of what decides about a delivery: `npm run test:mutation`. */
export default {
	mutate: [
		'nodes/Jofi/trigger/receive.ts',
		'nodes/Jofi/trigger/rules.ts',
		'nodes/Jofi/trigger/seenEvents.ts',
		'nodes/Jofi/trigger/verification/*.ts',
	],
	thresholds: { high: 95, low: 90, break: 90 },
	testRunner: 'jest',
	jest: { projectType: 'custom', configFile: 'test/mutation/jest.config.js' },
	coverageAnalysis: 'perTest',
	concurrency: 2,
	ignorePatterns: ['dist', 'coverage'],
	reporters: ['clear-text', 'progress'],
	clearTextReporter: { allowColor: false, reportTests: false, allowEmojis: false },
	// Not in node_modules, where Jest finds no tests.
	tempDirName: '.stryker-tmp',
	cleanTempDir: 'always',
};
