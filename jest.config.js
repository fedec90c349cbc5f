// One suite, several projects, so that the fast pure specs can be run alone: `npx jest --selectProjects libs`.
const typescript = {
  extensionsToTreatAsEsm: ['.ts'],
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1' },
  modulePathIgnorePatterns: ['<rootDir>/dist/'],
  transform: {
    '^.+\\.ts$': [
      '@swc/jest',
      {
        jsc: {
          parser: { syntax: 'typescript', decorators: true },
          transform: { legacyDecorator: true, decoratorMetadata: true, useDefineForClassFields: false },
          keepClassNames: true,
          target: 'es2022',
        },
        module: { type: 'es6' },
        sourceMaps: 'inline',
      },
    ],
  },
  testEnvironment: 'node',
};

const project = (displayName, testMatch, more = {}) => ({
  displayName,
  testMatch: testMatch.map((pattern) => `<rootDir>/${pattern}`),
  ...typescript,
  ...more,
});

// `npm test` counts for its last line, also when a run is cut short.
const { TALLY_FILE, TALLY_REPORTER } = process.env;
const reporters = TALLY_FILE === undefined ? ['default'] : ['default', [TALLY_REPORTER, { file: TALLY_FILE }]];

export default {
  // Three on the two cores of a small machine: a good part of what tests of the whole product do is wait for one of its processes
  // to start. Beyond that they would starve each other.
  maxWorkers: 3,
  testSequencer: '<rootDir>/scripts/test-run/longest-first.mjs',
  testTimeout: 60_000,
  reporters,
  globalSetup: '<rootDir>/test/builders/global-setup.mjs',
  globalTeardown: '<rootDir>/test/builders/global-teardown.mjs',
  projects: [
    project('libs', ['libs/**/*.spec.ts']),
    project('src', ['src/**/*.spec.ts', 'sandbox/**/*.spec.ts', 'scripts/**/*.spec.ts']),
    project('architecture', ['test/architecture/**/*.spec.ts']),
    project('api', ['test/api/**/*.spec.ts', 'test/authz/**/*.spec.ts', 'test/security/**/*.spec.ts', 'test/faults/**/*.spec.ts', 'test/portal/**/*.spec.ts']),
    project('journeys', ['test/journeys/**/*.spec.ts']),
  ],
};
