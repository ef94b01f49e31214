import { get, type Agent } from 'node:http';

/** A whole page, without the cost of `fetch`, which is as large as what is measured. Throws for anything but 200. */
export function readPage(agent: Agent, url: string, cookie: string): Promise<void> {
  return new Promise((resolve, reject) => {
    get(url, { agent, headers: { Cookie: cookie } }, (answer) => {
      if (answer.statusCode !== 200) reject(new Error(`${url} answered ${answer.statusCode}`));
      answer.resume().once('end', resolve);
    }).once('error', reject);
  });
}
