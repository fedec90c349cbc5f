import { CliFault, Exit, type Command, type Outcome } from '../command.js';
import type { Migrator } from '../migrator.js';

/** `concordat migrate up|down|status`: moves the schema, or says where it stands. */
export const migrate: Command = {
  name: 'migrate',
  usage: 'up|down|status',
  words: 'Applies the missing migrations, takes back the last one, or lists them. Connects with DATABASE_URL.',
  options: [],
  positionals: [1, 1],
  async run(context, { positionals: [direction] }) {
    const act = ACTS[direction ?? ''];
    if (act === undefined) throw new CliFault('Usage: concordat migrate up|down|status', Exit.Usage);
    const { withMigrator } = await import('../migrator.js');
    return withMigrator(context.ownerUrl(), act);
  },
};

const ACTS: Readonly<Record<string, (migrator: Migrator) => Promise<Outcome>>> = {
  async up(migrator) {
    const applied = await migrator.up();
    const lines = applied.length === 0 ? ['Nothing to apply: the schema is up to date.'] : applied.map((name) => `Applied ${name}.`);
    return { exit: Exit.Done, json: { applied }, lines };
  },
  async down(migrator) {
    const name = await migrator.down();
    return { exit: Exit.Done, json: { takenBack: name ?? null }, lines: [name === undefined ? 'There is no migration to take back.' : `Took back ${name}.`] };
  },
  async status(migrator) {
    const states = await migrator.status();
    const missing = states.filter((state) => !state.applied).length;
    return {
      exit: missing === 0 ? Exit.Done : Exit.Failed,
      json: { migrations: states.map(({ name, applied }) => ({ name, applied })), missing },
      lines: [...states.map((state) => `${state.applied ? 'applied' : 'missing'}  ${state.name}`), `${missing} missing.`],
    };
  },
};
