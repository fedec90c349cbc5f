import { appendFileSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { ExportSink } from '../../ledger/index.js';
import { CliFault, Exit, required, type Command } from '../command.js';
import { readingLedger } from '../ledger-reading.js';

/** `concordat ledger export`: the signed ledger as files that anybody checks with `concordat-verify --tiles`. */
export const ledgerExport: Command = {
  name: 'ledger export',
  usage: '--to FOLDER [--entries on]',
  words: 'Writes checkpoint and tiles of the signed ledger into a new folder, with --entries on every entry as well. What leaves is recorded.',
  options: ['to', 'entries'],
  positionals: [0, 0],
  async run(context, input) {
    const folder = required(input, 'to');
    const withEntries = input.options['entries'] === 'on';
    if (input.options['entries'] !== undefined && !withEntries) throw new CliFault('--entries is on, or is left out.', Exit.Usage);
    const sink = sinkIn(folder);
    const [{ exportWhole, exportedState, steadily }, { withOperator }] = await Promise.all([import('../../ledger/index.js'), import('../operator.js')]);
    return readingLedger(context, ({ connection }) =>
      steadily(connection, async () => {
        const state = await exportedState(connection);
        if (state === undefined) throw new CliFault('There is nothing signed yet. Try again when the worker has run.');
        const { size } = state;
        // Durable before the first byte is written.
        await withOperator(context.ownerUrl(), ({ unit, ledger, context: act }) =>
          unit.run(act, (work) =>
            ledger.append(work, { verb: 'ledger.export', outcome: 'done', policy: 'operator', details: { file: withEntries ? 'ledger' : 'tree', size, count: withEntries ? size : 0 } })),
        );
        const gone = await exportWhole(connection, state, withEntries, sink);
        if (gone !== undefined) throw new CliFault(`The body of entry ${gone} is gone: entries were written up to it. concordat ledger check says what else is wrong.`);
        return { exit: Exit.Done, json: { folder, size, entries: withEntries }, lines: [`The ledger of ${size} entries is in ${folder}.`] };
      }),
    );
  },
};

/** Files are made readable to nobody else: entries name people. */
function sinkIn(folder: string): ExportSink {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  if (readdirSync(folder).length > 0) throw new CliFault(`${folder} is not empty. Name a new folder.`, Exit.Usage);
  return {
    file(path, octets) {
      const file = join(folder, path);
      mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
      writeFileSync(file, octets, { mode: 0o600, flag: 'wx' });
      return Promise.resolve();
    },
    entries(text) {
      appendFileSync(join(folder, 'entries'), text, { mode: 0o600 });
      return Promise.resolve();
    },
  };
}
