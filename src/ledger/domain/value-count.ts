/** How many matching entries are counted: as many as are read in the time of a page, however many there are. */
export const COUNTED = 10_000;

/** What matching entries are counted by. */
type Facet = 'agency' | 'verb' | 'category' | 'outcome' | 'clause' | 'person' | 'title';

/** How many of the counted entries have one value, and when the first and the last of them were. */
export interface ValueCount {
  readonly facet: Facet | 'hour' | 'all';
  /** What the filter takes to narrow to it; of `hour`, its beginning in UTC, or that of the day in London where they are spread wide. */
  readonly value: string;
  /** Of a person, her name as recorded with the last of them. */
  readonly label: string | null;
  readonly agency: string | null;
  readonly count: number;
  readonly first: Date;
  readonly last: Date;
}
