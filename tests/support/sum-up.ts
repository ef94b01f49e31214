import { existsSync, readFileSync } from 'node:fs';
import { relative } from 'node:path';

/** What vitest's JSON reporter writes, as far as it is needed. */
interface Report {
  testResults: {
    name: string;
    status: string;
    message?: string;
    assertionResults: { fullName: string; status: string; failureMessages?: string[] }[];
  }[];
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
    for (const file of report?.testResults ?? []) {
      const statuses = file.assertionResults.map(({ status }) => status);
      sum.passed += statuses.filter((status) => status === 'passed').length;
      const failed = statuses.filter((status) => status === 'failed').length;
      sum.failed += file.status === 'failed' ? Math.max(1, failed) : failed;
      const path = relative(process.cwd(), file.name);
      if (file.status === 'failed' && failed === 0) sum.failures.push(because(path, file.message));
      for (const { fullName, status, failureMessages = [] } of file.assertionResults) {
        const test = `${path}: ${fullName}`;
        if (status === 'failed') sum.failures.push(because(test, failureMessages[0]));
        ran.set(test, ran.get(test) === true || status === 'passed' || status === 'failed');
      }
    }
  }
  sum.skipped = [...ran].filter(([, once]) => !once).map(([test]) => test);
  return sum;
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
