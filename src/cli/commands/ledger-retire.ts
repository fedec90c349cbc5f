import { CliFault, Exit, required, type Command } from '../command.js';

const LONGEST = 500;

/** `concordat ledger retire`: takes whole months out of the ledger that are older than entries are kept. */
export const ledgerRetire: Command = {
  name: 'ledger retire',
  usage: '--before YYYY-MM --reason TEXT --by NAME [--hold REFERENCE]...',
  words: 'Drops the entries of every month before one, for good, as LEDGER_KEEP_MONTHS allows; not those of investigations that are open, worked on since, or held. Leaves stay, and an entry that says what went, on whose decision and why.',
  options: ['before', 'reason', 'by'],
  repeatable: ['hold'],
  positionals: [0, 0],
  async run(context, input) {
    const before = required(input, 'before');
    if (!/^\d{4}-(0[1-9]|1[0-2])$/.test(before)) throw new CliFault(`--before: ${before} is no month; months look like 2020-01.`, Exit.Usage);
    const [reason, decidedBy] = [wordsOf(required(input, 'reason'), 'reason'), wordsOf(required(input, 'by'), 'by')];
    const { keepMonths } = context.config().ledger;
    if (keepMonths === undefined) throw new CliFault('Nothing was retired. Entries are kept for ever: set LEDGER_KEEP_MONTHS to how many months they are kept.');
    const order = { before, keepMonths, hold: input.lists['hold'] ?? [], reason, decidedBy };
    const [{ withOperator }, { RetireMonths }] = await Promise.all([import('../operator.js'), import('../../ledger/index.js')]);
    const retired = await withOperator(context.ownerUrl(), ({ unit, ledger, context: act }) => new RetireMonths(unit, ledger).execute(act, order));
    if (!retired.ok) throw new CliFault(`Nothing was retired. ${retired.error}`);
    const lines = retired.value.map(({ month, entries, kept }) => `${month}: ${entries} entries are dropped, ${kept} are held.`);
    return { exit: Exit.Done, json: { before, months: retired.value.map((month) => ({ ...month })) }, lines: [...lines, 'Their leaves and the record of this stay.'] };
  },
};

function wordsOf(text: string, option: string): string {
  const words = text.trim();
  if (words === '' || words.length > LONGEST) throw new CliFault(`Give --${option} in 1 to ${LONGEST} characters: it is what is left of the entries.`, Exit.Usage);
  return words;
}
