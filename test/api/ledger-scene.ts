import { generateKeyPairSync, randomUUID } from 'node:crypto';
import pg from 'pg';
import { DataSource } from 'typeorm';
import { Role, type ActorRef, type EntryId } from '../../libs/kernel/index.js';
import { LedgerIntake, checkLedgerWith, ledgerKey, pgConnection, sequenceBatch } from '../../src/ledger/index.js';
import type { EntryDraft, LedgerConnection, LedgerReport } from '../../src/ledger/index.js';
import { SystemClock } from '../../src/platform/clock.js';
import { UnitOfWork } from '../../src/platform/index.js';
import { createDatabase, type TestDatabase } from '../builders/cluster.js';

/** A new Ed25519 private key. */
export function newKeyPem(): string {
  return generateKeyPairSync('ed25519').privateKey.export({ format: 'pem', type: 'pkcs8' }).toString();
}

/** The signing key of this test run. */
export const KEY_PEM = newKeyPem();
export const KEY = ledgerKey(KEY_PEM, 'test.example/ledger');

/** A person of an agency of her own. */
export function somebody(name = 'Amira Rahman'): ActorRef {
  return {
    personId: randomUUID() as ActorRef['personId'],
    displayName: name,
    agencyId: randomUUID() as ActorRef['agencyId'],
    agencyName: 'Ashworth Borough Council',
    agencyCode: 'ashworth',
    roles: [Role.EnvironmentalHealthOfficer],
    sessionId: randomUUID() as ActorRef['sessionId'],
    idp: 'https://idp.ashworth.example',
  };
}

/** A ledger in a database of its own: acts are recorded as the application does, the tree is the worker's. */
export class LedgerScene {
  private readonly clients: pg.Client[] = [];

  private constructor(
    readonly database: TestDatabase,
    private readonly dataSource: DataSource,
    /** The hand behind the application's back. */
    readonly superuser: pg.Client,
  ) {}

  static async open(): Promise<LedgerScene> {
    const database = await createDatabase();
    const dataSource = await new DataSource({ type: 'postgres', url: database.appUrl, extra: { pipeline: true } }).initialize();
    const superuser = new pg.Client({ connectionString: database.superuserUrl });
    superuser.on('error', () => undefined);
    await superuser.connect();
    return new LedgerScene(database, dataSource, superuser);
  }

  get unitOfWork(): UnitOfWork {
    return new UnitOfWork(this.dataSource, new SystemClock());
  }

  /** A connection of one of the product's own roles. */
  async connect(url: string): Promise<pg.Client> {
    const client = new pg.Client({ connectionString: url });
    client.on('error', () => undefined);
    await client.connect();
    this.clients.push(client);
    return client;
  }

  async worker(): Promise<LedgerConnection> {
    return pgConnection(await this.connect(this.database.workerUrl));
  }

  /** Records one act. */
  record(draft: Partial<EntryDraft> = {}, actor: ActorRef | undefined = somebody()): Promise<EntryId> {
    return this.unitOfWork.run({ actor, correlationId: 'test' }, (work) =>
      new LedgerIntake().append(work, { verb: 'note.add', outcome: 'done', ...draft }),
    );
  }

  /** Records `count` acts, `batch` of them under each checkpoint. */
  async fill(count: number, batch = 5): Promise<readonly EntryId[]> {
    const worker = await this.worker();
    const ids: EntryId[] = [];
    while (ids.length < count) {
      for (let at = 0; at < batch && ids.length < count; at += 1) ids.push(await this.record());
      await sequenceBatch(worker, KEY, () => new Date());
    }
    return ids;
  }

  /** What the check says, run over the migrating owner's connection as the command line does. */
  async check(remembered: readonly string[] = []): Promise<LedgerReport> {
    return checkLedgerWith(pgConnection(await this.connect(this.database.ownerUrl)), KEY, { remembered });
  }

  /** Alters rows as a superuser who has switched every trigger and reference off. */
  async tamper(...statements: readonly string[]): Promise<void> {
    await this.superuser.query(`SET session_replication_role = 'replica'`);
    for (const statement of statements) await this.superuser.query(statement);
    await this.superuser.query(`SET session_replication_role = 'origin'`);
  }

  async close(): Promise<void> {
    for (const client of this.clients) await client.end().catch(() => undefined);
    await this.superuser.end();
    await this.dataSource.destroy();
    await this.database.drop();
  }
}
