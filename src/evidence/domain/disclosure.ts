import { createHash } from 'node:crypto';

/** What an exhibit is to a prosecution, and what a review of it may conclude. */
export interface DisclosureClass {
  readonly code: string;
  readonly words: string;
  /** The form of the manual of guidance it is listed on. */
  readonly form: string;
  readonly results: readonly { readonly code: string; readonly words: string }[];
  /** Whether it must be said on which ground it is kept from the defence, or why its being known would do harm. */
  readonly needsGround: boolean;
  readonly source: string;
  /** Days from and to which (not included) reviews put exhibits into it. */
  readonly from: string;
  readonly until?: string;
  /** Whether the forms and their marks were held against the source it names. None has been: the page says so. */
  readonly verified: boolean;
}

const CPIA = 'Criminal Procedure and Investigations Act 1996, code of practice, and the forms of the national file standard';
const DATED = { source: CPIA, from: '1997-04-01', verified: false } as const;
const DISCLOSE = { code: 'disclose', words: 'Disclose: a copy is given to the defence' } as const;
const NOT_DISCLOSABLE = { code: 'not-disclosable', words: 'Not disclosable: it neither undermines the prosecution nor assists the defence' } as const;

export const SENSITIVE = 'sensitive-unused';

/** Dated reference data: an entry is ended and another begun, never changed, so that what was reviewed under it stays explained. */
export const DISCLOSURE_CLASSES: readonly DisclosureClass[] = [
  { code: 'used', words: 'Used: part of the case', form: 'MG12', needsGround: false, results: [{ code: 'served', words: 'Served as evidence' }, { code: 'to-be-served', words: 'To be served' }], ...DATED },
  {
    code: 'non-sensitive-unused', words: 'Unused, not sensitive', form: 'MG6C', needsGround: false, ...DATED,
    results: [DISCLOSE, { code: 'inspect', words: 'Inspect: the defence may look at it' }, NOT_DISCLOSABLE],
  },
  {
    code: SENSITIVE, words: 'Unused, sensitive', form: 'MG6D', needsGround: true, ...DATED,
    results: [NOT_DISCLOSABLE, { code: 'withheld', words: 'Withheld: it meets the test, and a court is asked to let it be withheld' }, { code: 'in-part', words: 'Disclose in part: a redacted version is given' }, DISCLOSE],
  },
];

/** The class of this code that reviews may use on a day `YYYY-MM-DD`. */
export function disclosureClass(code: string, day: string): DisclosureClass | undefined {
  return DISCLOSURE_CLASSES.find((one) => one.code === code && one.from <= day && (one.until === undefined || day < one.until));
}

/** What one exhibit is in a schedule, as far as it is compared: the latest review of it (0 where there is none), and when it was disposed of. */
export interface Stand {
  readonly id: string;
  readonly seq: number;
  readonly disposedAt: Date | null;
}

/** What a version says of an exhibit that it lists. */
export interface Listed {
  readonly id: string;
  readonly seq: number;
  /** Whether the signer knew it as disposed of. */
  readonly disposed: boolean;
}

/** What has come since a version was signed off. */
export interface Since {
  readonly id: string;
  readonly what: 'added' | 'reviewed-again' | 'disposed';
}

/**
 * What has come since a version, of what its reader sees: she is told of nothing else, not even that there is something. A version
 * with anything come since is not current, and must be reviewed and signed off anew. No times are compared: what was under way while
 * it was signed off bears an earlier one, and came all the same without its signer's knowing.
 */
export function comeSince(listed: readonly Listed[], now: readonly Stand[]): Since[] {
  const by = new Map(listed.map((one) => [one.id, one]));
  return now.flatMap(({ id, seq, disposedAt }): Since[] => {
    const then = by.get(id);
    if (then === undefined) return [{ id, what: 'added' }];
    if (then.seq !== seq) return [{ id, what: 'reviewed-again' }];
    return disposedAt !== null && !then.disposed ? [{ id, what: 'disposed' }] : [];
  });
}

/** A name for exactly this state of a schedule: whoever signs off names what she has read, and signs nothing else. */
export function stateOf(stands: readonly Stand[]): string {
  const lines = stands.map(({ id, seq, disposedAt }) => `${id} ${seq} ${disposedAt?.toISOString() ?? ''}`).toSorted();
  return createHash('sha256').update(lines.join('\n')).digest('hex');
}
