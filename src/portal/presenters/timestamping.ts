import type { LedgerTimestampingData } from '../documents/ledger-timestamping.js';
import { dateTime } from './dates.js';
import { count } from './sizes.js';
import { duration } from './witnessing.js';

type Timestamping = NonNullable<LedgerTimestampingData['ledgerTimestamping']>;

/** Who dates the ledger, in words, for its page. */
export interface TimestampView {
  /** Whether the sentences are a warning. */
  readonly warns: boolean;
  readonly sentences: readonly string[];
  readonly rows: readonly object[];
  /** Links that carry the newest timestamp and the checkpoint it dates: what is kept is the very thing that is shown. */
  readonly files: readonly { readonly href: string; readonly name: string; readonly words: string }[];
}

export function timestampView(timestamping: Timestamping): TimestampView {
  const { standing, newest } = timestamping;
  return {
    warns: standing !== 'dated',
    sentences: sentencesOf(timestamping),
    rows: newest === null ? [] : rowsOf(newest),
    files: newest === null ? [] : filesOf(newest),
  };
}

function sentencesOf(timestamping: Timestamping): readonly string[] {
  const { standing, message, newest, intervalSeconds } = timestamping;
  switch (standing) {
    case 'none':
      return ['Nobody dates this ledger: when its entries were made rests on its own clock.'];
    case 'broken':
      return [message ?? '', 'Check the whole ledger: it names every timestamp that does not hold.'];
    case 'debt':
      return [debt(timestamping), ...(message === null ? [] : [message])];
    default:
      return [newest === null ? 'The first checkpoint is dated within moments.' : `An independent authority dates a checkpoint at most ${duration(intervalSeconds)} after new entries.`];
  }
}

function debt({ waiting, waitsSince, debtSeconds, failingSince }: Timestamping): string {
  if (waitsSince === null) return `The authority has not answered as it should since ${failingSince === null ? 'a while' : dateTime(failingSince)}.`;
  const what = waiting === 1 ? 'A checkpoint waits' : `${count(waiting)} checkpoints wait`;
  return `${what} for a timestamp, since ${dateTime(waitsSince)} (debt ${duration(debtSeconds)}). They are dated in their order as soon as the authority answers.`;
}

function rowsOf({ size, at, signer, serial, policy }: NonNullable<Timestamping['newest']>): readonly object[] {
  const rows = [
    ['Entries dated', count(size)],
    ['Existed by', dateTime(at)],
    ['By', signer],
    ['Number', serial],
    ['Policy', policy],
  ] as const;
  return rows.map(([key, text]) => ({ key: { text: key }, value: { text, classes: 'app-break' } }));
}

function filesOf({ size, token, checkpoint }: NonNullable<Timestamping['newest']>): TimestampView['files'] {
  return [
    { href: `data:application/timestamp-token;base64,${token}`, name: `ledger-${size}.tst`, words: 'Download the timestamp' },
    { href: `data:text/plain;charset=utf-8;base64,${Buffer.from(checkpoint).toString('base64')}`, name: `ledger-${size}-checkpoint.txt`, words: 'Download the checkpoint it dates' },
  ];
}
