import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { createDatabase, type TestDatabase } from './cluster.js';
import { runChild } from './child.js';

const LIMIT_MS = 120_000;

/** A fresh database with the demonstration borough in it, copied from one that `concordat seed` filled once in this run. */
export async function createDemonstration(): Promise<TestDatabase> {
  const run = process.env['CONCORDAT_TEST_RUN'];
  if (run === undefined) throw new Error('No test run: start Jest with the configuration of the repository.');
  if (isFirst(run)) await seedOnce(run);
  return createDatabase(await seededTemplate(run));
}

function isFirst(run: string): boolean {
  try {
    mkdirSync(join(run, 'seeding'));
    return true;
  } catch {
    return false;
  }
}

async function seedOnce(run: string): Promise<void> {
  const database = await createDatabase();
  const env = {
    DATABASE_URL: database.ownerUrl,
    DATABASE_APP_URL: database.appUrl,
    DATABASE_WORKER_URL: database.workerUrl,
    CONCORDAT_DATA: mkdtempSync(join(run, 'seed-')),
    LOG_LEVEL: 'error',
  };
  const { code, output } = await runChild('run/cli.js', env, ['seed']);
  const outcome = code === 0 ? { name: database.name } : { failed: output };
  writeFileSync(join(run, 'seeded.new'), JSON.stringify(outcome));
  renameSync(join(run, 'seeded.new'), join(run, 'seeded.json'));
}

async function seededTemplate(run: string): Promise<string> {
  const limit = Date.now() + LIMIT_MS;
  while (Date.now() < limit) {
    if (existsSync(join(run, 'seeded.json'))) {
      const outcome = JSON.parse(readFileSync(join(run, 'seeded.json'), 'utf8')) as { name?: string; failed?: string };
      if (outcome.name === undefined) throw new Error(`The demonstration borough could not be seeded:\n${outcome.failed ?? ''}`);
      return outcome.name;
    }
    await pause(20);
  }
  throw new Error('The demonstration borough was not seeded in time.');
}
