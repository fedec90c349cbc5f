import { parsePolicy } from '../../../libs/witness/index.js';
import { ask } from './ask.js';
import { bad, good, warning, type Check } from './check.js';

interface StateRow {
  readonly witness: string;
  readonly message: string;
  readonly failing: boolean;
}

/** Whether those who vouch for the ledger do. */
export const witnessChecks: readonly Check[] = [
  {
    name: 'witnesses',
    async look({ config: { witnesses, database } }) {
      const policy = witnesses.policy === undefined ? undefined : parsePolicy(witnesses.policy);
      if (policy?.ok !== true) return warning('The ledger has none: nobody outside vouches that it was not rewritten. Set LEDGER_WITNESS_POLICY.');
      const states = await ask<StateRow>(database.workerUrl, 'SELECT witness, message, failing_since IS NOT NULL AS failing FROM ledger_witness_state');
      const [found] = await ask<{ conflicts: string }>(database.workerUrl, 'SELECT count(*) AS conflicts FROM ledger_witness_conflict');
      if (Number(found?.conflicts) > 0) return bad(`${found?.conflicts ?? ''} checkpoints that witnesses hold contradict the ledger. Change nothing, and let an auditor look at the ledger page.`);
      const away = policy.value.listed.flatMap(({ key, keyText }) => {
        const state = states.find(({ witness }) => witness === keyText);
        return state?.failing === false ? [] : [`${key.name}: ${state?.message ?? 'not asked yet'}.`];
      });
      return away.length === 0 ? good(`All ${policy.value.listed.length} cosign.`) : warning(`Not all cosign. ${away.join(' ')}`);
    },
  },
];
