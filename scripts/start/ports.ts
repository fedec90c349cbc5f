import { AGENCIES } from '../../src/demonstration/borough.js';
import { SANDBOX_PORTS, type Config } from '../../src/platform/config/index.js';
import { isFree } from '../postgres/free-port.js';
import { bringsAuthority } from './timestamp-authority.js';
import { bringsWitnesses, WITNESS_OFFSETS } from './witnesses.js';
import { StartFault, codeOf } from './start-fault.js';

/**
 * Makes sure, before anything is started, that every port of this start is free.
 *
 * @throws StartFault naming those that are not.
 */
export async function checkPorts(config: Config): Promise<void> {
  if (!(await canListen(config.port, config.host))) {
    throw new StartFault(`Port ${config.port} is taken by another program; stop it, or start with another one, for example PORT=${config.port + 100} npm start.`);
  }
  if (!config.demo) return;
  const offsets = [...AGENCIES.map((agency) => agency.idpPort), SANDBOX_PORTS.smtp, SANDBOX_PORTS.mailbox, ...(bringsWitnesses(config) ? WITNESS_OFFSETS : []), ...(bringsAuthority(config) ? [SANDBOX_PORTS.timestamps] : [])];
  const taken: number[] = [];
  for (const offset of offsets) if (!(await canListen(config.port + offset, '127.0.0.1'))) taken.push(config.port + offset);
  if (taken.length === 0) return;
  throw new StartFault(`Port ${taken.join(', ')}, which the demonstration needs, is taken by another program; stop it, or start with another PORT, for example PORT=${config.port + 100} npm start.`);
}

async function canListen(port: number, host: string): Promise<boolean> {
  try {
    return await isFree(port, host);
  } catch (fault) {
    if (codeOf(fault) === 'EACCES') throw new StartFault(`This account may not listen on port ${port}; use a PORT above 1023.`);
    if (codeOf(fault) === 'EADDRNOTAVAIL' || codeOf(fault) === 'ENOTFOUND') throw new StartFault(`This machine has no address ${host}; check HOST.`);
    throw fault;
  }
}
