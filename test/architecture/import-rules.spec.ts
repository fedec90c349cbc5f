import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from '@jest/globals';

const root = fileURLToPath(new URL('../../', import.meta.url));
const configFile = join(root, '.dependency-cruiser.cjs');
const { forbidden } = createRequire(import.meta.url)(configFile) as { forbidden: readonly { name: string; comment: string }[] };

/** One import that breaks each rule: rule, importing file, imported module. */
const SEEDED_FAULTS: readonly (readonly [rule: string, file: string, to: string])[] = [
  ['no-circle', 'libs/risk/one.ts', './two.js'],
  ['libs-stand-alone', 'libs/risk/product.ts', '../../src/platform/index.js'],
  ['libs-are-pure', 'libs/risk/files.ts', 'node:fs'],
  ['libs-are-pure', 'libs/risk/nest.ts', '@nestjs/common'],
  ['one-openpgp', 'src/evidence/seal.ts', 'openpgp'],
  ['front-door', 'src/evidence/peek.ts', '../workspaces/store/rows.js'],
  ['libs-front-door', 'libs/custody/peek.ts', '../risk/two.js'],
  ['order-platform', 'src/platform/up.ts', '../ledger/index.js'],
  ['order-ledger', 'src/ledger/up.ts', '../identity/index.js'],
  ['order-identity', 'src/identity/up.ts', '../access/index.js'],
  ['order-access', 'src/access/up.ts', '../workspaces/index.js'],
  ['order-workspaces', 'src/workspaces/up.ts', '../evidence/index.js'],
  ['order-licensing', 'src/licensing/up.ts', '../workspaces/index.js'],
  ['order-returns', 'src/returns/up.ts', '../licensing/index.js'],
  ['order-evidence', 'src/evidence/up.ts', '../notifications/index.js'],
  ['order-notifications', 'src/notifications/up.ts', '../workspaces/index.js'],
  ['order-exchange', 'src/exchange/up.ts', '../evidence/index.js'],
  ['order-insight', 'src/insight/up.ts', '../workspaces/index.js'],
  ['order-portal', 'src/portal/up.ts', '../workspaces/index.js'],
  ['witness-stands-alone', 'src/witness/server.ts', '../platform/index.js'],
  ['witness-stands-alone', 'src/witness/indirect.ts', '../../libs/risk/nest.js'],
  ['verifier-stands-alone', 'libs/verifier/server.ts', '../../src/platform/index.js'],
  ['verifier-stands-alone', 'libs/verifier/indirect.ts', '../risk/nest.js'],
  ['verifier-stands-alone', 'libs/verifier/online.ts', 'node:https'],
  ['commands-load-what-they-run', 'src/cli/commands/heavy.ts', '../../identity/index.js'],
  ['nobody-imports-composition', 'src/workspaces/composed.ts', '../app.module.js'],
  ['sandbox-is-a-stranger', 'src/identity/sandboxed.ts', '../../sandbox/idp/index.js'],
  ['product-knows-no-test', 'scripts/tested.ts', '../test/builders/world.js'],
  ['domain-is-pure', 'src/workspaces/domain/rules.ts', '../store/rows.js'],
  ['api-does-not-touch-rows', 'src/workspaces/api/a.resolver.ts', '../store/rows.js'],
  ['declared-dependencies-only', 'src/workspaces/undeclared.ts', 'fast-check'],
  ['resolvable', 'src/workspaces/lost.ts', './absent.js'],
];

/** What the faults above import, harmless by itself. */
const TARGETS = [
  'libs/risk/two.ts', 'src/platform/index.ts', 'src/workspaces/store/rows.ts', 'src/app.module.ts', 'sandbox/idp/index.ts', 'test/builders/world.ts',
  ...['ledger', 'identity', 'access', 'workspaces', 'evidence', 'licensing', 'notifications'].map((context) => `src/${context}/index.ts`),
];

const folder = mkdtempSync(join(tmpdir(), 'concordat-imports-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function write(file: string, text: string): void {
  mkdirSync(dirname(join(folder, file)), { recursive: true });
  writeFileSync(join(folder, file), text);
}

interface Violation {
  readonly from: string;
  readonly rule: { readonly name: string };
}

function violationsOfSeededTree(): readonly Violation[] {
  for (const target of TARGETS) write(target, 'export const a = 1;\n');
  for (const [, file, to] of SEEDED_FAULTS) write(file, `import * as a from '${to}';\nexport const b = a;\n`);
  write('libs/risk/two.ts', `import * as a from './one.js';\nexport const b = a;\n`);
  write('package.json', JSON.stringify({ type: 'module', dependencies: { openpgp: '6', '@nestjs/common': '12' }, devDependencies: { 'fast-check': '4' } }));
  write('tsconfig.json', '{}');
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
  const program = join(root, 'node_modules', 'dependency-cruiser', 'bin', 'dependency-cruise.mjs');
  const run = spawnSync(process.execPath, [program, '--config', configFile, '--output-type', 'json', 'src', 'libs', 'sandbox', 'scripts', 'test'], {
    cwd: folder,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  });
  return (JSON.parse(run.stdout) as { summary: { violations: readonly Violation[] } }).summary.violations;
}

describe('import rules', () => {
  const violations = violationsOfSeededTree();

  it.each(SEEDED_FAULTS)('%s is broken by %s importing %s', (rule, file) => {
    expect(violations.filter(({ from }) => from === file).map((violation) => violation.rule.name)).toContain(rule);
  });

  it('has a seeded fault for every rule', () => {
    expect([...new Set(SEEDED_FAULTS.map(([rule]) => rule))].sort()).toEqual(forbidden.map(({ name }) => name).sort());
  });

  it('finds nothing in what the faults import', () => {
    const innocent = TARGETS.filter((target) => target !== 'libs/risk/two.ts');
    expect(violations.filter(({ from }) => innocent.includes(from))).toEqual([]);
  });

  it.each(forbidden.map(({ name, comment }) => [name, comment] as const))('%s says what to do instead', (_, comment) => {
    expect(comment).toMatch(/\. [A-Z].*\.$/);
  });
});
