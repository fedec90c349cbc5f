import type { ExhibitForm } from '../../../libs/custody/index.js';

/** How an exhibit came of another. The one it came of is never altered by it. */
export const Relation = {
  WorkingCopy: 'working-copy',
  Redacted: 'redacted',
  Photograph: 'photograph',
  TakenOut: 'taken-out',
} as const;
export type Relation = (typeof Relation)[keyof typeof Relation];

/** What a file can be of an exhibit of each form. */
export const FILE_RELATIONS: Readonly<Record<ExhibitForm, readonly Relation[]>> = {
  file: [Relation.WorkingCopy, Relation.Redacted],
  physical: [Relation.Photograph],
};

/** As the line of the exhibit that it came of says it. */
export const RELATION_WORDS: Readonly<Record<Relation, string>> = {
  [Relation.WorkingCopy]: 'Working copy',
  [Relation.Redacted]: 'Redacted version',
  [Relation.Photograph]: 'Photograph',
  [Relation.TakenOut]: 'Item taken out',
};
