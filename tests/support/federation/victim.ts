import { createServer, type AddressInfo } from 'node:net';

/** A service in the operator's own network, which answers whoever reaches it, and counts. */
export interface Victim {
  port: number;
  reached(): number;
  close(): Promise<void>;
}

/** At every address of this machine. */
export async function startVictim(): Promise<Victim> {
  let reached = 0;
  const server = createServer((socket) => {
    reached++;
    socket.on('error', () => socket.destroy()).resume();
    socket.end('HTTP/1.1 200 OK\r\nContent-Type: application/activity+json\r\nContent-Length: 2\r\n\r\n{}');
  });
  await new Promise<void>((resolve) => server.listen(0, '::', resolve));
  const { port } = server.address() as AddressInfo;
  return { port, reached: () => reached, close: () => new Promise((resolve) => void server.close(() => resolve())) };
}
