import type { ImportAgencyInput } from '../../identity/index.js';
import { CliFault, Exit, required, type Command } from '../command.js';

const KINDS: readonly string[] = ['council', 'police', 'fire', 'health', 'audit', 'other'];

/** `concordat agency import`: makes an agency known, or renames it. */
export const agencyImport: Command = {
  name: 'agency import',
  usage: '--code CODE --name NAME --kind council|police|fire|health|audit|other',
  words: 'Makes an agency known, or renames the one with this code. Its people can sign in once its identity provider is imported.',
  options: ['code', 'name', 'kind'],
  positionals: [0, 0],
  async run(context, input) {
    const [code, name, kind] = [required(input, 'code'), required(input, 'name'), kindOf(required(input, 'kind'))];
    const [{ withOperator }, { ImportAgency }] = await Promise.all([import('../operator.js'), import('../../identity/index.js')]);
    const id = await withOperator(context.ownerUrl(), ({ unit, ledger, context: act }) => new ImportAgency(unit, ledger).execute(act, { code, name, kind }));
    return { exit: Exit.Done, json: { id, code, name, kind }, lines: [`${name} is known as ${code}.`] };
  },
};

function kindOf(text: string): ImportAgencyInput['kind'] {
  if (!KINDS.includes(text)) throw new CliFault(`There is no kind ${text}; use one of ${KINDS.join(', ')}.`, Exit.Usage);
  return text as ImportAgencyInput['kind'];
}
