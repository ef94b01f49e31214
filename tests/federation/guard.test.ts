import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';

import { createClient } from '../../src/edges/federation/client.ts';
import { isPublicAddress, Refused } from '../../src/edges/federation/guard.ts';
import { FEDERATED } from '../support/federation/federated.ts';
import { startPeer, type Peer } from '../support/federation/peer.ts';
import { startVictim, type Victim } from '../support/federation/victim.ts';
import { startPolyphony, type TestPlatform } from '../support/polyphony.ts';

// A service in the operator's own network, which answers whoever reaches it. Nobody who writes from outside has us reach it.

const US = 'https://agora.example';
const AS2 = 'application/activity+json';

let victim: Victim;
let port: number;

beforeEach(async () => {
  victim = await startVictim();
  ({ port } = victim);
});
afterEach(() => victim.close());

const abroad = createClient({ isLocal: false }, US);
const nearby = createClient({ isLocal: true }, 'http://localhost:1');

const INSIDE = [
  ...[
    '127.0.0.1',
    '127.1',
    '127.255.255.254',
    '0.0.0.0',
    '0',
    '2130706433',
    '0x7f000001',
    '0x7f.1',
    '0177.0.0.1',
    '017700000001',
  ],
  ...['localhost', 'LOCALHOST', '127.0.0.1.', '１２７.０.０.１', '127。0。0。1', '127%2e0%2e0%2e1'],
  ...['[::1]', '[::]', '[::ffff:127.0.0.1]', '[::ffff:7f00:1]', '[0:0:0:0:0:ffff:127.0.0.1]', '[::127.0.0.1]'],
];

/** As headers can carry them. */
const ASCII = INSIDE.filter((host) => /^[\x20-\x7E]+$/.test(host));

/** Nobody answers there in a test, so what counts is that nobody is asked. */
const NOT_OURS = [
  ...[
    '10.0.0.1',
    '10.255.255.255',
    '172.16.0.1',
    '172.31.255.255',
    '192.168.1.1',
    '169.254.169.254',
    '0xa9fea9fe',
    '2852039166',
  ],
  ...['100.64.0.1', '100.127.255.254', '192.0.0.1', '198.18.0.1', '224.0.0.1', '240.0.0.1', '255.255.255.255'],
  ...['[fe80::1]', '[fc00::1]', '[fd12:3456::1]', '[ff02::1]', '[::ffff:10.0.0.1]', '[::ffff:169.254.169.254]'],
  ...[
    '[64:ff9b::7f00:1]',
    '[64:ff9b::a9fe:a9fe]',
    '[2002:7f00:1::]',
    '[2002:a9fe:a9fe::]',
    '[2001:0:7f00:1::]',
    '[2001:db8::1]',
  ],
];

