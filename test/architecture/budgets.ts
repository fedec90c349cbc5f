import { basename } from 'node:path';
import { isTest, quantile, type MeasuredFile, type MeasuredFunction } from './measure.js';

/** A budget: what it says, and the sentences that break it, each naming a place and what to do. */
export interface Budget {
  readonly name: string;
  readonly breaches: (files: readonly MeasuredFile[]) => readonly string[];
}

const product = (files: readonly MeasuredFile[]): readonly MeasuredFile[] =>
  files.filter(({ file }) => !isTest(file) && !file.startsWith('migrations/'));

/** What people write and the product runs: not what is generated from the schema, not what only builds or measures it. */
const isWritten = (file: string): boolean => /^(src|libs)\//.test(file) && !file.startsWith('src/portal/documents/');

/** Lines of tests per line of what people write and the product runs: docs/adr/0011. Raised when the suite has outgrown it. */
const LEAST_TESTS = 0.7;

const at = ({ file, line, name }: MeasuredFunction): string => `${file}:${line} ${name}`;

const FORBIDDEN_NAMES = /(^|[./-])(utils?|helpers?|common|shared|base)([./-]|$)/;
const KEBAB = /^[a-z0-9]+(-[a-z0-9]+)*(\.[a-z0-9]+(-[a-z0-9]+)*)*\.ts$/;

/** The budgets of docs/ARCHITECTURE.md. A file or function over its limit is split, not excused. */
export const BUDGETS: readonly Budget[] = [
  {
    name: 'no file is longer than 400 lines',
    breaches: (files) => files.filter(({ lines }) => lines > 400).map(({ file, lines }) => `${file} has ${lines} lines; split it by what changes together`),
  },
  {
    name: 'half of all files are at most 100 lines, 95 % at most 250',
    breaches: (files) => spread('files', product(files).map(({ lines }) => lines), 100, 250),
  },
  {
    name: 'no function is longer than 60 lines',
    breaches: (files) =>
      product(files).flatMap(({ functions }) => functions.filter(({ lines }) => lines > 60).map((one) => `${at(one)} has ${one.lines} lines; give its steps names`)),
  },
  {
    name: 'half of all functions are at most 10 lines, 95 % at most 40',
    breaches: (files) => spread('functions', product(files).flatMap(({ functions }) => functions.map(({ lines }) => lines)), 10, 40),
  },
  {
    name: 'no resolver method is longer than 15 lines',
    breaches: (files) =>
      files
        .filter(({ file }) => file.endsWith('.resolver.ts'))
        .flatMap(({ functions }) => functions.filter(({ lines }) => lines > 15).map((one) => `${at(one)} has ${one.lines} lines; parse, call one command or query, present`)),
  },
  {
    name: 'no constructor takes more than 6 dependencies',
    breaches: (files) =>
      product(files).flatMap(({ constructors }) => constructors.filter(({ lines }) => lines > 6).map((one) => `${at(one)} takes ${one.lines}; the class does too much`)),
  },
  {
    name: 'no index.ts exports more than 20 names',
    breaches: (files) =>
      files.filter(({ file, exports }) => basename(file) === 'index.ts' && exports.length > 20).map(({ file, exports }) => `${file} exports ${exports.length} names; a front door shows what others need`),
  },
  {
    name: 'nothing is called utils, helpers, common, shared or base',
    breaches: (files) => files.filter(({ file }) => FORBIDDEN_NAMES.test(file)).map(({ file }) => `${file}: name it after what it does`),
  },
  {
    name: 'files are named in kebab-case',
    breaches: (files) => files.filter(({ file }) => !KEBAB.test(basename(file))).map(({ file }) => `${file}: use lower case and hyphens`),
  },
  {
    name: 'no check is switched off without a reason on its line',
    breaches: (files) => files.flatMap(({ file, silencers }) => silencers.map((silencer) => `${file} ${silencer}; say why after -- or mend it`)),
  },
  {
    name: 'tests are at least 0.7 times as long as the product they test',
    breaches(files) {
      const sum = (some: readonly MeasuredFile[]): number => some.reduce((total, { lines }) => total + lines, 0);
      const tests = sum(files.filter(({ file }) => isTest(file)));
      const sources = sum(product(files).filter(({ file }) => isWritten(file)));
      const least = Math.ceil(sources * LEAST_TESTS);
      return tests >= least ? [] : [`${tests} lines of tests for ${sources} lines of source; ${least - tests} are missing`];
    },
  },
];

function spread(what: string, lengths: readonly number[], median: number, p95: number): readonly string[] {
  const [half, most] = [quantile(lengths, 0.5), quantile(lengths, 0.95)];
  return [
    ...(half > median ? [`the median of ${what} is ${half} lines, over ${median}`] : []),
    ...(most > p95 ? [`95 % of ${what} are up to ${most} lines, over ${p95}`] : []),
  ];
}
