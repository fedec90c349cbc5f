import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Visitor } from '../builders/visitor.js';
import { startWorld, type World } from '../builders/world.js';
import { deposit, newFile, setTheScene, type Scene } from './evidence-scene.js';

const MIB = 1024 * 1024;
const JPEG = Buffer.concat([Buffer.from('ffd8ffe000104a46494600010100000100010000', 'hex'), newFile(600_000)]);
const PDF = Buffer.from('%PDF-1.7\n1 0 obj<</Type/Catalog/OpenAction<</S/JavaScript/JS(app.alert(1))>>>>endobj\n%%EOF\n');
const PAGE = Buffer.from('<!doctype html><title>Hello</title><script>document.title = "ran"</script>');
const SVG = Buffer.from('<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>');

let world: World;
let scene: Scene;

beforeAll(async () => {
  world = await startWorld();
  scene = await setTheScene(world);
}, 120_000);

afterAll(() => world.stop());

const EXHIBIT = 'query ($id: ID!) { exhibit(id: $id) { mediaType preview { kind path shownBytes } custody { act by } } }';
interface Seen {
  readonly mediaType: string;
  readonly preview: { readonly kind: string; readonly path: string; readonly shownBytes: number } | null;
  readonly custody: readonly { readonly act: string; readonly by: string }[];
}

async function seen(who: Visitor, id: string): Promise<Seen> {
  return (await who.ask<{ exhibit: Seen }>(EXHIBIT, { id })).exhibit;
}

/** The last entry about an exhibit that is no reading of its page. */
async function lastEntry(id: string): Promise<{ outcome: string; verb: string; body: { reason?: string; details?: { as?: string; range?: string } } }> {
  const { rows } = await world.superuser.query<{ outcome: string; verb: string; body: string }>(
    `SELECT outcome, verb, body FROM ledger_entry WHERE subject_id = $1 AND verb = 'exhibit.open' ORDER BY at DESC LIMIT 1`, [id]);
  const [row] = rows;
  if (!row) throw new Error('Nothing is recorded.');
  return { ...row, body: JSON.parse(row.body) as { reason?: string } };
}

describe('an exhibit shown in the page', () => {
  it('is streamed to who may open it, in parts, typed and inert, and is a viewing in ledger and custody', async () => {
    const id = await deposit(scene.amira, scene.workspaceId, JPEG, { fileName: 'counter.jpg' });
    const { preview } = await seen(scene.priya, id);
    expect(preview).toEqual({ kind: 'image', path: `/evidence/${id}/preview`, shownBytes: JPEG.length });
    const whole = await scene.priya.fetch(preview?.path ?? '');
    expect(Buffer.from(await whole.arrayBuffer()).equals(JPEG)).toBe(true);
    expect(Object.fromEntries(whole.headers)).toMatchObject({
      'content-type': 'image/jpeg',
      'content-disposition': `inline; filename="counter.jpg"; filename*=UTF-8''counter.jpg`,
      'content-security-policy': expect.stringContaining('sandbox;') as unknown,
      'x-content-type-options': 'nosniff',
      'concordat-marking': 'OFFICIAL-SENSITIVE',
    });
    const part = await scene.priya.fetch(preview?.path ?? '', { headers: { range: 'bytes=400000-500000' } });
    expect([part.status, part.headers.get('content-range')]).toEqual([206, `bytes 400000-500000/${JPEG.length}`]);
    expect(Buffer.from(await part.arrayBuffer()).equals(JPEG.subarray(400_000, 500_001))).toBe(true);
    expect((await seen(scene.amira, id)).custody.map(({ act, by }) => `${act} by ${by}`)).toEqual(['deposited by Amira Rahman', 'viewed by Priya Shah']);
    expect(await lastEntry(id)).toMatchObject({ outcome: 'done', body: { details: { as: 'preview', range: 'bytes=400000-500000' } } });
  });

  it('tells viewing from opening: who only viewed has not opened', async () => {
    const id = await deposit(scene.amira, scene.workspaceId, JPEG);
    for (const path of ['preview', 'content']) await (await scene.priya.fetch(`/evidence/${id}/${path}`, { headers: { range: 'bytes=10-20' } })).arrayBuffer();
    expect((await seen(scene.amira, id)).custody.map(({ act }) => act)).toEqual(['deposited', 'viewed', 'opened']);
  });

  it('shows a page somebody deposited as characters: never typed as a page, whatever its name', async () => {
    const id = await deposit(scene.amira, scene.workspaceId, PAGE, { fileName: 'statement.html' });
    const answer = await scene.priya.fetch(`/evidence/${id}/preview`);
    expect(answer.headers.get('content-type')).toBe('text/plain; charset=utf-8');
    expect(answer.headers.get('content-security-policy')).toContain("default-src 'none'; sandbox;");
    expect(Buffer.from(await answer.arrayBuffer()).equals(PAGE)).toBe(true);
  });

  it('shows the beginning of a long text, and says so, whatever part a browser asks for', async () => {
    const text = Buffer.from('Temperature 14 °C at the counter.\n'.repeat(60_000));
    const id = await deposit(scene.amira, scene.workspaceId, text, { fileName: 'log.txt' });
    expect((await seen(scene.amira, id)).preview).toMatchObject({ kind: 'text', shownBytes: MIB });
    const answer = await scene.amira.fetch(`/evidence/${id}/preview`, { headers: { range: 'bytes=5-' } });
    expect([answer.status, answer.headers.get('content-range')]).toEqual([200, null]);
    expect(Buffer.from(await answer.arrayBuffer()).equals(text.subarray(0, MIB))).toBe(true);
  });

  it('lets a browser read a PDF without its own sandbox, and nothing beside it', async () => {
    const id = await deposit(scene.amira, scene.workspaceId, PDF, { fileName: 'report.pdf' });
    const answer = await scene.amira.fetch(`/evidence/${id}/preview`);
    expect(answer.headers.get('content-type')).toBe('application/pdf');
    expect(answer.headers.get('content-security-policy')).toBe("default-src 'none'; frame-ancestors 'self'; base-uri 'none'; form-action 'none'");
  });

  it.each([['a drawing with a script in it', SVG], ['octets of no known kind', Buffer.concat([Buffer.from([0, 1]), newFile(50)])]])(
    'is refused for %s, in words, recorded and without an octet', async (_, file) => {
      const id = await deposit(scene.amira, scene.workspaceId, file, { fileName: 'drawing.svg' });
      expect((await seen(scene.amira, id)).preview).toBeNull();
      const answer = await scene.amira.fetch(`/evidence/${id}/preview`);
      expect(answer.status).toBe(400);
      expect(await answer.text()).toContain('handed out as a file');
      expect(await lastEntry(id)).toMatchObject({ outcome: 'refused', body: { reason: 'no-preview' } });
      const kept = await scene.amira.fetch(`/evidence/${id}/content`);
      expect(kept.headers.get('content-disposition')).toMatch(/^attachment;/);
    });

  it('is for a stranger the same answer as what does not exist', async () => {
    const sam = await world.signIn('sam.stone');
    const id = await deposit(scene.amira, scene.workspaceId, JPEG);
    const [hidden, absent] = await Promise.all([id, '00000000-0000-4000-8000-000000000000'].map(async (each) => {
      const answer = await sam.fetch(`/evidence/${each}/preview`);
      return [answer.status, await answer.text()];
    }));
    expect(hidden).toEqual(absent);
    expect(hidden?.[0]).toBe(404);
  });
});
