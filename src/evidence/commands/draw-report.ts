import { Injectable } from '@nestjs/common';
import type { Report } from '../../../libs/bundle/index.js';

/** Documents that are drawn or wait for it: more would wait for minutes, each with all its lines in memory. */
const MOST_HELD = 10;

/**
 * Draws reports as PDF, one after the other: drawing keeps every page in memory until the last, and two at once are done no sooner.
 * Of documents so many wait; a bundle, of which there are few and which has nothing else to do, waits for as long as it takes.
 */
@Injectable()
export class DrawReport {
  private last: Promise<unknown> = Promise.resolve();
  private held = 0;

  /** Holds a place while `act` runs, and tells it whether there was one. */
  async holding<T>(act: (isHeld: boolean) => Promise<T>): Promise<T> {
    if (this.held >= MOST_HELD) return act(false);
    this.held += 1;
    try {
      return await act(true);
    } finally {
      this.held -= 1;
    }
  }

  /** Loaded by the first: what draws pages takes longer to load than most of the portal. */
  execute(report: Report): Promise<Uint8Array> {
    const drawn = this.last.then(async () => (await import('../domain/report-pdf.js')).reportPdf(report));
    this.last = drawn.catch(() => undefined);
    return drawn;
  }
}
