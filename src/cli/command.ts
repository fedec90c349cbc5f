import type { Config } from '../platform/config/index.js';
import type { Json } from '../../libs/kernel/index.js';

/** Exit codes of `concordat`. Scripts rely on them: they never change meaning. */
export const Exit = {
  /** Done; for a check, everything is whole. */
  Done: 0,
  /** Refused, failed, or a check that found something. */
  Failed: 1,
  /** The command line itself was wrong; nothing was tried. */
  Usage: 2,
} as const;
export type Exit = (typeof Exit)[keyof typeof Exit];

/** What a command did: the same facts as one JSON document and as lines for a person. */
export interface Outcome {
  readonly exit: Exit;
  readonly json: Json;
  readonly lines: readonly string[];
}

/** Where a command runs. */
export interface CliContext {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** @throws ConfigError with every fault. */
  readonly config: () => Config;
  /** Whether the environment says production; nothing else of the configuration is asked for that a command may lack. */
  readonly isProduction: () => boolean;
  /** Address of the database as its owner. @throws CliFault when nobody said which. */
  readonly ownerUrl: () => string;
}

/** One command: its words on the line, its options, and what it does. */
export interface Command {
  /** For example `agency import`. */
  readonly name: string;
  /** Positional arguments and options, as printed in the help. */
  readonly usage: string;
  readonly words: string;
  /** Names of options that take a value, without the dashes. */
  readonly options: readonly string[];
  /** Names of options that take a value and may be given more than once. */
  readonly repeatable?: readonly string[];
  /** How many positional arguments it takes. */
  readonly positionals: readonly [min: number, max: number];
  run(context: CliContext, input: CommandInput): Promise<Outcome>;
}

export interface CommandInput {
  readonly positionals: readonly string[];
  readonly options: Readonly<Record<string, string | undefined>>;
  /** Every value of each repeatable option that was given, in order. */
  readonly lists: Readonly<Record<string, readonly string[] | undefined>>;
}

/** Something the person at the keyboard can put right; shown as one sentence. */
export class CliFault extends Error {
  override readonly name = 'CliFault';

  constructor(
    message: string,
    readonly exit: Exit = Exit.Failed,
  ) {
    super(message);
  }
}

/** The option called `name`, which this command cannot do without. */
export function required(input: CommandInput, name: string): string {
  const value = input.options[name];
  if (value === undefined) throw new CliFault(`Say which with --${name}.`, Exit.Usage);
  return value;
}
