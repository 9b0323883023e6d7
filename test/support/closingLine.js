// Under `forceExit`, Jest replaces process.stdout.write by a function that does nothing before it exits.
const write = process.stdout.write.bind(process.stdout);

/** Ends a run of tests with a line that machines read: `N passed, N failed`. */
module.exports = class ClosingLine {
	onRunComplete(_contexts, results) {
		const brokenFiles = results.testResults.filter((file) => file.testExecError).length;
		const failed = results.numFailedTests + brokenFiles;
		// Jest's own summary comes between.
		process.once('exit', () => {
			write(`\n${results.numPassedTests} passed, ${failed} failed\n`);
		});
	}
};
