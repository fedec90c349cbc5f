import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createPrivateKey } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type pg from 'pg';
import { freePort } from '../scripts/postgres/free-port.js';
import { ed25519PublicBytes, formatVerifierKey } from '../libs/note/index.js';
import { projectFolder } from '../src/platform/config/index.js';
import { newWitness } from '../src/witness/index.js';
import { startPortal } from './alert-parts/running-portal.js';
import { percentile, rounded } from './figures.js';
import type { Emit } from './run.js';

export const describe =
  'entries the sequencer gives an index a second, 50,000 of them waiting, beside one statement that copies as many rows like its leaves; and milliseconds from an act being answered to the checkpoint that has it being signed (limit 1000) and being cosigned by 2 of 3 witnesses ' +
  '(limit 5000), p50 and p99 over 200 acts, one at a time';

const FLOOD = 50_000;
const ACTS = 200;
const WARM_UP = 10;
const NEEDED = 2;
const NAMES = ['police', 'fire', 'audit'] as const;
const ORIGIN = 'demonstration.concordat.example/ledger';
const LOOK = JSON.stringify({ query: '{ me { id } workspaces { nodes { id } } }' });

/** Acts through the portal's door; what follows is looked for in the database, every two milliseconds. */
export async function run(emit: Emit): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'concordat-bench-witness-'));
  const witnesses = await startWitnesses(folder);
  try {
    const portal = await startPortal({ LEDGER_WITNESS_POLICY: witnesses.policy });
    try {
      const taken = await measure(portal.superuser, () => act(portal.baseUrl, portal.cookie));
      report(emit, 'act to signed checkpoint', taken.map(({ signed }) => signed), 1_000);
      report(emit, `act to ${NEEDED} of ${NAMES.length} cosignatures`, taken.map(({ cosigned }) => cosigned), 5_000);
      await flood(emit, portal.superuser);
    } finally {
      await portal.stop();
    }
  } finally {
    await Promise.all(witnesses.children.map(end));
    rmSync(folder, { recursive: true, force: true });
  }
}

/** As many entries at once as a day of a busy borough, committed together; then everything is the sequencer's. */
async function flood(emit: Emit, database: pg.Client): Promise<void> {
  await database.query(
    `INSERT INTO ledger_entry (id, at, salt, body, leaf_hash)
     SELECT id, at, salt, body, sha256('\\x00'::bytea || salt || convert_to(body, 'UTF8'))
     FROM (SELECT n.id, e.at, e.salt, replace(e.body, e.id::text, n.id::text) AS body
           FROM (SELECT gen_random_uuid() AS id FROM generate_series(1, $1::int)) n,
                (SELECT id, at, salt, body FROM ledger_entry ORDER BY at DESC LIMIT 1) e) made`,
    [FLOOD],
  );
  const began = performance.now();
  const placed = await until(database, began, 'SELECT NOT EXISTS (SELECT FROM ledger_waiting) AS done', []);
  await database.query('CREATE TABLE bench_leaf (LIKE ledger_leaf INCLUDING ALL)');
  const copyBegan = performance.now();
  await database.query('INSERT INTO bench_leaf SELECT * FROM ledger_leaf ORDER BY index DESC LIMIT $1', [FLOOD]);
  const copied = performance.now() - copyBegan;
  emit({
    figure: 'entries through the sequencer',
    ours: Math.round(FLOOD / (placed / 1000)),
    peer: 'INSERT … SELECT of the same leaves',
    peer_value: Math.round(FLOOD / (copied / 1000)),
    unit: 'entries/s',
  });
}

interface Taken {
  readonly signed: number;
  readonly cosigned: number;
}

async function measure(database: pg.Client, once: () => Promise<void>): Promise<readonly Taken[]> {
  const taken: Taken[] = [];
  for (let round = 0; round < WARM_UP + ACTS; round += 1) {
    await once();
    const began = performance.now();
    // The newest entry is this act's: nobody else is there.
    const { rows } = await database.query<{ id: string }>('SELECT id FROM ledger_entry ORDER BY at DESC, id DESC LIMIT 1');
    const signed = await until(database, began, 'SELECT EXISTS (SELECT FROM ledger_leaf WHERE entry_id = $1) AS done', [rows[0]?.id]);
    const cosigned = await until(
      database,
      began,
      `SELECT count(*) >= $2 AS done FROM ledger_leaf l JOIN ledger_cosignature c ON c.size > l.index WHERE l.entry_id = $1 GROUP BY c.size ORDER BY 1 DESC LIMIT 1`,
      [rows[0]?.id, NEEDED],
    );
    if (round >= WARM_UP) taken.push({ signed, cosigned });
  }
  return taken;
}

async function until(database: pg.Client, began: number, question: string, values: readonly unknown[]): Promise<number> {
  while (performance.now() - began < 60_000) {
    const { rows } = await database.query<{ done: boolean }>(question, [...values]);
    if (rows[0]?.done === true) return performance.now() - began;
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
  throw new Error('It did not come within a minute');
}

async function act(baseUrl: string, cookie: string): Promise<void> {
  const answer = await fetch(`${baseUrl}/graphql`, { method: 'POST', headers: { 'content-type': 'application/json', cookie }, body: LOOK });
  if (!answer.ok) throw new Error(`The portal answered ${answer.status}`);
  await answer.arrayBuffer();
}

function report(emit: Emit, figure: string, values: readonly number[], limit: number): void {
  for (const [name, part] of [['p50', 0.5], ['p99', 0.99]] as const) {
    emit({ figure: `${figure} ${name}`, ours: rounded(percentile(values, part), 1), limit_value: limit, unit: 'ms' });
  }
}

async function startWitnesses(folder: string): Promise<{ readonly policy: string; readonly children: readonly ChildProcess[] }> {
  const key = createPrivateKey(readFileSync(join(projectFolder(), 'keys-example', 'ledger.key.pem'), 'utf8'));
  const log = formatVerifierKey(ORIGIN, ed25519PublicBytes(key));
  const lines = [`log ${log}`];
  const children: ChildProcess[] = [];
  for (const name of NAMES) {
    const [keyFile, memory, port] = [join(folder, `${name}.key`), join(folder, name), await freePort()];
    lines.push(`witness ${name} ${await newWitness(`${name}.example/witness`, keyFile, memory)} http://127.0.0.1:${port}`);
    const words = ['--key', keyFile, '--data', memory, '--port', String(port), '--log', `${ORIGIN}=${log}`];
    children.push(spawn(process.execPath, [join(projectFolder(), 'dist', 'src', 'witness', 'bin.js'), ...words], { stdio: ['ignore', 'ignore', 'inherit'] }));
  }
  lines.push(`group all ${NEEDED} ${NAMES.join(' ')}`, 'quorum all', '');
  return { policy: lines.join('\n'), children };
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, 'exit');
  child.kill('SIGTERM');
  await gone;
}
