import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { describe, expect, it } from '@jest/globals';
import { presentEntry } from './present-entry.js';

const BODY = {
  v: 1, at: '2026-09-21T14:13:20.000Z', verb: 'item.read', category: 'consultation', outcome: 'done',
  actor: { person: 'p', name: 'Amira Rahman', agency: 'ashworth', agencyName: 'Ashworth Borough Council', roles: ['auditor'], idp: 'https://idp.example' },
  subject: { kind: 'note', id: 's', title: 'What the owner said', marking: 'OFFICIAL' }, workspace: { reference: 'ASH-1' }, reason: 'r', policy: 'member',
  details: { cases: [{ reference: 'ASH-1', clause: '4.1' }], count: 1 },
};
const row = (body: unknown) => ({ id: 'e', at: new Date(0), body: JSON.stringify(body), agency_id: null, leaf_hash: Buffer.alloc(32), index: '7' });

describe('an entry as a reader sees it', () => {
  it('says what stands in the body, and nothing where that says nothing', () => {
    expect(presentEntry(row(BODY), 'proof')).toMatchObject({
      index: 7, verb: 'item.read', person: 'Amira Rahman', agency: 'Ashworth Borough Council', roles: ['auditor'], workspaceReference: 'ASH-1', subjectTitle: 'What the owner said',
      reason: 'r', clause: null, cases: [{ reference: 'ASH-1', agreement: null, clause: '4.1' }], proof: 'proof', erased: null,
    });
    expect(presentEntry(row({ system: 'worker', agencyCode: 'ashworth', policy: 'by-role' }))).toMatchObject({ person: 'Concordat (worker)', agency: 'ashworth', reason: 'by-role', subjectId: null, details: null, proof: null });
  });

  it('takes no more memory than what it says: that is what bounds the memory of an export', () => {
    setFlagsFromString('--expose-gc');
    const collect = runInNewContext('gc') as () => void;
    const given = Array.from({ length: 2_000 }, (_, at) => row({ ...BODY, verb: `item.read.${at}` }));
    const held = (): number => (collect(), process.memoryUsage().heapUsed);
    const before = held();
    const views = given.map((each) => presentEntry(each));
    const octets = (held() - before) / views.length;
    expect(octets).toBeLessThan(1_200);
  });
});
