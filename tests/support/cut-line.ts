import { createServer, connect, type Socket } from 'node:net';

/** A line to a server that can be cut without a word: what is sent is swallowed, nothing is closed. */
export interface Line {
  port: number;
  /** Everything that is connected hears nothing any more, for ever; new connections are taken and hear nothing, until `mend`. */
  cut(): void;
  mend(): void;
  close(): Promise<void>;
}

/** Listens on loopback and passes everything to the server behind the socket. */
export async function layLine(socket: string): Promise<Line> {
  const all = new Set<Socket>();
  let isCut = false;
  const server = createServer((near) => {
    const far = connect(socket);
    for (const [one, other] of [
      [near, far],
      [far, near],
    ] as const) {
      all.add(one);
      one.on('error', () => {});
      one.once('close', () => {
        all.delete(one);
        other.destroy();
      });
    }
    if (isCut) silence();
    else near.pipe(far).pipe(near);
  });
  const silence = () => {
    for (const each of all) {
      each.unpipe();
      each.removeAllListeners('data');
      each.on('data', () => {});
    }
  };
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  return {
    port: typeof address === 'object' && address ? address.port : 0,
    cut() {
      isCut = true;
      silence();
    },
    mend: () => void (isCut = false),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const each of all) each.destroy();
      }),
  };
}
