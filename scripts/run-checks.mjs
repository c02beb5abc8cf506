/**
 * `npm test`: every check in turn, the quick ones first; goes on after a failure so that one run shows everything.
 * Ends with `N passed, N failed` over tests (unit and browser) and checks (types, lint, layers, unused code, bundle sizes).
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';

const UNIT_REPORT = 'test-results/unit.json';
const BROWSER_REPORT = 'test-results/e2e.json';

const STEPS = [
  { name: 'types', command: 'npm run --silent check:types' },
  { name: 'lint', command: 'npm run --silent check:lint' },
  { name: 'layers', command: 'npm run --silent check:layers' },
  { name: 'unused code', command: 'npm run --silent check:unused' },
  { name: 'unit tests', command: `npx vitest run --reporter=default --reporter=json --outputFile.json=${UNIT_REPORT}`, count: countUnitTests },
  { name: 'build', command: 'npm run --silent build' },
  { name: 'bundle size', command: 'npm run --silent check:size' },
  { name: 'browser tests', command: 'npx playwright test', count: countBrowserTests },
];

function readJson(path) {
  return existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : null;
}

function countUnitTests() {
  const report = readJson(UNIT_REPORT);
  return report && { passed: report.numPassedTests, failed: report.numFailedTests + report.numFailedTestSuites * (report.numFailedTests === 0 ? 1 : 0) };
}

function countBrowserTests() {
  const report = readJson(BROWSER_REPORT);
  return report && { passed: report.stats.expected + report.stats.flaky, failed: report.stats.unexpected };
}

function run(step) {
  console.log(`\n── ${step.name}`);
  const started = Date.now();
  const { status } = spawnSync(step.command, { shell: true, stdio: 'inherit' });
  const counted = step.count?.() ?? { passed: status === 0 ? 1 : 0, failed: 0 };
  const failed = status === 0 ? counted.failed : Math.max(1, counted.failed);
  return { name: step.name, seconds: (Date.now() - started) / 1000, passed: counted.passed, failed };
}

rmSync('test-results', { recursive: true, force: true });
mkdirSync('test-results', { recursive: true });
const only = process.argv.slice(2);
const results = STEPS.filter((step) => only.length === 0 || only.includes(step.name)).map(run);

console.log('');
for (const { name, seconds, passed, failed } of results) {
  console.log(`${failed === 0 ? 'ok  ' : 'FAIL'} ${name.padEnd(14)} ${String(passed).padStart(4)} passed ${String(failed).padStart(3)} failed  ${seconds.toFixed(1)} s`);
}
const total = (key) => results.reduce((sum, result) => sum + result[key], 0);
console.log(`${total('passed')} passed, ${total('failed')} failed`);
process.exitCode = total('failed') === 0 ? 0 : 1;
