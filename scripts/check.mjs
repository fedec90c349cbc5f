// `npm run check`: types, lint, imports, unused code, budgets. Nothing is started and no database is needed.
import { runChecks } from './test-run/checks.mjs';
import { runJest } from './test-run/jest.mjs';

const checks = await runChecks();
const tests = await runJest(['--selectProjects', 'architecture']);
process.stdout.write(`${checks.passed + tests.passed} passed, ${checks.failed + tests.failed} failed\n`);
process.exitCode = checks.failed + tests.failed === 0 ? 0 : 1;
