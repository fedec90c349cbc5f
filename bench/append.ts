import { randomUUID } from 'node:crypto';
import { DataSource } from 'typeorm';
import { Role, type ActorRef } from '../libs/kernel/index.js';
import { LedgerIntake } from '../src/ledger/index.js';
import { SystemClock } from '../src/platform/clock.js';
import { UnitOfWork, type ActContext, type Work } from '../src/platform/index.js';
import { startPortal } from './alert-parts/running-portal.js';
import { load } from './read-parts/load.js';
import type { Emit } from './run.js';

export const describe =
  'acts a second that are acknowledged, each a row and its ledger entry in one durable transaction with the sequencer running, at 1, 8 and 32 ' +
  'clients; beside the same rows through the same transactions without the entry (aim: at least half)';

const CLIENTS = [1, 8, 32];
const TIMES = { warmUp: 2, seconds: 6 };
const ROUNDS = 2;

/** With and without in turn, so that a machine that gets slower on the way slows both. */
export async function run(emit: Emit): Promise<void> {
  const portal = await startPortal();
  const source = new DataSource({ type: 'postgres', url: portal.appUrl, poolSize: Math.max(...CLIENTS), extra: { pipeline: true } });
  try {
    await portal.superuser.query('CREATE TABLE bench_act (id uuid PRIMARY KEY, body text NOT NULL)');
    await portal.superuser.query('GRANT INSERT ON bench_act TO concordat_app');
    await source.initialize();
    const unit = new UnitOfWork(source, new SystemClock());
    for (const clients of CLIENTS) {
      const rates = { ours: 0, peer: 0 };
      for (let round = 0; round < ROUNDS; round += 1) {
        rates.peer += (await load(asMany(clients, () => unit.run(CONTEXT, row)), TIMES)).rate / ROUNDS;
        rates.ours += (await load(asMany(clients, () => unit.run(CONTEXT, rowAndEntry)), TIMES)).rate / ROUNDS;
      }
      emit({
        figure: `acts acknowledged, ${clients} clients`, ours: Math.round(rates.ours), peer: 'the same without the ledger', peer_value: Math.round(rates.peer),
        limit: 'half of that', limit_value: Math.round(rates.peer / 2), unit: 'acts/s',
      });
    }
  } finally {
    if (source.isInitialized) await source.destroy();
    await portal.stop();
  }
}

const SOMEBODY: ActorRef = {
  personId: randomUUID() as ActorRef['personId'], displayName: 'Bench Officer', agencyId: randomUUID() as ActorRef['agencyId'], agencyName: 'Northmoor Police',
  agencyCode: 'northmoor-police', roles: [Role.PoliceOfficer], sessionId: randomUUID() as ActorRef['sessionId'], idp: 'bench',
};
const CONTEXT: ActContext = { actor: SOMEBODY, correlationId: 'bench' };
const LEDGER = new LedgerIntake();

function row(work: Work): Promise<void> {
  work.leave('INSERT INTO bench_act (id, body) VALUES ($1, $2)', [randomUUID(), 'What the owner said']);
  return Promise.resolve();
}

async function rowAndEntry(work: Work): Promise<void> {
  await row(work);
  const subject = { kind: 'note', id: randomUUID(), title: 'A note', marking: 'OFFICIAL', owner: 'Northmoor Police' };
  await LEDGER.append(work, { verb: 'note.add', outcome: 'done', subject, purpose: 'Protecting the public', policy: 'own-agency', recipients: [], details: { fields: ['title', 'body'] } });
}

function asMany(clients: number, act: () => Promise<void>): readonly (() => Promise<void>)[] {
  return Array.from({ length: clients }, () => act);
}
