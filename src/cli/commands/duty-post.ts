import { CliFault, Exit, required, type Command } from '../command.js';

/** `concordat duty-post open`: where an agency is told of breaches. */
export const dutyPostOpen: Command = {
  name: 'duty-post open',
  usage: '--agency CODE --name NAME --email ADDRESS',
  words: 'Opens a duty post, where an agency is told of breaches, or gives the one of this name another address.',
  options: ['agency', 'name', 'email'],
  positionals: [0, 0],
  async run(context, input) {
    const wanted = { agencyCode: required(input, 'agency'), name: required(input, 'name'), email: required(input, 'email') };
    const [{ withOperator }, { OpenDutyPost }] = await Promise.all([import('../operator.js'), import('../../notifications/index.js')]);
    const opened = await withOperator(context.ownerUrl(), ({ unit, ledger, context: act }) => new OpenDutyPost(unit, ledger).execute(act, wanted));
    if (!opened.ok) throw new CliFault(opened.error);
    return { exit: Exit.Done, json: { id: opened.value, ...wanted }, lines: [`${wanted.name} is told of breaches at ${wanted.email}.`] };
  },
};

/** `concordat duty-post close`: nobody is told there any more. */
export const dutyPostClose: Command = {
  name: 'duty-post close',
  usage: '--agency CODE --name NAME',
  words: 'Closes a duty post: nobody is told of breaches there any more.',
  options: ['agency', 'name'],
  positionals: [0, 0],
  async run(context, input) {
    const [agency, name] = [required(input, 'agency'), required(input, 'name')];
    const [{ withOperator }, { CloseDutyPost }] = await Promise.all([import('../operator.js'), import('../../notifications/index.js')]);
    const closed = await withOperator(context.ownerUrl(), ({ unit, ledger, context: act }) => new CloseDutyPost(unit, ledger).execute(act, agency, name));
    if (!closed) throw new CliFault(`${agency} has no open duty post called ${name}.`);
    return { exit: Exit.Done, json: { agency, name, closed }, lines: [`${name} is closed.`] };
  },
};
