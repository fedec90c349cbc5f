import { Exit, type Command } from '../command.js';
import { bad, type Check, type Finding, type Patient } from '../doctor/check.js';
import { certificateChecks } from '../doctor/certificate-checks.js';
import { databaseChecks } from '../doctor/database-checks.js';
import { machineChecks } from '../doctor/machine-checks.js';
import { timestampChecks } from '../doctor/timestamp-checks.js';
import { witnessChecks } from '../doctor/witness-checks.js';

/** `concordat doctor`: looks at everything an installation needs and says what to do about each fault. */
export const doctor: Command = {
  name: 'doctor',
  usage: '',
  words: 'Looks at options, database, logins, disk, certificates, neighbours, witnesses and timestamps; exit 1 when something is bad.',
  options: [],
  positionals: [0, 0],
  async run(context) {
    const patient: Patient = { context, config: context.config(), now: new Date() };
    const findings: Finding[] = [];
    for (const check of [...machineChecks, ...databaseChecks, ...certificateChecks, ...witnessChecks, ...timestampChecks]) findings.push(await look(check, patient));
    return {
      exit: findings.some(({ state }) => state === 'bad') ? Exit.Failed : Exit.Done,
      json: { findings: findings.map(({ check, state, words }) => ({ check, state, words })) },
      lines: findings.map(({ check, state, words }) => `${state.padEnd(7)}  ${check}: ${words}`),
    };
  },
};

async function look(check: Check, patient: Patient): Promise<Finding> {
  try {
    return { check: check.name, ...(await check.look(patient)) };
  } catch (fault) {
    return { check: check.name, ...bad(fault instanceof Error && fault.message !== '' ? fault.message : String(fault)) };
  }
}
