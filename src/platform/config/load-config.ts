import { ConfigError, type Config, type ConfigFault } from './config.js';
import { meanConfig } from './mean-config.js';
import { readOptions } from './read-options.js';

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * The configuration of a running part (API, worker), from its environment. Call it before anything else starts.
 *
 * @throws ConfigError listing every fault at once, so that nobody has to start six times to learn of six.
 */
export function loadConfig(env: Environment): Config {
  return checked(env, (config) => [
    ...(config.database.appUrl === '' ? [missing('DATABASE_APP_URL', 'API')] : []),
    ...(config.database.workerUrl === '' ? [missing('DATABASE_WORKER_URL', 'worker')] : []),
  ]);
}

/**
 * The configuration for the launcher, which provisions the database itself: its addresses may still be empty.
 *
 * @throws ConfigError listing every fault at once.
 */
export function loadConfigWithoutDatabase(env: Environment): Config {
  return checked(env, () => []);
}

function checked(env: Environment, more: (config: Config) => readonly ConfigFault[]): Config {
  const { options, faults: unread } = readOptions(env);
  const { config, faults } = meanConfig(options, env['NODE_ENV']);
  const blamed = new Set(unread.map((fault) => fault.option.replace(/_FILE$/, '')));
  // An option that could not be read is already blamed; do not blame it again for being absent.
  const all = [...unread, ...[...faults, ...more(config)].filter((fault) => !blamed.has(fault.option))];
  if (all.length > 0) throw new ConfigError(all);
  return config;
}

function missing(option: string, part: string): ConfigFault {
  return { option, message: `Required: the ${part} connects with it. \`npm start\` sets it by itself.` };
}
