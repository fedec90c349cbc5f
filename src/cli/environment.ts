import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { loadConfig, loadConfigWithoutDatabase, projectFolder, type Config } from '../platform/config/index.js';
import { CliFault, type CliContext } from './command.js';

type Environment = Readonly<Record<string, string | undefined>>;

const DATABASE_OPTIONS = ['DATABASE_URL', 'DATABASE_URL_FILE', 'DATABASE_APP_URL', 'DATABASE_APP_URL_FILE'];

/**
 * The context of a command. When the environment names no database, a demonstration started with `npm start` from this
 * checkout is used: it leaves what it runs with in its data folder, for this account only.
 */
export function contextFrom(given: Environment): CliContext {
  const env = DATABASE_OPTIONS.some((name) => given[name]) ? given : { ...runningDemonstration(given), ...given };
  let config: Config | undefined;
  return {
    env,
    config: () => (config ??= loadConfig(env)),
    isProduction: () => loadConfigWithoutDatabase(env).mode === 'production',
    ownerUrl: () => {
      const { ownerUrl } = loadConfigWithoutDatabase(env).database;
      if (ownerUrl === undefined) throw new CliFault('No database: set DATABASE_URL, or start the demonstration with npm start.');
      return ownerUrl;
    },
  };
}

function runningDemonstration(env: Environment): Environment {
  const file = join(resolve(projectFolder(), env['CONCORDAT_DATA'] ?? '.concordat'), 'running.json');
  if (!existsSync(file)) return {};
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Environment;
  } catch {
    throw new CliFault(`Concordat runs from this checkout, but this account may not read ${file}; use the account that started it.`);
  }
}
