import { createServer, request } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { rm } from 'node:fs/promises';
import { expect, test } from 'vitest';

import { runCommand } from '../support/program.ts';
import { temporaryFolder } from '../support/toys/installed.ts';
import { serveRegistry } from '../support/toys/registry.ts';

/** Takes what is asked of it on, and counts. */
async function startProxy() {
  let passed = 0;
  const server = createServer((incoming, outgoing) => {
    passed++;
    const onward = request(incoming.url ?? '', { headers: incoming.headers }, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(outgoing);
    });
    incoming.pipe(onward);
  });
  server.on('connect', (incoming, socket) => {
    passed++;
    const [host, port] = (incoming.url ?? '').split(':');
    const onward = connect(Number(port), host, () => {
      socket.write('HTTP/1.1 200 OK\r\n\r\n');
      onward.pipe(socket).pipe(onward);
    });
    onward.on('error', () => socket.destroy());
    socket.on('error', () => onward.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}`, passed: () => passed, close: () => server.close().closeAllConnections() };
}

test('Carlos, whose machine reaches the world through a proxy alone, names it in the environment', async () => {
  const [folder, registry, proxy] = [await temporaryFolder(), await serveRegistry(['de-en']), await startProxy()];
  const { code, lines } = await runCommand(
    ['engine', 'install', 'bergamot', '--languages', 'de', '--dry-run', '--from', registry.url],
    { BERGAMOT_MODELS: folder, BERGAMOT_MEMORY_MB: '600', HTTP_PROXY: proxy.url, NO_PROXY: '' },
  );
  proxy.close();
  registry.close();
  await rm(folder, { recursive: true });
  expect(code).toBe(0);
  expect(lines).toContain('  de-en  tiny 3.0');
  expect(proxy.passed()).toBeGreaterThan(0);
});
