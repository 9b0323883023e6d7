/** Ends a run of tests with a line that machines read: `N passed, N failed`. */
module.exports = class ClosingLine {
	onRunComplete(_contexts, results) {
		const brokenFiles = results.testResults.filter((file) => file.testExecError).length;
		const failed = results.numFailedTests + brokenFiles;
		// Jest's own summary comes between.
		process.once('exit', () => {
			// Jest replaces stdout's own write twice: by one that waits, and under `forceExit` by none.
			const { write } = Object.getPrototypeOf(process.stdout);
			write.call(process.stdout, `\n${results.numPassedTests} passed, ${failed} failed\n`);
		});
	}
};
