import { parseArgs } from 'node:util';
import { ConfigError } from '../platform/config/index.js';
import { redactText } from '../platform/telemetry/redact.js';
import { CliFault, Exit, type CliContext, type Command, type CommandInput, type Outcome } from './command.js';

/** Where a command's words go. */
export interface Terminal {
  out(text: string): void;
  err(text: string): void;
}

/** Runs one command line and answers its exit code. With `--json` standard output carries exactly one JSON document. */
export async function run(commands: readonly Command[], args: readonly string[], context: () => CliContext, terminal: Terminal): Promise<Exit> {
  const json = args.includes('--json');
  const words = args.filter((argument) => argument !== '--json');
  if (words.length === 0 || words.includes('--help')) {
    terminal.out(help(commands));
    return words.length === 0 ? Exit.Usage : Exit.Done;
  }
  try {
    const outcome = await dispatch(commands, words, context);
    terminal.out(json ? JSON.stringify(outcome.json) : outcome.lines.join('\n'));
    return outcome.exit;
  } catch (fault) {
    return complain(fault, json, terminal);
  }
}

async function dispatch(commands: readonly Command[], words: readonly string[], context: () => CliContext): Promise<Outcome> {
  const command = commands.find(({ name }) => name.split(' ').every((word, index) => words[index] === word));
  if (command === undefined) {
    throw new CliFault(`There is no command ${words.slice(0, 2).join(' ')}; concordat --help lists them.`, Exit.Usage);
  }
  return command.run(context(), inputOf(command, words.slice(command.name.split(' ').length)));
}

function inputOf(command: Command, args: readonly string[]): CommandInput {
  const usage = `Usage: concordat ${command.name} ${command.usage}`.trimEnd();
  try {
    const often = command.repeatable ?? [];
    const options = Object.fromEntries([...command.options, ...often].map((name) => [name, { type: 'string' as const, multiple: often.includes(name) }]));
    const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true, strict: true });
    const [min, max] = command.positionals;
    if (positionals.length < min || positionals.length > max) throw new CliFault(usage, Exit.Usage);
    const given = Object.entries(values);
    return {
      positionals,
      options: Object.fromEntries(given.flatMap(([name, value]) => (typeof value === 'string' ? [[name, value]] : []))),
      lists: Object.fromEntries(given.flatMap(([name, value]) => (Array.isArray(value) ? [[name, value.map(String)]] : []))),
    };
  } catch (fault) {
    if (fault instanceof CliFault) throw fault;
    throw new CliFault(`${fault instanceof Error ? fault.message : String(fault)}. ${usage}`, Exit.Usage);
  }
}

function complain(fault: unknown, json: boolean, terminal: Terminal): Exit {
  const message = redactText(sentence(fault));
  const faults = fault instanceof ConfigError ? fault.faults : [];
  terminal.err(message);
  if (json) terminal.out(JSON.stringify({ error: message, faults }));
  return fault instanceof CliFault ? fault.exit : Exit.Failed;
}

function sentence(fault: unknown): string {
  if (!(fault instanceof Error)) return String(fault);
  if (fault instanceof CliFault || fault instanceof ConfigError) return fault.message;
  if ('code' in fault && fault.code === 'ECONNREFUSED') return 'The database does not answer; check that it runs and that its address is right.';
  return fault.message === '' ? fault.name : fault.message;
}

function help(commands: readonly Command[]): string {
  const rows = commands.map((command) => `  concordat ${`${command.name} ${command.usage}`.trimEnd()}\n      ${command.words}`);
  return ['Usage: concordat COMMAND [--json]', '', ...rows, '', 'Exit codes: 0 done, 1 refused, failed or found something, 2 wrong usage.'].join('\n');
}
