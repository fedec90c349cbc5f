import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { appendFileSync, chmodSync, mkdirSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { must } from '../../libs/kernel/index.js';
import { openWitnessed, policyOf } from '../../libs/witness/index.js';
import { runChild } from '../builders/child.js';
import { TestWitness, lineOf, linesOf, type RunningWitness } from '../builders/witness.js';
import { TestLog, grown } from '../vectors/tlog/two-histories.js';

const BIN = 'src/witness/bin.js';
const log = new TestLog('concordat.example/ledger');
const seven = grown([], 'a', 7);
const twelve = grown(seven, 'a', 5);
const hash = createHash('sha256').update(log.origin).digest('hex');

describe('a witness over HTTP', () => {
  let witness: TestWitness;
  let running: RunningWitness;

  beforeEach(async () => {
    witness = await TestWitness.make();
    running = await witness.start(log);
  });
  afterEach(async () => {
    await running.child.stop();
    witness.remove();
  });

  const get = (path: string, init: RequestInit = {}): Promise<Response> => fetch(`${running.url}${path}`, init);

  it('cosigns a history as it grows, and shows the latest to monitors, after a new start too', async () => {
    expect((await get(`/${hash}/checkpoint`)).status).toBe(404);
    const first = await running.add(await log.request(0, seven));
    expect([first.status, first.headers.get('content-type')]).toEqual([200, 'text/plain; charset=utf-8']);
    expect(witness.cosigned(log.checkpoint(seven), await first.text())).toBe(true);
    expect((await running.add(await log.request(7, twelve))).status).toBe(200);
    await running.child.stop();
    running = await witness.start(log);
    const note = await (await get(`/${hash}/checkpoint`)).text();
    const policy = must(policyOf([log.verifier], [witness.verifier], 1));
    expect(must(openWitnessed(note, policy))).toMatchObject({ size: 12, witnessed: [{ name: 'agency.example/witness' }] });
    expect((await running.add(await log.request(12, twelve))).status).toBe(200);
  });

  it('answers 409 with the size it knows, in the published form', async () => {
    await running.add(await log.request(0, seven));
    const answer = await running.add(await log.request(0, twelve));
    expect([answer.status, answer.headers.get('content-type'), await answer.text()]).toEqual([409, 'text/x.tlog.size', '7\n']);
  });

  it('answers each refusal with its status and a sentence, and signs nothing', async () => {
    await running.add(await log.request(0, seven));
    const other = grown([], 'b', 7);
    const cases: readonly (readonly [number, string])[] = [
      [400, 'nonsense'],
      [400, await log.request(12, seven)],
      [403, (await log.request(7, twelve)).replace('\n12\n', '\n13\n')],
      [404, await new TestLog('another.example').request(0, seven)],
      [409, await log.request(7, other)],
      [422, await log.request(7, grown(other, 'b', 5))],
    ];
    for (const [status, body] of cases) {
      const answer = await running.add(body);
      expect([status, answer.status, answer.headers.get('content-type')]).toEqual([status, status, 'text/plain; charset=utf-8']);
      const sentence = await answer.text();
      expect(sentence).toMatch(/^[A-Z].*\.\n$/);
      expect(sentence).not.toContain('\u2014');
    }
    expect((await (await get(`/${hash}/checkpoint`)).text()).split('\n')[1]).toBe('7');
  });

  it('keeps the evidence of a fork in its log', async () => {
    await running.add(await log.request(0, seven));
    const other = grown([], 'b', 7);
    await running.add(await log.request(7, other));
    expect(await lineOf(running.child, 'fork')).toMatchObject({ level: 'error', note: log.checkpoint(other) });
  });

  it('says how it is, and which methods there are', async () => {
    expect(await (await get('/health')).json()).toEqual({ status: 'ok' });
    expect((await get('/health', { method: 'HEAD' })).status).toBe(200);
    const post = await get(`/${hash}/checkpoint`, { method: 'POST' });
    expect([post.status, post.headers.get('allow')]).toEqual([405, 'GET, HEAD']);
    const read = await get('/add-checkpoint');
    expect([read.status, read.headers.get('allow')]).toEqual([405, 'POST']);
    for (const path of ['/', '/checkpoint', `/${hash.toUpperCase()}/checkpoint`, '/../data/witness.vkey']) expect((await get(path)).status).toBe(404);
  });

  it('takes 64 KiB and no more', async () => {
    expect((await running.add('x'.repeat(65_536))).status).toBe(400);
    expect((await running.add('x'.repeat(65_537))).status).toBe(413);
    expect((await get('/health')).status).toBe(200);
  });

  it('sends a client away that does not finish its request, and serves others meanwhile', async () => {
    const socket = connect(Number(new URL(running.url).port), '127.0.0.1');
    await once(socket, 'connect');
    let answer = '';
    socket.on('data', (chunk: Buffer) => void (answer += chunk.toString()));
    socket.write('POST /add-checkpoint HTTP/1.1\r\nhost: witness\r\ncontent-length: 100\r\n\r\nold 0');
    expect((await running.add(await log.request(0, seven))).status).toBe(200);
    await once(socket, 'close');
    expect(answer).toContain('408');
  }, 30_000);

  it('decides one request at a time: of many next steps exactly one is cosigned', async () => {
    await running.add(await log.request(0, seven));
    const rivals = await Promise.all(Array.from({ length: 20 }, (_, at) => log.request(7, grown(seven, `rival ${at}`, 5))));
    const answers = await Promise.all(rivals.map((body) => running.add(body)));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    expect(answers.filter(({ status }) => status === 409)).toHaveLength(19);
  });

  it('signs nothing that the disk did not take', async () => {
    await running.add(await log.request(0, seven));
    // The memory is replaced through a file of this name, which cannot be written when it is a folder.
    const blocked = join(witness.home, 'data', `${hash}.checkpoint.new`);
    mkdirSync(blocked);
    const answer = await running.add(await log.request(7, twelve));
    expect([answer.status, await answer.text()]).toEqual([500, 'The witness could not do this and has signed nothing.\n']);
    rmSync(blocked, { recursive: true });
    expect((await running.add(await log.request(7, twelve))).status).toBe(200);
  });

  it('keeps its memory readable and whole: one note a log, no leftovers', async () => {
    await running.add(await log.request(0, seven));
    expect(readdirSync(join(witness.home, 'data')).sort()).toEqual([`${hash}.checkpoint`, 'witness.vkey'].sort());
    expect(readFileSync(join(witness.home, 'data', `${hash}.checkpoint`), 'utf8')).toBe(log.checkpoint(seven));
  });

  it('finishes and leaves when asked to', async () => {
    await running.add(await log.request(0, seven));
    await running.child.stop();
    expect(running.child.process.exitCode).toBe(0);
    await lineOf(running.child, 'stopped');
    expect(linesOf(running.child).map(({ event }) => event)).toEqual(['started', 'cosigned', 'stopping', 'stopped']);
  });
});

describe('concordat-witness', () => {
  let witness: TestWitness;
  beforeAll(async () => {
    witness = await TestWitness.make();
  });
  afterAll(() => witness.remove());

  const start = (...words: readonly string[]): Promise<{ code: number | null; output: string }> => runChild(BIN, {}, words);

  it('refuses a second process on one folder, with the same sentence from the other command', async () => {
    const running = await witness.start(log);
    expect(await start(...witness.words(log))).toEqual({ code: 1, output: expect.stringContaining('Another witness works in') });
    const other = await runChild('run/cli.js', {}, ['witness', ...witness.words(log)]);
    expect(other).toEqual({ code: 1, output: expect.stringContaining('Another witness works in') });
    await running.child.stop();
  });

  it('makes a key for its owner alone, and never writes over one', async () => {
    const file = join(witness.home, 'key');
    expect(statSync(file).mode & 0o777).toBe(0o600);
    const again = await start('new-key', '--name', 'agency.example/witness', '--key', file, '--data', join(witness.home, 'other'));
    expect(again).toEqual({ code: 1, output: expect.stringContaining('never written over') });
    const full = await start('new-key', '--name', 'agency.example/witness', '--key', join(witness.home, 'key2'), '--data', join(witness.home, 'data'));
    expect(full).toEqual({ code: 1, output: expect.stringContaining('is not empty') });
    chmodSync(file, 0o640);
    expect(await start(...witness.words(log))).toEqual({ code: 1, output: expect.stringContaining('chmod 600') });
    chmodSync(file, 0o600);
  });

  it('does not start a key on a memory that is lost, of another key, or damaged', async () => {
    const forgetful = await TestWitness.make();
    const data = join(forgetful.home, 'data');
    const running = await forgetful.start(log);
    await running.add(await log.request(0, seven));
    await running.child.stop();
    const rotated = new TestLog('rotated.example');
    const words = [...forgetful.words().slice(0, 6), '--log', `${log.origin}=${rotated.verifierKey}`];
    expect(await start(...words)).toEqual({ code: 1, output: expect.stringContaining('give the old key too') });
    appendFileSync(join(data, `${hash}.checkpoint`), 'x');
    expect(await start(...forgetful.words(log))).toEqual({ code: 1, output: expect.stringContaining('not signed by the keys') });
    writeFileSync(join(data, 'witness.vkey'), `${witness.verifierKey}\n`);
    expect(await start(...forgetful.words(log))).toEqual({ code: 1, output: expect.stringContaining('the memory of another key') });
    rmSync(join(data, 'witness.vkey'));
    expect(await start(...forgetful.words(log))).toEqual({ code: 1, output: expect.stringContaining('must be retired') });
    forgetful.remove();
  });

  it('says what is wrong with its words, and never prints the key', async () => {
    const [key = '', data = ''] = ['key', 'data'].map((name) => join(witness.home, name));
    const good = ['--key', key, '--data', data, '--port', '0'];
    const named = `${log.origin}=${log.verifierKey}`;
    const cases: readonly (readonly [number, string, readonly string[]])[] = [
      [2, 'Usage: concordat-witness', []],
      [2, 'Say which log', good],
      [2, '--port', ['--key', key, '--data', data, '--log', named]],
      [2, 'is no port', [...good.slice(0, 4), '--port', '65536', '--log', named]],
      [2, 'not one a log signs with', [...good, '--log', `${log.origin}=${witness.verifierKey}`]],
      [2, 'given twice', [...good, '--log', named, '--log', named]],
      [2, 'ORIGIN=KEY', [...good, '--log', log.verifierKey]],
      [2, 'Unknown option', [...good, '--loud']],
      [2, 'no plus sign', ['new-key', '--name', 'a+b', '--key', `${key}3`, '--data', `${data}3`]],
      [1, 'cannot be read', ['--key', `${key}9`, ...good.slice(2), '--log', named]],
      [1, 'holds no key', ['--key', join(data, '..', 'nokey'), ...good.slice(2), '--log', named]],
      [1, 'new-key makes it', [...good.slice(0, 2), '--data', `${data}9`, '--port', '0', '--log', named]],
      [1, 'cannot listen', [...good, '--host', '192.0.2.1', '--log', named]],
    ];
    writeFileSync(join(witness.home, 'nokey'), 'PRIVATE+KEY+x\n', { mode: 0o600 });
    const secret = readFileSync(key, 'utf8').trim();
    for (const [code, words, args] of cases) {
      const ran = await start(...args);
      expect([args, ran.code, ran.output]).toEqual([args, code, expect.stringContaining(words)]);
      expect(ran.output).not.toContain(secret);
    }
  });

  it('is also a command of concordat', async () => {
    const made = await runChild('run/cli.js', {}, ['witness', 'new-key', '--name', 'cli.example/w', '--key', join(witness.home, 'cli'), '--data', join(witness.home, 'cli-data'), '--json']);
    expect([made.code, JSON.parse(made.output)]).toEqual([0, { publicKey: expect.stringMatching(/^cli\.example\/w\+[0-9a-f]{8}\+B/) }]);
    expect(await runChild('run/cli.js', {}, ['witness', '--port', '0'])).toEqual({ code: 2, output: expect.stringContaining('--log') });
  });
});
