import { renameSync, writeFileSync } from 'node:fs';

/** Jest reporter that keeps the running totals in a file, so that they are known even when the run is cut short. */
export default class TallyReporter {
  constructor(_config, options) {
    this.file = options.file;
    this.tally = { passed: 0, failed: 0, skipped: 0, finished: false };
  }

  onTestResult(_test, result) {
    this.tally.passed += result.numPassingTests;
    this.tally.failed += result.numFailingTests;
    this.tally.skipped += result.numPendingTests + result.numTodoTests;
    // A file that could not even be loaded counts as a failed test, or it would not count at all.
    if (result.testExecError !== undefined && result.numFailingTests === 0) this.tally.failed += 1;
    this.write();
  }

  onRunComplete() {
    this.tally.finished = true;
    this.write();
  }

  write() {
    writeFileSync(`${this.file}.new`, JSON.stringify(this.tally));
    renameSync(`${this.file}.new`, this.file);
  }
}
