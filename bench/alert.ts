import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { openBackend } from '../src/platform/queue/index.js';
import { commitBreach, openSharedCase } from './alert-parts/breaches.js';
import { PartnerStream } from './alert-parts/partner-stream.js';
import { startPortal, type RunningPortal } from './alert-parts/running-portal.js';
import { percentile, rounded } from './figures.js';
import type { Emit } from './run.js';

export const describe =
  'milliseconds from a breach being committed to its alert arriving in the partner\'s live stream, p50 and p99 over 500; ' +
  'beside a bare BullMQ job on the same queue, and a bare LISTEN/NOTIFY on the same PostgreSQL as the limit';

const ROUNDS = 500;
const WARM_UP = 30;

/** One at a time, as breaches come. Each figure is taken on the same server, with the product running. */
export async function run(emit: Emit): Promise<void> {
  const portal = await startPortal();
  try {
    const ours = await measure(await alerts(portal));
    const peer = await measure(await bareJobs(portal));
    const limit = await measure(await bareNotices(portal));
    for (const [figure, part] of [['breach to alert p50', 0.5], ['breach to alert p99', 0.99]] as const) {
      emit({
        figure,
        ours: rounded(percentile(ours, part)),
        peer: 'bare BullMQ job, added to processed',
        peer_value: rounded(percentile(peer, part)),
        limit: 'bare LISTEN/NOTIFY, committed to heard',
        limit_value: rounded(percentile(limit, part)),
        unit: 'ms',
      });
    }
  } finally {
    await portal.stop();
  }
}

/** One thing that can be timed, and how to put it away. */
interface Timed {
  once(): Promise<number>;
  close(): Promise<void>;
}

async function measure(timed: Timed): Promise<readonly number[]> {
  const taken: number[] = [];
  for (let round = 0; round < WARM_UP + ROUNDS; round += 1) {
    const milliseconds = await timed.once();
    if (round >= WARM_UP) taken.push(milliseconds);
  }
  await timed.close();
  return taken;
}

async function alerts({ superuser, baseUrl, cookie }: RunningPortal): Promise<Timed> {
  const shared = await openSharedCase(superuser);
  const stream = await PartnerStream.open(baseUrl, cookie);
  return {
    async once() {
      const committed = await commitBreach(superuser, shared);
      return (await stream.nextAlert()) - committed;
    },
    close() {
      stream.close();
      return Promise.resolve();
    },
  };
}

function bareJobs({ workerUrl }: RunningPortal): Promise<Timed> {
  const faulty = (fault: Error): never => {
    throw fault;
  };
  const backend = openBackend({ database: { appUrl: workerUrl, workerUrl } }, faulty);
  const queue = backend.queue('bench');
  let processed: (() => void) | undefined;
  const worker = backend.worker('bench', () => {
    processed?.();
    return Promise.resolve();
  });
  worker.run().catch(faulty);
  return Promise.resolve({
    async once() {
      const done = new Promise<void>((resolve) => (processed = resolve));
      const began = performance.now();
      await queue.add('bench', { correlationId: 'bench' }, { jobId: randomUUID() });
      await done;
      return performance.now() - began;
    },
    async close() {
      await worker.close();
      await queue.close();
      await backend.close();
    },
  });
}

async function bareNotices({ workerUrl }: RunningPortal): Promise<Timed> {
  const [listener, speaker] = [new pg.Client(workerUrl), new pg.Client(workerUrl)];
  await Promise.all([listener.connect(), speaker.connect()]);
  await listener.query('LISTEN bench');
  return {
    async once() {
      const heard = new Promise<void>((resolve) => listener.once('notification', () => resolve()));
      const began = performance.now();
      await speaker.query('NOTIFY bench');
      await heard;
      return performance.now() - began;
    },
    async close() {
      await Promise.all([listener.end(), speaker.end()]);
    },
  };
}
