import { isUuid } from '../../../libs/kernel/index.js';
import { CliFault, Exit, required, type Command } from '../command.js';

const LONGEST = 500;

/** `concordat ledger erase`: takes one entry out of the ledger, so that the tree still verifies. */
export const ledgerErase: Command = {
  name: 'ledger erase',
  usage: 'ENTRY-ID --reason TEXT --by NAME',
  words: 'Erases one entry for good. Its leaf stays, and an entry that says what went, when, on whose decision and why.',
  options: ['reason', 'by'],
  positionals: [1, 1],
  async run(context, input) {
    const entryId = (input.positionals[0] ?? '').toLowerCase();
    if (!isUuid(entryId)) throw new CliFault(`${entryId} is no id; ids look like 7c9e6679-7425-40de-944b-e07fc1f90ae7.`, Exit.Usage);
    const [reason, decidedBy] = [wordsOf(required(input, 'reason'), 'reason'), wordsOf(required(input, 'by'), 'by')];
    const [{ withOperator }, { EraseEntry }] = await Promise.all([import('../operator.js'), import('../../ledger/index.js')]);
    const erased = await withOperator(context.ownerUrl(), ({ unit, ledger, context: act }) => new EraseEntry(unit, ledger).execute(act, { entryId, reason, decidedBy }));
    if (!erased.ok) throw new CliFault(`Nothing was erased. ${erased.error}`);
    const { index, verb, at } = erased.value;
    return { exit: Exit.Done, json: { entryId, ...erased.value }, lines: [`Entry ${index} (${verb}, ${at}) is erased; its leaf and the record of the erasure stay.`] };
  },
};

function wordsOf(text: string, option: string): string {
  const words = text.trim();
  if (words === '' || words.length > LONGEST) throw new CliFault(`Give --${option} in 1 to ${LONGEST} characters: it is what is left of the entry.`, Exit.Usage);
  return words;
}
