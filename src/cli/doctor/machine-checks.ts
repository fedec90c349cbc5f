import { X509Certificate } from 'node:crypto';
import { accessSync, constants, existsSync, statSync } from 'node:fs';
import { statfs } from 'node:fs/promises';
import { connect } from 'node:net';
import { bad, good, warning, type Check } from './check.js';

const GIB = 1024 ** 3;
const DAY_MS = 86_400_000;
const EXPIRY_WARNING_DAYS = 30;

/** What the machine and the options must be. */
export const machineChecks: readonly Check[] = [
  {
    name: 'mode',
    look: ({ config }) => Promise.resolve(config.mode === 'production' ? good('Production.') : warning('Demonstration: published keys, people everybody can sign in as.')),
  },
  {
    name: 'data folder',
    look({ config: { dataFolder } }) {
      if (!existsSync(dataFolder)) return Promise.resolve(bad(`${dataFolder} is missing; create it or set CONCORDAT_DATA.`));
      accessSync(dataFolder, constants.W_OK);
      // Others may walk through (the database's account has to) but must not list or read.
      const readable = (statSync(dataFolder).mode & 0o044) !== 0;
      return Promise.resolve(readable ? warning(`${dataFolder} can be listed by other accounts; chmod 711 it.`) : good(`${dataFolder} is writable.`));
    },
  },
  {
    name: 'disk',
    async look({ config }) {
      const { bavail, bsize } = await statfs(config.dataFolder);
      const free = bavail * bsize;
      const words = `${(free / GIB).toFixed(1)} GiB free at ${config.dataFolder}`;
      return free >= config.upload.limitBytes ? good(`${words}.`) : warning(`${words}, less than one exhibit of UPLOAD_LIMIT_BYTES.`);
    },
  },
  {
    name: 'SAML certificate',
    look({ config, now }) {
      const { validTo } = new X509Certificate(config.keys.samlCertificate);
      const days = Math.floor((new Date(validTo).getTime() - now.getTime()) / DAY_MS);
      if (days < 0) return Promise.resolve(bad(`It ended on ${validTo}; make a new pair and give the new metadata to every agency.`));
      return Promise.resolve(days < EXPIRY_WARNING_DAYS ? warning(`It ends in ${days} days; make a new pair.`) : good(`Valid for ${days} days.`));
    },
  },
  {
    name: 'mail server',
    async look({ config }) {
      const { hostname, port, protocol } = new URL(config.smtp.url);
      await connects(hostname, Number(port || (protocol === 'smtps:' ? 465 : 25)));
      return good(`${hostname} accepts connections.`);
    },
  },
  {
    name: 'Redis',
    async look({ config }) {
      if (config.redisUrl === undefined) return good('Not used: the queue is in PostgreSQL.');
      const { hostname, port } = new URL(config.redisUrl);
      await connects(hostname, Number(port || 6379));
      return good(`${hostname} accepts connections.`);
    },
  },
];

function connects(host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host, port, timeout: 3000 });
    const fail = (): void => {
      socket.destroy();
      reject(new Error(`${host} does not accept connections on port ${port}.`));
    };
    socket.once('connect', () => {
      socket.destroy();
      resolve();
    });
    socket.once('error', fail);
    socket.once('timeout', fail);
  });
}
