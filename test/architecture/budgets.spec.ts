import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';
import { BUDGETS } from './budgets.js';
import { measureFile, measureText, quantile, typescriptFiles, type MeasuredFile } from './measure.js';

const root = fileURLToPath(new URL('../../', import.meta.url));
const files = typescriptFiles(root).map((file) => measureFile(root, file));

/** Source text with one function of `lines` lines. */
const functionOf = (lines: number): string => `export function f() {\n${'  g();\n'.repeat(lines - 2)}}\n`;
const linesOf = (count: number): string => 'g();\n'.repeat(count);
const many = (count: number, file: string, text: string): MeasuredFile[] =>
  Array.from({ length: count }, (_, index) => measureText(`${file}-${index}.ts`, text));

/** For each budget, sources that break it and nothing else matters about. */
const SEEDED_FAULTS: Readonly<Record<string, readonly MeasuredFile[]>> = {
  'no file is longer than 400 lines': [measureText('src/a/long.ts', linesOf(401))],
  'half of all files are at most 100 lines, 95 % at most 250': [...many(3, 'src/a/middling', linesOf(101)), ...many(1, 'src/a/long', linesOf(251))],
  'no function is longer than 60 lines': [measureText('src/a/one.ts', functionOf(61))],
  'half of all functions are at most 10 lines, 95 % at most 40': [...many(3, 'src/a/middling', functionOf(11)), ...many(1, 'src/a/long', functionOf(41))],
  'no resolver method is longer than 15 lines': [measureText('src/a/api/a.resolver.ts', functionOf(16))],
  'no constructor takes more than 6 dependencies': [measureText('src/a/one.ts', 'class A { constructor(a: A, b: A, c: A, d: A, e: A, f: A, g: A) {} }')],
  'no index.ts exports more than 20 names': [measureText('src/a/index.ts', Array.from({ length: 21 }, (_, i) => `export { a${i} } from './a.js';\n`).join(''))],
  'nothing is called utils, helpers, common, shared or base': [measureText('src/utils/text.ts', '')],
  'files are named in kebab-case': [measureText('src/a/badName.ts', '')],
  'no check is switched off without a reason on its line': [measureText('src/a/one.ts', 'f(); // eslint' + '-disable-line no-empty\n')],
  'tests are at least 0.7 times as long as the product they test': [measureText('src/a/one.ts', linesOf(10)), measureText('test/api/one.spec.ts', linesOf(6))],
};

describe('budgets', () => {
  it.each(BUDGETS.map((budget) => [budget.name, budget] as const))('%s', (_, budget) => {
    expect(budget.breaches(files)).toEqual([]);
  });

  it.each(BUDGETS.map((budget) => [budget.name, budget] as const))('a seeded fault breaks: %s', (name, budget) => {
    expect(budget.breaches(SEEDED_FAULTS[name] ?? [])).not.toEqual([]);
  });

  it('sees the whole product', () => {
    expect(files.length).toBeGreaterThan(50);
    expect(files.map(({ file }) => file)).toEqual(expect.arrayContaining(['src/main.ts', 'libs/kernel/result.ts', 'scripts/start.ts']));
  });
});

describe('measuring', () => {
  it.each(['utils', 'helpers', 'common', 'shared', 'base'])('finds the name %s in a folder, a file and a suffix', (name) => {
    const budget = BUDGETS.find((one) => one.name.startsWith('nothing is called'));
    for (const file of [`src/${name}/a.ts`, `src/a/${name}.ts`, `src/a/mail-${name}.ts`, `src/a/mail.${name}.ts`]) {
      expect(budget?.breaches([measureText(file, '')])).toHaveLength(1);
    }
    expect(budget?.breaches([measureText('src/a/database.ts', '')])).toEqual([]);
  });

  it('counts exported names, not types, and knows no bound for a star', () => {
    const text = `export { a, type B } from './a.js';\nexport type { C } from './c.js';\nexport const d = 1;\nexport interface E { f: 1 }\n`;
    expect(measureText('x/index.ts', text).exports).toHaveLength(2);
    expect(measureText('x/index.ts', `export * from './a.js';`).exports.length).toBeGreaterThan(20);
  });

  it('accepts a silenced check with its reason, and never a nameless ts-ignore', () => {
    const silence = (comment: string): readonly string[] => measureText('a.ts', `f(); // ${comment}\n`).silencers;
    expect(silence('eslint' + '-disable-line no-empty -- the driver wants a listener')).toEqual([]);
    expect(silence('@ts' + '-expect-error: the types of the package are wrong')).toEqual([]);
    expect(silence('eslint' + '-disable-line no-empty')).toHaveLength(1);
    expect(silence('@ts' + '-ignore: because of this')).toHaveLength(1);
  });

  it('takes quantiles as the share of values below', () => {
    expect(quantile([], 0.5)).toBe(0);
    expect(quantile([3, 1, 2], 0.5)).toBe(2);
    expect(quantile(Array.from({ length: 100 }, (_, i) => i), 0.95)).toBe(95);
  });
});
