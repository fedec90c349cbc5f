// Who may import whom: docs/ARCHITECTURE.md section "The house" as rules. Each comment says what to do instead.
// There is no baseline and no list of known violations: the first one fails `npm run check`.

const CONTEXTS = ['ledger', 'identity', 'access', 'workspaces', 'evidence', 'licensing', 'returns', 'notifications', 'exchange', 'insight'];

/** For each part of src/, the parts it may import. Everything else of src/ is out of bounds. */
const MAY_IMPORT = {
  platform: [],
  ledger: ['platform'],
  identity: ['platform', 'ledger'],
  access: ['platform', 'ledger', 'identity'],
  workspaces: ['platform', 'ledger', 'identity', 'access'],
  licensing: ['platform', 'ledger', 'identity', 'access'],
  returns: ['platform', 'ledger', 'identity', 'access'],
  evidence: ['platform', 'ledger', 'identity', 'access', 'workspaces'],
  notifications: ['platform', 'ledger', 'access'],
  exchange: ['platform', 'ledger', 'access'],
  insight: ['platform', 'ledger', 'access'],
  portal: ['platform'],
};

/** Programs other organisations run by themselves; nothing of src/ but the command line may import them, nor they anything of src/. */
const STANDS_ALONE = ['witness'];

const order = Object.entries(MAY_IMPORT).map(([part, allowed]) => ({
  name: `order-${part}`,
  severity: 'error',
  comment: `src/${part} may import ${['libs', ...allowed].join(', ')} only. Take the facts as an argument, or let the other part listen to an event.`,
  from: { path: `^src/${part}/`, pathNot: '\\.spec\\.ts$' },
  to: { path: '^src/', pathNot: `^src/(${[part, ...allowed].join('|')})/` },
}));

