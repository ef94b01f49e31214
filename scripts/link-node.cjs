// Runs after `npm ci`, with whatever Node there is: puts the Node that Polyphony runs on where npm's scripts look for it.
// npm 9 to 11.5 install that package and leave out its link.
'use strict';
const { existsSync, mkdirSync, symlinkSync } = require('node:fs');
const { join } = require('node:path');

const modules = join(__dirname, '..', 'node_modules');
const packaged = `node-${process.platform}-${process.arch}`;
const link = join(modules, '.bin', 'node');

if (process.platform !== 'win32' && existsSync(join(modules, packaged, 'bin', 'node')) && !existsSync(link)) {
  mkdirSync(join(modules, '.bin'), { recursive: true });
  symlinkSync(join('..', packaged, 'bin', 'node'), link);
}
