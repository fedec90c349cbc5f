/** Under which rule evidence is kept, and until when somebody must look at it again. */
export interface RetentionGroup {
  readonly code: string;
  readonly words: string;
  /** Whole years after which it is reviewed. */
  readonly reviewYears: number;
  readonly source: string;
  /** Days from and to which (not included) exhibits are put into it. */
  readonly from: string;
  readonly until?: string;
  /** Whether the period was held against the source it names. None has been: the page says so, and whoever answers for records checks it. */
  readonly verified: boolean;
}

const MOPI = 'Police information and records management code of practice (formerly Management of Police Information)';

/** Dated reference data: an entry is ended and another begun, never changed, so that what was reviewed under it stays explained. */
export const RETENTION_GROUPS: readonly RetentionGroup[] = [
  { code: 'mopi-1', words: 'MoPI group 1: certain public protection matters', reviewYears: 10, source: MOPI, from: '2010-03-01', verified: false },
  { code: 'mopi-2', words: 'MoPI group 2: other sexual, violent or serious offences', reviewYears: 10, source: MOPI, from: '2010-03-01', verified: false },
  { code: 'mopi-3', words: 'MoPI group 3: all other offences', reviewYears: 6, source: MOPI, from: '2010-03-01', verified: false },
  { code: 'mopi-4', words: 'MoPI group 4: undetected offences', reviewYears: 6, source: MOPI, from: '2010-03-01', verified: false },
  { code: 'cpia', words: 'Criminal investigation: at least until release, or six months after conviction', reviewYears: 1, source: 'Criminal Procedure and Investigations Act 1996, code of practice', from: '1997-04-01', verified: false },
  { code: 'council-6', words: 'Council: regulatory case file', reviewYears: 6, source: 'The council’s own retention schedule', from: '2000-01-01', verified: false },
];

/** The group of this code that exhibits may be put into on a day `YYYY-MM-DD`. */
export function retentionGroup(code: string, day: string): RetentionGroup | undefined {
  return RETENTION_GROUPS.find((group) => group.code === code && group.from <= day && (group.until === undefined || day < group.until));
}

/** The day on which an exhibit of a group is to be reviewed, counted from a day `YYYY-MM-DD`; a 29 February is the 1 March where there is none. */
export function reviewDay({ reviewYears }: Pick<RetentionGroup, 'reviewYears'>, day: string): string {
  const at = new Date(`${day}T00:00:00Z`);
  at.setUTCFullYear(at.getUTCFullYear() + reviewYears);
  return at.toISOString().slice(0, 10);
}

/** A day `YYYY-MM-DD` as people say it. */
export function dayWords(day: string): string {
  return new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeZone: 'UTC' }).format(new Date(`${day}T00:00:00Z`));
}
