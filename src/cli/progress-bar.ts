const CELLS = 30;
const EVERY_MS = 100;

/** Where a bar is drawn. */
interface Screen {
  readonly isTTY?: boolean | undefined;
  write(text: string): unknown;
}

/** A bar that is drawn over itself while something long runs. */
export interface ProgressBar {
  at(done: number, of: number): void;
  /** Takes the bar away. */
  end(): void;
}

/** A bar on a terminal; nothing at all where the screen is a file or a pipe, which would keep every state of it. */
export function progressBar(screen: Screen, now: () => number = performance.now.bind(performance)): ProgressBar {
  let drawnAt = Number.NEGATIVE_INFINITY;
  let isDrawn = false;
  return {
    at(done, of) {
      if (screen.isTTY !== true || of <= 0 || now() - drawnAt < EVERY_MS) return;
      drawnAt = now();
      isDrawn = true;
      const part = Math.min(1, done / of);
      const full = Math.round(part * CELLS);
      screen.write(`\r[${'='.repeat(full)}${' '.repeat(CELLS - full)}] ${String(Math.floor(part * 100)).padStart(3)} % of ${of.toLocaleString('en-GB')} entries`);
    },
    end() {
      if (isDrawn) screen.write('\r\u001b[2K');
    },
  };
}
