import { agencyIds, clauseIds, findingInput, onlyFor, openCase, perform, type Item, type RecordItem } from '../builders/case.js';
import type { World } from '../builders/world.js';
import type { Fill } from './whole-schema.js';

/** A word that stands in every piece of the planted case and nowhere else. */
export const CANARY = 'Quillfeather';

/** A case of the council with police and fire, one of each kind of item, and the ids by which somebody might ask for it. */
export interface PlantedCase {
  readonly workspaceId: string;
  readonly reference: string;
  readonly noteId: string;
  readonly recordId: string;
  readonly findingId: string;
  readonly agencyId: string;
  readonly clauseId: string;
}

export async function plantCase(world: World): Promise<PlantedCase> {
  const amira = await world.signIn('amira.rahman');
  const [agencies, clauses] = [await agencyIds(amira), await clauseIds(amira)];
  const { id: workspaceId, reference } = await openCase(amira, ['northmoor-police', 'northmoor-fire'], { title: `${CANARY} and sons`, summary: CANARY });
  const marking = onlyFor(agencies['northmoor-police'] ?? '');
  const note = await perform<Item>(amira, 'addNote', { workspaceId, title: `${CANARY} note`, body: CANARY, marking });
  const record = await perform<RecordItem>(amira, 'saveRecord', { workspaceId, title: `${CANARY} record`, body: CANARY, marking });
  const finding = await perform<{ item: Item }>(amira, 'recordFinding', findingInput(workspaceId, { title: `${CANARY} finding`, narrative: CANARY }));
  return {
    workspaceId,
    reference,
    noteId: note.id,
    recordId: record.id,
    findingId: finding.item.id,
    agencyId: agencies['northmoor-fire'] ?? '',
    clauseId: clauses['4.2'] ?? '',
  };
}

/** Fills arguments as somebody would who had got hold of the ids: `id` is what is tried as the id of the thing itself. */
export function fillWith(planted: PlantedCase, id: string): Fill {
  const byName: Readonly<Record<string, unknown>> = {
    id, workspaceId: planted.workspaceId, agencyId: planted.agencyId, clauseId: planted.clauseId, itemId: null, version: 1, first: 25, after: null,
    tab: 'all', state: 'all', status: null, kind: null, text: CANARY, title: 'A title', body: 'A body', summary: 'A summary', name: 'A name',
    address: 'An address', postcode: 'AS1 4QZ', fhrsId: null, purpose: 'A purpose', inspectedOn: '2026-06-16', narrative: 'A narrative', until: null,
    hygiene: 25, structure: 20, confidence: 20, fileName: 'a.txt', sizeBytes: 10, sha256: null, description: 'A description', sensitive: true,
    imminentRisk: true, reason: 'A reason', answer: 'withdraw', personId: id, conclusion: 'explained', change: 'renew', copies: 'none', publicKey: null, fingerprint: null, words: 'Some words', releasableTo: null,
    exhibitId: id, rule: 'council-6', group: 'council-6', reviewOn: null, act: 'received', class: 'used', result: 'served', ground: null, seen: 0, statement: 'A statement', derivedFrom: null, relation: null,
  };
  const moments: Readonly<Record<string, string>> = { happenedAt: '2026-06-16T09:00:00Z', at: '2099-01-01T00:00:00Z', from: '2026-01-01T00:00:00Z', to: '2099-01-01T00:00:00Z' };
  return (name, typeName) => {
    if (typeName === 'DateTime') return moments[name] ?? null;
    if (typeName === 'Boolean') return byName[name] === true;
    // A checkpoint somebody kept, where it is not the beginning of a span of time.
    if (name === 'from' && typeName === 'String') return '1';
    return Object.hasOwn(byName, name) ? byName[name] : null;
  };
}
