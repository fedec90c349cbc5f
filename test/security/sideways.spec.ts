import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { EventStream } from '../api/event-stream.js';
import { newFile, patch, ticketFor } from '../api/evidence-scene.js';
import { agencyIds, OFFICIAL_SENSITIVE, onlyFor, openCase, perform, type RecordItem, type Workspace } from '../builders/case.js';
import type { Visitor } from '../builders/visitor.js';
import { startWorld, type World } from '../builders/world.js';

const OPEN = { ...OFFICIAL_SENSITIVE, sensitive: false };
const ACCESS = 'query ($id: ID!) { accessLog(workspaceId: $id, first: 100) { nodes { agency verb subjectTitle subjectMarking } } }';

interface Line {
  readonly agency: string;
  readonly verb: string;
  readonly subjectTitle: string | null;
  readonly subjectMarking: string | null;
}

let world: World;
let amira: Visitor;
let priya: Visitor;
let frank: Visitor;
let agencies: Readonly<Record<string, string>>;

beforeAll(async () => {
  world = await startWorld();
  [amira, priya, frank] = [await world.signIn('amira.rahman'), await world.signIn('priya.shah'), await world.signIn('frank.moss')];
  agencies = await agencyIds(amira);
}, 120_000);

afterAll(() => world.stop());

const id = (code: string): string => agencies[code] ?? '';

async function linesOf(reader: Visitor, { id: workspaceId }: Workspace): Promise<readonly Line[]> {
  return (await reader.ask<{ accessLog: { nodes: Line[] } }>(ACCESS, { id: workspaceId })).accessLog.nodes;
}

describe('the access log that the lead agency reads', () => {
  it('names a record that was kept from it and then widened as it may be known now, never as it was called before', async () => {
    const at = await openCase(amira, ['northmoor-police'], { marking: OPEN });
    const kept = { ...onlyFor(id('northmoor-police')), descriptors: ['LEGAL'] };
    const record = await perform<RecordItem>(priya, 'saveRecord', { workspaceId: at.id, title: 'What John Smith told us', body: 'x', marking: kept });
    await perform(priya, 'saveRecord', { workspaceId: at.id, id: record.id, version: 1, title: 'Source report', body: 'y', marking: OPEN, reason: 'No source is named in it' });
    const lines = await linesOf(amira, at);
    expect(lines.filter(({ verb }) => verb === 'record.save').map(({ subjectTitle, subjectMarking }) => [subjectTitle, subjectMarking])).toEqual([
      ['Source report', 'OFFICIAL'], ['Source report', 'OFFICIAL'],
    ]);
    expect(JSON.stringify(lines)).not.toMatch(/John Smith|LEGAL/);
    expect((await linesOf(priya, at)).map(({ subjectTitle }) => subjectTitle)).toContain('What John Smith told us');
  });

  it('does not say by the marking of what others read that they see more than it does', async () => {
    const at = await openCase(amira, ['northmoor-police'], { marking: OPEN });
    const kept = { ...onlyFor(id('northmoor-police')), descriptors: ['MEDICAL'] };
    await perform(priya, 'addNote', { workspaceId: at.id, title: 'For the police', body: 'x', marking: kept });
    await priya.ask('query ($id: ID!) { workspace(id: $id) { id } items(workspaceId: $id) { nodes { id } } timeline(workspaceId: $id) { nodes { id } } }', { id: at.id });
    const lines = (await linesOf(amira, at)).filter(({ agency }) => agency === 'Northmoor Police');
    expect(lines.map(({ verb }) => verb).sort()).toEqual(['item.read', 'item.read', 'workspace.read']);
    expect(JSON.stringify(lines)).not.toMatch(/SENSITIVE|MEDICAL/);
  });
});

describe('an exhibit kept from a member', () => {
  it('moves nothing on the member\'s live stream', async () => {
    const [hidden, shown] = [await EventStream.open(frank), await EventStream.open(await world.signIn('owen.hart'))];
    const at = await openCase(amira, ['northmoor-police', 'northmoor-fire']);
    // Signals keep their order: with this one, all that the invitations had to tell has come.
    const { id: earlier } = await openCase(amira, ['northmoor-police', 'northmoor-fire']);
    for (const stream of [hidden, shown]) await stream.hears('the earlier case', (told) => told.workspaceId === earlier);
    const toldTo = (stream: EventStream): number => stream.told.filter(({ workspaceId }) => workspaceId === at.id).length;
    const before = { hidden: toldTo(hidden), shown: toldTo(shown) };
    const file = newFile(1_000);
    const ticket = await ticketFor(priya, at.id, file, { marking: onlyFor(id('ashworth')) });
    expect((await patch(priya, ticket, 0, file)).status).toBe(204);
    await shown.hears('the exhibit', () => toldTo(shown) > before.shown);
    // What comes after it has come, so it has not.
    const { id: later } = await openCase(amira, ['northmoor-fire']);
    await hidden.hears('the later case', (told) => told.workspaceId === later);
    expect(toldTo(hidden)).toBe(before.hidden);
    for (const stream of [hidden, shown]) stream.close();
  });
});
