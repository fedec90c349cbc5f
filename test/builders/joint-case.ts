import { randomUUID } from 'node:crypto';
import { PEOPLE } from '../../src/demonstration/borough.js';
import { agencyIds, clauseIds, findingInput, OFFICIAL_SENSITIVE, onlyFor, openCase, perform, type Item, type MarkingDraft, type RecordItem } from './case.js';
import type { Visitor } from './visitor.js';
import { startWorld, type World } from './world.js';

/** Who an item of the case is for. */
export const AUDIENCES = ['all', 'police'] as const;
export type Audience = (typeof AUDIENCES)[number];

/** One item of each kind, all for one audience. */
export interface SharedItems {
  readonly note: string;
  readonly record: string;
  readonly finding: string;
}

/** Everybody who may try: the people of the demonstration borough by user name, and somebody who has not signed in. */
export const NOBODY = 'nobody';
export const EVERYBODY: readonly string[] = [...PEOPLE.map(({ userName }) => userName), NOBODY];

/** The partners of the case and the clause they were invited under. */
export const MEMBERS = ['northmoor-police', 'northmoor-fire'] as const;
export const CLAUSE = { code: '4.1', purpose: 'Protecting the public from unsafe food premises' } as const;

/** A word that stands in every piece of the case. */
export const WORD = 'Marigold';

/** One running product with one case of the council's, shared with police and fire, and items for each audience. */
export class SharedCase {
  private constructor(
    readonly world: World,
    readonly agencies: Readonly<Record<string, string>>,
    readonly clauses: Readonly<Record<string, string>>,
    readonly workspaceId: string,
    readonly items: Readonly<Record<Audience, SharedItems>>,
  ) {}

  static async open(): Promise<SharedCase> {
    const world = await startWorld();
    const amira = await world.signIn('amira.rahman');
    const [agencies, clauses] = [await agencyIds(amira), await clauseIds(amira)];
    const { id } = await openCase(amira, MEMBERS, { title: `${WORD} and sons` });
    const plant = (marking: MarkingDraft): Promise<SharedItems> => plantItems(amira, id, marking);
    const items = { all: await plant(OFFICIAL_SENSITIVE), police: await plant(onlyFor(agencies['northmoor-police'] ?? '')) };
    return new SharedCase(world, agencies, clauses, id, items);
  }

  /** The person of this user name, signed in; for {@link NOBODY} somebody without a session. */
  async as(name: string): Promise<Visitor> {
    return name === NOBODY ? this.world.stranger() : this.world.signIn(name);
  }

  /** The marking by which somebody of any agency gives something to this audience. */
  markingFor(audience: Audience): MarkingDraft {
    if (audience === 'all') return OFFICIAL_SENSITIVE;
    return onlyFor(this.agencies['ashworth'] ?? '', this.agencies['northmoor-police'] ?? '');
  }

  stop(): Promise<void> {
    return this.world.stop();
  }
}

async function plantItems(amira: Visitor, workspaceId: string, marking: MarkingDraft): Promise<SharedItems> {
  const note = await perform<Item>(amira, 'addNote', { workspaceId, title: `${WORD} note`, body: WORD, marking });
  const record = await perform<RecordItem>(amira, 'saveRecord', { workspaceId, title: `${WORD} record`, body: WORD, marking });
  const { item } = await perform<{ item: Item }>(amira, 'recordFinding', findingInput(workspaceId, { title: `${WORD} finding`, narrative: WORD, marking }));
  return { note: note.id, record: record.id, finding: item.id };
}

/** An id that nothing has. */
export function absentId(): string {
  return randomUUID();
}