module.exports = {
  forbidden: [
    {
      name: 'no-circle',
      severity: 'error',
      comment: 'These files import each other in a circle. Move what both need into a third file, or pass it as an argument.',
      from: {},
      to: { circular: true },
    },
    {
      name: 'libs-stand-alone',
      severity: 'error',
      comment: 'libs/ is published on its own and must run anywhere. Put what knows this product into src/, or pass it in as an argument.',
      from: { path: '^libs/' },
      to: { path: '^(src|sandbox|scripts|migrations|test|bench)/', pathNot: '^test/vectors/' },
    },
    {
      name: 'libs-are-pure',
      severity: 'error',
      comment: 'libs/ has no framework, database, queue, file system, network or environment. Define a small port (an interface) and let src/ implement it.',
      from: { path: '^libs/', pathNot: ['\\.spec\\.ts$', '^libs/verifier/bin\\.ts$'] },
      to: {
        path: ['^(node:)?(fs|fs/promises|net|http|https|http2|tls|dns|child_process|worker_threads|cluster|os|process)$', 'node_modules/(@nestjs|typeorm|pg|bullmq|ioredis|fastify|mercurius|pino|nunjucks|nodemailer)/'],
      },
    },
    {
      name: 'one-openpgp',
      severity: 'error',
      comment: 'Only libs/envelope knows OpenPGP. Call what it exports; if something is missing there, add it there.',
      from: { pathNot: ['^libs/envelope/', '^(test|bench)/', '\\.spec\\.ts$'] },
      to: { path: 'node_modules/openpgp/' },
    },
    {
      name: 'front-door',
      severity: 'error',
      comment: 'Of another context only its index.ts may be imported. Export what is needed there, or ask whether it belongs to you.',
      from: { path: `^src/(${[...CONTEXTS, 'portal', 'cli', 'demonstration'].join('|')})/` },
      to: { path: `^src/(${[...CONTEXTS, ...STANDS_ALONE, 'portal'].join('|')})/`, pathNot: ['^src/$1/', '^src/[^/]+/index\\.ts$'] },
    },
    {
      name: 'libs-front-door',
      severity: 'error',
      comment: 'Of a library only its index.ts may be imported from outside it. Export what is needed there.',
      from: { path: '^libs/([^/]+)/' },
      to: { path: '^libs/([^/]+)/', pathNot: ['^libs/$1/', '^libs/[^/]+/index\\.ts$'] },
    },
    ...order,
    {
      name: 'witness-stands-alone',
      severity: 'error',
      comment: 'A partner agency runs the witness because it does not trust our server, so it must be small enough to read: libs/ and Node only, directly or by way of others. Put what it needs into libs/witness.',
      from: { path: '^src/witness/', pathNot: '\\.spec\\.ts$' },
      to: { path: ['^(src|sandbox|scripts|migrations)/', 'node_modules/'], pathNot: ['^src/witness/', 'node_modules/@types/'], reachable: true },
    },
    {
      name: 'verifier-stands-alone',
      severity: 'error',
      comment: 'Whoever holds a proof checks it with this because nothing of ours need be believed. It imports libs/ and Node only, without the network, directly or by way of others.',
      from: { path: '^libs/verifier/', pathNot: '\\.spec\\.ts$' },
      to: { path: ['^(src|sandbox|scripts|migrations)/', 'node_modules/', '^(node:)?(net|http|https|http2|tls|dns|dgram|child_process)(/|$)'], pathNot: ['node_modules/@types/'], reachable: true },
    },
    {
      name: 'commands-load-what-they-run',
      severity: 'error',
      comment: 'All commands are loaded to find the one that was asked for, a witness at a partner agency among them. Import a context of the product inside of `run`, with import().',
      from: { path: '^src/cli/(commands|doctor)/', pathNot: '\\.spec\\.ts$' },
      to: { path: ['^src/(ledger|identity|access|workspaces|evidence|licensing|returns|notifications|exchange|insight|portal)/', '^src/platform/index\\.ts$', '^src/cli/(operator|migrator)\\.ts$'], dependencyTypesNot: ['type-only', 'dynamic-import'] },
    },
    {
      name: 'nobody-imports-composition',
      severity: 'error',
      comment: 'main, worker, cli and their modules put the parts together; nothing may depend on how. Move what you need to the part it belongs to.',
      from: { path: `^(src/(${['platform', ...CONTEXTS, 'portal'].join('|')})|libs|sandbox)/` },
      to: { path: '^src/(main|worker|cli|(app|worker)\\.module)\\.ts$|^src/(cli|demonstration)/' },
    },
    {
      name: 'sandbox-is-a-stranger',
      severity: 'error',
      comment: 'The sandbox stands in for systems of other people. The product speaks to it over the network, never by import.',
      from: { path: '^(src|libs)/', pathNot: '\\.spec\\.ts$' },
      to: { path: '^sandbox/' },
    },
    {
      name: 'product-knows-no-test',
      severity: 'error',
      comment: 'Product code must not need test code. Move what both use into src/ or libs/.',
      from: { path: '^(src|libs|sandbox|scripts|migrations)/', pathNot: '\\.spec\\.ts$' },
      to: { path: '^(test|bench)/' },
    },
    {
      name: 'domain-is-pure',
      severity: 'error',
      comment: 'domain/ holds what can be tested with no database, no Nest and no environment. Pass the facts in; keep queries in queries/ and rows in store/.',
      from: { path: '^src/[^/]+/domain/', pathNot: '\\.spec\\.ts$' },
      to: { path: ['node_modules/(@nestjs|typeorm|pg|fastify)/', '^src/[^/]+/(store|queries|commands|api|jobs)/'], dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'api-does-not-touch-rows',
      severity: 'error',
      comment: 'A resolver or controller parses, calls one command or query, and presents. Put the database work into a command or a query.',
      from: { path: '^src/[^/]+/api/', pathNot: '\\.spec\\.ts$' },
      to: { path: '^src/[^/]+/store/' },
    },
    {
      name: 'declared-dependencies-only',
      severity: 'error',
      comment: 'This package is not in package.json, or only for development. Add it with npm install --save-exact.',
      from: { path: '^(src|libs|sandbox|scripts|migrations)/', pathNot: '\\.(spec|builder)\\.ts$' },
      to: { dependencyTypes: ['npm-no-pkg', 'npm-unknown', 'npm-dev'], pathNot: 'node_modules/@types/' },
    },
    {
      name: 'resolvable',
      severity: 'error',
      comment: 'This file does not exist. Correct the import; relative imports end in .js.',
      from: {},
      to: { couldNotResolve: true, pathNot: '\\.(css|njk)$' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(dist|coverage)/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'node', 'default', 'types'], extensions: ['.ts', '.js', '.mjs', '.cjs', '.json'] },
  },
};
