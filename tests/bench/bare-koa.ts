// Answers everything with the bytes of the file named: what Koa can do at most. Prints its port.
import { readFileSync } from 'node:fs';

import Koa from 'koa';

const body = readFileSync(process.argv[2] ?? '');
const app = new Koa();
app.use((ctx) => {
  ctx.type = 'text/html; charset=utf-8';
  ctx.body = body;
});
const server = app.listen(0, '127.0.0.1', () => {
  const address = server.address();
  console.log(typeof address === 'object' && address ? address.port : 0);
});
