import { Exit, required, type Command } from '../command.js';
import { progressBar } from '../progress-bar.js';

/** `concordat leak-check`: looks, in a copy of the database, for a way by which somebody meets what the policy keeps from her. */
export const leakCheck: Command = {
  name: 'leak-check',
  usage: '--copy DATABASE-NAME [--agency CODE ...] [--role ROLE ...]',
  words: 'Plants marked words in a copy of the database, looks at every page, query, file, stream and mail as each agency and role, and prints who met what; exit 1 names each leak. The copy is written into: never the database people work with.',
  options: ['copy'],
  repeatable: ['agency', 'role'],
  positionals: [0, 0],
  async run(context, input) {
    const [{ checkForLeaks }, { isTight, jsonOf, matrixOf }] = await Promise.all([import('../leak-check/check-leaks.js'), import('../leak-check/report.js')]);
    const bar = progressBar(process.stderr);
    try {
      const report = await checkForLeaks(context, { copy: required(input, 'copy'), agencies: input.lists['agency'], roles: input.lists['role'], progress: (done, of) => bar.at(done, of) });
      return { exit: isTight(report) ? Exit.Done : Exit.Failed, json: jsonOf(report), lines: matrixOf(report) };
    } finally {
      bar.end();
    }
  },
};
