import type { LogFinding } from './log-reader.js';

/** Findings in the order they were made, counted but not kept beyond a limit. */
export class Findings {
  private readonly kept: LogFinding[] = [];
  private count = 0;

  constructor(private readonly limit: number) {}

  /** Adds one finding. */
  add(finding: LogFinding): void {
    this.count += 1;
    if (this.kept.length < this.limit) this.kept.push(finding);
  }

  /** What was kept, and how many were not. */
  list(): { readonly findings: readonly LogFinding[]; readonly unlisted: number } {
    return { findings: this.kept, unlisted: this.count - this.kept.length };
  }
}
