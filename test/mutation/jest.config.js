/** What each mutant is tried on, for stryker.config.mjs. */
module.exports = {
	rootDir: '../..',
	testEnvironment: 'node',
	// Each file by its own tests. Random deliveries kill by chance, and would hide a missing example.
	testMatch: ['receive', 'seenEvents', 'rules', 'verification/*'].map(
		(name) => `<rootDir>/test/unit/trigger/${name}.test.ts`,
	),
	testPathIgnorePatterns: ['\\.properties\\.test'],
	transform: {
		// Without types, which are checked elsewhere: that takes seconds for each mutant.
		'^.+\\.ts$': ['ts-jest', { tsconfig: 'test/tsconfig.json', transpilation: true }],
	},
};
