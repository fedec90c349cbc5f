/** One line of the log: what happened, and facts about it. No fact is a secret; texts of strangers are only ever values. */
export type Tell = (level: 'info' | 'warn' | 'error', event: string, facts?: Readonly<Record<string, string | number | readonly string[]>>) => void;

/** Writes what is told as one JSON object per line. */
export function journal(write: (line: string) => void, now: () => Date): Tell {
  return (level, event, facts = {}) => write(`${JSON.stringify({ time: now().toISOString(), level, event, ...facts })}\n`);
}
