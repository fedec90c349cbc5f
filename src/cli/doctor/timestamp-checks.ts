import { ask } from './ask.js';
import { bad, good, warning, type Check } from './check.js';

interface QueueRow {
  readonly waiting: string;
  readonly seconds: number | null;
  readonly message: string | null;
  readonly newest: Date | null;
}

/** Dating takes moments; what waits longer, in seconds, is worth a look, and longer than a day worth a call. */
const USUAL_SECONDS = 60;
const DAY_SECONDS = 86_400;

const QUEUE = `SELECT count(*) FILTER (WHERE t.size IS NULL) AS waiting,
  extract(epoch FROM statement_timestamp() - min(d.due_at) FILTER (WHERE t.size IS NULL))::double precision AS seconds,
  (SELECT s.message FROM ledger_timestamp_state s WHERE s.failing_since IS NOT NULL) AS message, max(t.dated) AS newest
  FROM ledger_timestamp_due d LEFT JOIN ledger_timestamp t ON t.size = d.size`;

/** Whether the ledger is dated. */
export const timestampChecks: readonly Check[] = [
  {
    name: 'timestamps',
    async look({ config: { timestamps, database } }) {
      if (timestamps.authorityUrl === undefined) return warning('Nobody dates the ledger: when entries were made rests on its own clock. Set TIMESTAMP_AUTHORITY_URL.');
      const [row] = await ask<QueueRow>(database.workerUrl, QUEUE);
      const seconds = row?.seconds ?? 0;
      if (seconds <= USUAL_SECONDS) return good(row?.newest ? `Dated up to ${row.newest.toISOString()}.` : 'Nothing waits for a timestamp.');
      const words = `${row?.waiting ?? ''} checkpoints wait for a timestamp, the oldest for ${Math.round(seconds / 60)} minutes. ${row?.message ?? 'The worker does not ask for them'}.`;
      return seconds > DAY_SECONDS ? bad(`${words} Ask the authority, or choose another.`) : warning(words);
    },
  },
];