describe('the way out', () => {
  test('would reach the service, were it not guarded', async () => {
    expect((await nearby.get(`http://127.0.0.1:${port}/`, AS2)).status).toBe(200);
    await nearby.post(`https://127.0.0.1:${port}/`, {}, '{}').catch(() => null);
    expect(victim.reached()).toBe(2);
  });

  test.each([...INSIDE, ...NOT_OURS])('does not lead to %s', async (host) => {
    for (const scheme of ['https', 'http']) {
      const address = `${scheme}://${host}:${port}/`;
      await expect(abroad.get(address, AS2)).rejects.toBeInstanceOf(Refused);
      await expect(abroad.post(address, {}, '{}')).rejects.toBeInstanceOf(Refused);
    }
    expect(victim.reached()).toBe(0);
  });

  test('leads by TLS alone, and to no address with a password', async () => {
    await expect(abroad.get('http://example.org/', AS2)).rejects.toThrow('not by TLS');
    for (const address of [
      'ftp://example.org/',
      'file:///etc/passwd',
      'data:,x',
      'gopher://example.org/',
      'https:',
      '',
    ])
      await expect(abroad.get(address, AS2)).rejects.toBeInstanceOf(Refused);
    await expect(abroad.get('https://eva:secret@example.org/', AS2)).rejects.toBeInstanceOf(Refused);
  });

  test('in a trial leads to this machine alone', async () => {
    const others = [
      '0.0.0.0',
      '[::]',
      '[::ffff:127.0.0.1]',
      '10.0.0.1',
      '169.254.169.254',
      'example.org',
      '8.8.8.8',
      '127.0.0.1.example.org',
    ];
    for (const host of others)
      for (const scheme of ['https', 'http'])
        await expect([host, nearby.get(`${scheme}://${host}:${port}/`, AS2)][1]).rejects.toBeInstanceOf(Refused);
    expect(victim.reached()).toBe(0);
  });

  test('knows addresses of the internet from all others', () => {
    for (const address of [
      '8.8.8.8',
      '1.1.1.1',
      '193.99.144.80',
      '2a02:2e0:3fe:1001:302::',
      '2606:4700::1111',
      '172.32.0.1',
      '100.128.0.1',
    ])
      expect([address, isPublicAddress(address)]).toEqual([address, true]);
    for (const address of [
      '',
      'localhost',
      '127.0.0.1',
      'fe80::1%eth0',
      '::ffff:8.8.8.8',
      '192.168.0.1',
      '2001:db8::1',
      '3fff::1',
    ])
      expect([address, isPublicAddress(address)]).toEqual([address, false]);
  });
});

describe('a platform on the internet', () => {
  let there: Peer;
  let here: TestPlatform;
  beforeAll(async () => {
    there = await startPeer();
    here = await startPolyphony({ ...FEDERATED, FEDERATION: 'on', PUBLIC_URL: US });
  });
  afterAll(async () => {
    await here.stop();
    await there.close();
  });
  const run = (text: string, values: unknown[] = []) => here.em().getConnection().execute(text, values);

  test.each([...ASCII, '[fe80::1]', '169.254.169.254'])('asks nobody at %s for a key', async (host) => {
    const eva = there.actor('eva');
    for (const scheme of ['https', 'http']) {
      const uri = `${scheme}://${host}:${port}/users/eva`;
      const activity = eva.activity('Follow', `${US}/s/climate`, { id: `${uri}/1`, actor: uri });
      const sent = await eva.send(`${here.url}/s/climate/inbox`, activity, {
        host: 'agora.example',
        keyId: `${uri}#main-key`,
      });
      expect([400, 401]).toContain(sent);
    }
    const farewell = eva.activity('Delete', `https://${host}:${port}/x`, {
      id: `https://${host}:${port}/1`,
      actor: `https://${host}:${port}/x`,
    });
    expect([400, 401]).toContain(await eva.send(`${here.url}/inbox`, farewell, { signed: false }));
    expect(victim.reached()).toBe(0);
  });

  test('asks no server for a key that does not speak TLS', async () => {
    const before = there.fetched();
    const eva = there.actor('eva');
    const sent = await eva.send(`${here.url}/s/climate/inbox`, eva.activity('Follow', `${US}/s/climate`), {
      host: 'agora.example',
    });
    expect([sent, there.fetched()]).toEqual([401, before]);
  });

  test('delivers nothing to a service of its own network, and does not try again', async () => {
    const id = crypto.randomUUID();
    await run(`insert into sent_activity (id, actor, type, body, is_listed) values (?, ?, 'Accept', '{}', false)`, [
      id,
      `${US}/s/climate`,
    ]);
    for (const host of ASCII)
      await run('insert into delivery (activity_id, inbox, host) values (?, ?, ?)', [
        id,
        `https://${host}:${port}/inbox`,
        `${host}:${port}`,
      ]);
    await run('insert into delivery (activity_id, inbox, host) values (?, ?, ?)', [
      id,
      `${there.url}/inbox`,
      there.host,
    ]);
    const before = there.fetched();
    await expect.poll(() => run('select 1 from delivery')).toEqual([]);
    expect([victim.reached(), there.fetched()]).toEqual([0, before]);
    expect(await run(`select 1 from neighbour where last_failure is null`)).toEqual([]);
  });
});
