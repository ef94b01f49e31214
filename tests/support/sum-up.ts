import { existsSync, readFileSync } from 'node:fs';
import { relative } from 'node:path';

/** What vitest's JSON reporter writes, as far as it is needed. */
interface Report {
  testResults: FileResult[];
}

interface FileResult {
  name: string;
  status: string;
  message?: string;
  assertionResults: { fullName: string; status: string; failureMessages?: string[] }[];
}

export interface Sum {
  passed: number;
  failed: number;
  /** What failed, and why in a line: a log is often kept by its end only. */
  failures: string[];
  /** Tests that ran in none of the runs. */
  skipped: string[];
}

/** One sum over several runs of vitest. A run without a report, and a file that could not be loaded, count as one failure each. */
export function sumUp(reports: readonly (Report | null)[]): Sum {
  const sum: Sum = { passed: 0, failed: 0, failures: [], skipped: [] };
  const ran = new Map<string, boolean>();
  for (const report of reports) {
    if (!report) sum.failed++;
    for (const file of report?.testResults ?? []) addFile(file, sum, ran);
  }
  sum.skipped = [...ran].filter(([, once]) => !once).map(([test]) => test);
  return sum;
}

function addFile({ name, status, message, assertionResults }: FileResult, sum: Sum, ran: Map<string, boolean>): void {
  const file = relative(process.cwd(), name);
  const failures = assertionResults
    .filter((test) => test.status === 'failed')
    .map(({ fullName, failureMessages }) => because(`${file}: ${fullName}`, failureMessages?.[0]));
  if (status === 'failed' && failures.length === 0) failures.push(because(file, message));
  sum.failures.push(...failures);
  sum.failed += failures.length;
  sum.passed += assertionResults.filter((test) => test.status === 'passed').length;
  for (const test of assertionResults) {
    const key = `${file}: ${test.fullName}`;
    ran.set(key, ran.get(key) === true || test.status === 'passed' || test.status === 'failed');
  }
}

const because = (what: string, message = ''): string => `${what}: ${message.split('\n')[0]}`;

if (import.meta.main) {
  const { passed, failed, failures, skipped } = sumUp(process.argv.slice(2).map(read));
  for (const failure of failures) console.log(`Failed: ${failure}`);
  for (const test of skipped) console.log(`Skipped: ${test}`);
  console.log(`${passed} passed, ${failed} failed`);
  process.exitCode = failed > 0 || passed === 0 || skipped.length > 0 ? 1 : 0;
}

function read(file: string): Report | null {
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Report) : null;
}
