const { writeSync } = require('node:fs');

const STDOUT = 1;

/** Ends a run of tests with a line that machines read: `N passed, N failed`. */
module.exports = class ClosingLine {
	onRunComplete(_contexts, results) {
		const brokenFiles = results.testResults.filter((file) => file.testExecError).length;
		const failed = results.numFailedTests + brokenFiles;
		// Jest's own summary comes between. Under `forceExit`, Jest replaces process.stdout.write
		// by a function that does nothing before it exits.
		process.once('exit', () => {
			writeSync(STDOUT, `\n${results.numPassedTests} passed, ${failed} failed\n`);
		});
	}
};
