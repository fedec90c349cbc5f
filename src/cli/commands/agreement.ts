import { CliFault, Exit, type Command } from '../command.js';
import { textOf } from '../text-of.js';

/** `concordat agreement import`: draws up an information sharing agreement from a file. */
export const agreementImport: Command = {
  name: 'agreement import',
  usage: 'FILE',
  words: 'Draws up an information sharing agreement from a JSON file. It is not edited afterwards, only ended.',
  options: [],
  positionals: [1, 1],
  async run(context, { positionals }) {
    const given = jsonOf(positionals[0] ?? '');
    const [{ withOperator }, { ImportAgreement }] = await Promise.all([import('../operator.js'), import('../../access/index.js')]);
    const imported = await withOperator(context.ownerUrl(), ({ unit, ledger, context: act }) => new ImportAgreement(unit, ledger).execute(act, given));
    if (!imported.ok) throw new CliFault(`The agreement was not imported. ${imported.error.join(' ')}`);
    const { id, reference, parties } = imported.value;
    return { exit: Exit.Done, json: { id, reference, parties }, lines: [`${reference} is live between ${parties.join(', ')}.`] };
  },
};

/** `concordat agreement end`: from this moment nothing is read under it. */
export const agreementEnd: Command = {
  name: 'agreement end',
  usage: 'REFERENCE',
  words: 'Ends an agreement: from this moment nobody reads anything under it.',
  options: [],
  positionals: [1, 1],
  async run(context, { positionals }) {
    const reference = positionals[0] ?? '';
    const [{ withOperator }, { EndAgreement }] = await Promise.all([import('../operator.js'), import('../../access/index.js')]);
    const ended = await withOperator(context.ownerUrl(), ({ unit, ledger, context: act }) => new EndAgreement(unit, ledger).execute(act, reference));
    if (!ended) throw new CliFault(`There is no agreement ${reference} that has not ended.`);
    return { exit: Exit.Done, json: { reference, ended }, lines: [`${reference} has ended.`] };
  },
};

function jsonOf(file: string): unknown {
  try {
    return JSON.parse(textOf(file));
  } catch (fault) {
    if (fault instanceof CliFault) throw fault;
    throw new CliFault(`The file ${file} is not JSON.`);
  }
}
