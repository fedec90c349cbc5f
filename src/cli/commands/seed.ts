import { AGENCIES, PEOPLE } from '../../demonstration/borough.js';
import { CliFault, Exit, type Command } from '../command.js';

/** `concordat seed`: the demonstration borough, for demo mode only. Safe to repeat. */
export const seed: Command = {
  name: 'seed',
  usage: '',
  words: 'Puts the demonstration borough (agencies, identity providers, agreement, duty posts) into the database. Refused in production.',
  options: [],
  positionals: [0, 0],
  async run(context) {
    const { mode, port } = context.config();
    if (mode === 'production') throw new CliFault('The demonstration borough has people everybody can sign in as: production refuses it.');
    const [{ withOperator }, { seedBorough }] = await Promise.all([import('../operator.js'), import('../../demonstration/seed.js')]);
    await withOperator(context.ownerUrl(), (operator) => seedBorough(operator, port));
    return {
      exit: Exit.Done,
      json: { agencies: AGENCIES.map(({ code }) => code), people: PEOPLE.map(({ userName }) => userName) },
      lines: [`The demonstration borough is there: ${AGENCIES.length} agencies, ${PEOPLE.length} people.`],
    };
  },
};
