import { isUuid } from '../../../libs/kernel/index.js';
import { CliFault, Exit, type Command } from '../command.js';

/** `concordat person disable`: shuts a person out, now and until she is enabled again. */
export const personDisable: Command = {
  name: 'person disable',
  usage: 'PERSON-ID',
  words: 'Ends every session of a person within a second and refuses new ones.',
  options: [],
  positionals: [1, 1],
  async run(context, { positionals }) {
    const id = idOf(positionals[0] ?? '');
    const [{ withOperator }, { DisablePerson }] = await Promise.all([import('../operator.js'), import('../../identity/index.js')]);
    const disabled = await withOperator(context.ownerUrl(), ({ unit, ledger, context: act }) => new DisablePerson(unit, ledger).execute(act, id));
    if (disabled === undefined) throw new CliFault('There is no such person, or the person is disabled already.');
    const { displayName, sessionsEnded } = disabled;
    return { exit: Exit.Done, json: { id, displayName, sessionsEnded }, lines: [`${displayName} is shut out; ${sessionsEnded} sessions ended.`] };
  },
};

/** `concordat session end`: ends one session. */
export const sessionEnd: Command = {
  name: 'session end',
  usage: 'SESSION-ID',
  words: 'Ends one session within a second; the person may sign in again.',
  options: [],
  positionals: [1, 1],
  async run(context, { positionals }) {
    const id = idOf(positionals[0] ?? '');
    const [{ withOperator }, { EndSession }] = await Promise.all([import('../operator.js'), import('../../identity/index.js')]);
    const ended = await withOperator(context.ownerUrl(), ({ unit, ledger, context: act }) => new EndSession(unit, ledger).execute(act, id));
    if (!ended) throw new CliFault('There is no open session with this id.');
    return { exit: Exit.Done, json: { id, ended }, lines: ['The session is ended.'] };
  },
};

function idOf(text: string): string {
  if (!isUuid(text)) throw new CliFault(`${text} is no id; ids look like 7c9e6679-7425-40de-944b-e07fc1f90ae7.`, Exit.Usage);
  return text;
}
