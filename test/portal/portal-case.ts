import { act, thing } from '../api/custody-scene.js';
import { deposit } from '../api/evidence-scene.js';
import { eventually } from '../api/alert-case.js';
import { agencyIds, clauseIds, findingInput, OFFICIAL_SENSITIVE, onlyFor, openCase, perform, type Item, type RecordItem } from '../builders/case.js';
import { startWorld, type World } from '../builders/world.js';
import { Reader } from './reader.js';

/** One running product with the council's case, shared with police and fire, and one of everything in it. */
export interface PortalCase {
  readonly world: World;
  /** Ids of agencies and of clauses, by code. */
  readonly agencies: Readonly<Record<string, string>>;
  readonly clauses: Readonly<Record<string, string>>;
  readonly id: string;
  readonly reference: string;
  readonly recordId: string;
  readonly exhibitId: string;
  /** A physical exhibit of the council's, offered to the police. */
  readonly offeredId: string;
  /** The alert of the police about the breach. */
  readonly alertId: string;
  as(userName: string): Promise<Reader>;
  stranger(): Reader;
  stop(): Promise<void>;
}

/** Starts the product with its worker and plants the case. */
export async function openPortalCase(): Promise<PortalCase> {
  const world = await startWorld({ worker: true });
  const amira = await world.signIn('amira.rahman');
  const [agencies, clauses] = [await agencyIds(amira), await clauseIds(amira)];
  const { id, reference } = await openCase(amira, ['northmoor-police', 'northmoor-fire']);
  const record = await perform<RecordItem>(amira, 'saveRecord', { workspaceId: id, title: 'Owner and staff', body: 'Six staff.\n\nTwo on shift.', marking: OFFICIAL_SENSITIVE });
  const forPolice = { ...onlyFor(agencies['northmoor-police'] ?? ''), descriptors: ['COMMERCIAL'] };
  await perform<Item>(amira, 'addNote', { workspaceId: id, title: 'Kept from fire', body: 'Watched overnight.', marking: forPolice });
  const exhibitId = await deposit(amira, id, Buffer.from('A picture of the kitchen.'));
  const { id: offeredId } = await act(amira, 'recordPhysicalExhibit', thing(id));
  await act(amira, 'offerCustody', { exhibitId: offeredId, agencyId: agencies['northmoor-police'] });
  await perform(amira, 'recordFinding', findingInput(id));
  const alertId = await eventually('the alert of the police', () => alertOfPolice(world));
  return {
    world, agencies, clauses, id, reference, recordId: record.id, exhibitId, offeredId, alertId,
    as: async (userName) => new Reader(await world.signIn(userName)),
    stranger: () => new Reader(world.stranger()),
    stop: () => world.stop(),
  };
}

async function alertOfPolice(world: World): Promise<string | undefined> {
  const { rows } = await world.superuser.query<{ id: string }>(`SELECT a.id FROM alert a JOIN agency g ON g.id = a.agency_id WHERE g.code = 'northmoor-police'`);
  return rows[0]?.id;
}
