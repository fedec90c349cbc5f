import { ImportAgreement } from '../access/index.js';
import type { Operator } from '../cli/operator.js';
import { AGREEMENT } from './borough.js';

/** Draws up the borough's agreement, when it is not there yet. */
export async function seedAgreement({ unit, ledger, context }: Operator): Promise<void> {
  const known = await unit.run(context, (work) => work.sql('SELECT 1 FROM agreement WHERE reference = $1', [AGREEMENT.reference]));
  if (known.length > 0) return;
  const drawnUp = await new ImportAgreement(unit, ledger).execute(context, AGREEMENT);
  if (!drawnUp.ok) throw new Error(`The borough's agreement is not one: ${drawnUp.error.join(' ')}`);
}
