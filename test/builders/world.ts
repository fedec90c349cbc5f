import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { freePort } from '../../scripts/postgres/free-port.js';
import { startChild, type Child } from './child.js';
import type { TestDatabase } from './cluster.js';
import { createDemonstration } from './demonstration.js';
import { Visitor } from './visitor.js';
import { signInAt } from './sign-in.js';

/** One running product with the demonstration borough in a database of its own. Tests speak HTTP to it, as people do. */
export class World {
  private readonly signedIn = new Map<string, Promise<Visitor>>();
  private readonly providers = new Map<string, Promise<string>>();
  private children: Child[] = [];
  private readonly workers: Child[] = [];

  private constructor(
    readonly baseUrl: string,
    readonly database: TestDatabase,
    /** The hand behind the application's back. */
    readonly superuser: pg.Client,
    readonly env: Readonly<Record<string, string>>,
  ) {}

  /** Starts the API on a free port, and the worker when asked. */
  static async start(options: { worker?: boolean; env?: Readonly<Record<string, string>>; database?: TestDatabase } = {}): Promise<World> {
    const database = options.database ?? (await createDemonstration());
    const superuser = new pg.Client({ connectionString: database.superuserUrl });
    superuser.on('error', () => undefined);
    await superuser.connect();
    const port = await freePort();
    const env = {
      PORT: String(port),
      CONCORDAT_DATA: mkdtempSync(join(tmpdir(), 'concordat-world-')),
      DATABASE_APP_URL: database.appUrl,
      DATABASE_WORKER_URL: database.workerUrl,
      RATE_LIMIT_PER_MINUTE: '100000',
      LOG_LEVEL: 'info',
      // Asked for in test/api/purpose.spec.ts; every other spec reads without being asked.
      PURPOSE_REQUIRED_FROM: 'none',
      ...options.env,
    };
    const world = new World(`http://localhost:${port}`, database, superuser, env);
    await world.startApi();
    if (options.worker === true) await world.startWorker();
    return world;
  }

  async startApi(env: Readonly<Record<string, string>> = {}): Promise<Child> {
    return this.keep(await startChild('run/main.js', { ...this.env, ...env }, 'The portal is ready'));
  }

  async startWorker(env: Readonly<Record<string, string>> = {}): Promise<Child> {
    const worker = this.keep(await startChild('run/worker.js', { ...this.env, ...env }, 'The worker is ready'));
    this.workers.push(worker);
    return worker;
  }

  /** Stops every worker that was started. */
  async stopWorkers(): Promise<void> {
    await Promise.all(this.workers.splice(0).map((worker) => worker.stop()));
  }

  /** The person of this user name, signed in through her own agency's identity provider. Signed in once per world. */
  signIn(username: string): Promise<Visitor> {
    const known = this.signedIn.get(username) ?? this.signInAgain(username);
    this.signedIn.set(username, known);
    return known;
  }

  /** A further session of the same person. */
  async signInAgain(username: string): Promise<Visitor> {
    return new Visitor(this.baseUrl, await signInAt(this.baseUrl, username, this.providers));
  }

  /** Somebody who has not signed in. */
  stranger(): Visitor {
    return new Visitor(this.baseUrl, undefined);
  }

  /** Stops every process and drops the database. */
  async stop(): Promise<void> {
    await Promise.all(this.children.map((child) => child.stop()));
    await this.superuser.end();
    await this.database.drop();
  }

  private keep(child: Child): Child {
    this.children = [...this.children, child];
    return child;
  }
}

/** Starts a world; `World.start` in the words the specs use. */
export function startWorld(options?: Parameters<typeof World.start>[0]): Promise<World> {
  return World.start(options);
}
