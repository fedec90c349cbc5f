import { describe, expect, it } from '@jest/globals';
import type { EntryId, WorkspaceId } from '../../../libs/kernel/index.js';
import { entryBody, entryLeafHash } from './entry-body.js';
import { faultsOfEntry, type EntryColumns } from './entry-faults.js';

const ID = '0b0b0b0b-0b0b-4b0b-8b0b-0b0b0b0b0b0b';
const WORKSPACE = '1c1c1c1c-1c1c-4c1c-8c1c-1c1c1c1c1c1c';
const at = new Date('2026-11-21T09:30:00.123Z');
const body = entryBody(
  {
    verb: 'note.add', outcome: 'done', workspaceId: WORKSPACE as unknown as WorkspaceId, workspaceReference: 'ABC-2026-0001',
    subject: { kind: 'note', id: 'n-1', title: 'Kitchen' }, clause: '4.1', purpose: 'Food safety', details: { items: ['a', 'b'], cases: [{ reference: 'ABC-2026-0001', clause: '4.1' }] }, agencyCode: 'ashworth',
  },
  { id: ID as unknown as EntryId, at, actor: undefined, correlationId: 'c' },
);
const leafHash = Buffer.from(entryLeafHash(new Uint8Array(16), body));
const row: EntryColumns = {
  id: ID, body, leaf_hash: leafHash, at, verb: 'note.add', category: 'collection', outcome: 'done', person_id: null, person_name: null,
  agency_id: null, agency_code: 'ashworth', workspace_id: WORKSPACE, workspace_reference: 'ABC-2026-0001', subject_id: 'n-1', subject_title: 'Kitchen', correlation: 'c',
  item_ids: ['a', 'b'], cases: [{ reference: 'ABC-2026-0001', clause: '4.1' }], clause: '4.1', purpose: 'Food safety',
};

describe('what is wrong with a stored entry besides its hash', () => {
  it('is nothing when it stands as it was recorded', () => {
    expect(faultsOfEntry(row, leafHash)).toEqual([]);
  });

  const lies: Partial<EntryColumns>[] = [
    { at: new Date(0) }, { verb: 'note.read' }, { category: 'erasure' }, { outcome: 'refused' }, { person_id: ID }, { person_name: 'X' },
    { agency_id: ID }, { agency_code: null }, { workspace_id: null }, { workspace_reference: 'X' }, { subject_id: 'n-2' }, { subject_title: null }, { correlation: 'd' },
    { item_ids: ['a'] }, { item_ids: null }, { cases: [] }, { cases: [{ reference: 'ABC-2026-0001', clause: '4.2' }] }, { clause: '4.2' }, { purpose: null },
  ];
  it.each(lies)('is a column that says what the body does not: %j', (lie) => {
    const faults = faultsOfEntry({ ...row, ...lie }, leafHash);
    expect(faults).toEqual([`It can be searched by what its body does not say: ${Object.keys(lie)[0] ?? ''}.`]);
  });

  it('is a leaf hash of its own, the body of another entry, another spelling, or no JSON at all', () => {
    expect(faultsOfEntry(row, Buffer.alloc(32))).toEqual(['The leaf hash filed with the entry is not the one in the tree.']);
    expect(faultsOfEntry({ ...row, id: WORKSPACE }, leafHash)).toEqual([`The body is that of another entry ("${ID}").`]);
    expect(faultsOfEntry({ ...row, body: `${body} ` }, leafHash)).toEqual(['The body is not in its one canonical spelling.']);
    for (const none of ['', 'x', '5', 'null', '[]']) {
      expect(faultsOfEntry({ ...row, body: none }, leafHash)).toEqual(['The body is not one JSON object.']);
    }
  });
});
