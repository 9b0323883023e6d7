/** Ends a run of tests with a line that machines read: `N passed, N failed`. */
module.exports = class ClosingLine {
	onRunComplete(_contexts, results) {
		const brokenFiles = results.testResults.filter((file) => file.testExecError).length;
		const failed = results.numFailedTests + brokenFiles;
		// Jest's own summary comes between.
		process.once('exit', () => {
			process.stdout.write(`\n${results.numPassedTests} passed, ${failed} failed\n`);
		});
	}
};
