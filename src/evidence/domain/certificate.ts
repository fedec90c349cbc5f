import type { CustodyEvent } from '../../../libs/custody/index.js';
import { RETENTION_GROUPS } from './retention.js';

/** What is left of an exhibit that was disposed of. */
export interface Ended {
  readonly reference: string;
  readonly title: string;
  readonly marking: string;
  readonly agency: string;
  readonly producer: string;
  readonly deposited: Date;
  readonly file: { readonly name: string; readonly sizeBytes: number; readonly sha256: string } | undefined;
  readonly rule: string;
  readonly reason: string;
  /** Null: its day of review had come, or none was set. */
  readonly beforeReview: string | null;
  readonly proposedBy: string;
  readonly proposedAt: Date;
  readonly decidedBy: string;
  readonly decidedAt: Date;
  readonly decidedFor: string;
  /** The event that ended the chain of custody. */
  readonly last: Pick<CustodyEvent, 'seq' | 'hash' | 'signer'>;
}

/** The certificate of a disposal as a text for any program, its marking at top and bottom. The same facts always make the same text. */
export function certificate(ended: Ended): string {
  const group = RETENTION_GROUPS.find(({ code }) => code === ended.rule);
  const file = ended.file && [['File', oneLine(ended.file.name)], ['Size', `${ended.file.sizeBytes} bytes`], ['SHA-256', ended.file.sha256]];
  const lines = [
    ['Exhibit', ended.reference],
    ['Title', oneLine(ended.title)],
    ['From', `${ended.producer}, ${ended.agency}`],
    [ended.file ? 'Deposited' : 'Recorded', ended.deposited.toISOString()],
    ...(file ?? [['Kind', 'A physical exhibit']]),
    ['Rule', `${group?.words ?? ended.rule}${group?.verified === false ? ' (period not verified)' : ''}`],
    ['Proposed by', `${ended.proposedBy}, ${ended.proposedAt.toISOString()}`],
    ['Reason', oneLine(ended.reason)],
    ...(ended.beforeReview === null ? [] : [['Before its review', oneLine(ended.beforeReview)]]),
    ['Approved by', `${ended.decidedBy}, ${ended.decidedAt.toISOString()}`],
    ['Reason', oneLine(ended.decidedFor)],
    ['Chain of custody', `ends with event ${ended.last.seq}, ${ended.last.hash}`],
    ['Signed with key', ended.last.signer ?? 'none'],
  ];
  const done = ended.file
    ? 'Every session-key packet was destroyed at that moment, so that no key opens what was stored; the stored body was removed after it.'
    : 'What was done with the thing itself is said by whoever did it; this portal recorded that it is gone.';
  const width = Math.max(...lines.map(([name = '']) => name.length)) + 2;
  return [ended.marking, '', 'Certificate of disposal', '', ...lines.map(([name = '', text = '']) => `${`${name}:`.padEnd(width)}${text}`), '', done, '', ended.marking, ''].join('\n');
}

/** A line break in what somebody typed must not look like another line of the certificate. */
function oneLine(text: string): string {
  return text.replaceAll(/\s+/g, ' ').trim();
}
