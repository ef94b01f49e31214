import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { shiftWeek, weekOf, type Week } from '../src/edges/statistics/weeks.ts';
import { rows } from '../src/platform/db/database.ts';
import type { Visitor } from './support/browser-like.ts';
import { startPolyphony, type TestPlatform } from './support/polyphony.ts';

// Sofia goes from week to week: back to the first in which anything was written, and to any of them with one press.

const ZONE = 'Europe/Brussels';
const thisWeek = weekOf(new Date(), ZONE);
const ago = (weeks: number): Week => shiftWeek(thisWeek, -weeks, ZONE);

let polyphony: TestPlatform;
let sofia: Visitor;
beforeAll(async () => {
  polyphony = await startPolyphony();
  sofia = await polyphony.signIn('Sofia', { roles: ['secretariat'] });
});
afterAll(() => polyphony.stop());

const offered = (page: string): string[] =>
  [...(/<select[^>]*name="week">([^]*?)<\/select>/.exec(page)?.[1] ?? '').matchAll(/value="([^"]+)"/g)].map(
    ([, week = '']) => week,
  );

describe.each(['statistics', 'secretariat'])('the weeks of /%s', (path) => {
  const open = async (week: Week, query = '') => (await sofia.get(`/en/${path}/${week.name}${query}`)).text;

  test('are this one alone before anything is written', async () => {
    await rows(polyphony.em(), sql`update subject set withdrawn_at = now(), closed_at = now() where kind = 'idea'`);
    const page = await open(thisWeek);
    expect(page).not.toContain('rel="prev"');
    expect(offered(page)).toEqual([thisWeek.name]);
  });

  test('end at the first one, however many in between are empty', async () => {
    const lea = await polyphony.person(`Léa ${path}`);
    const { body } = await lea.api('POST', '/spaces/climate/ideas', {
      title: 'Trains',
      body: 'Partout.',
      language: 'fr',
    });
    const [first, empty] = [ago(5), ago(2)];
    await rows(polyphony.em(), sql`update subject set published_at = ${first.from} where id = ${body.id}`);
    await lea.api('POST', '/spaces/health/ideas', { title: 'Ärzte', body: 'Überall.', language: 'de' });
    expect(await open(first)).not.toContain('rel="prev"');
    expect(await open(first)).toContain('rel="next"');
    expect(await open(empty)).toContain(`rel="prev" href="/en/${path}/${ago(3).name}"`);
    expect(offered(await open(empty))).toEqual([0, 1, 2, 3, 4, 5].map((weeks) => ago(weeks).name));
    expect(await open(empty)).toMatch(new RegExp(`value="${empty.name}"\\s+selected`));
    // What is older than the first is there for who knows its address, and leads no further.
    expect(await open(ago(9))).not.toContain('rel="prev"');
  });

  test('are found by a form that needs no script, with the theme that was chosen', async () => {
    const ask = async (query: string) => {
      const { status, location } = await sofia.get(`/en/${path}?${query}`);
      return { status, location };
    };
    expect(await ask(`week=${ago(4).name}&space=climate`)).toEqual({
      status: 302,
      location: `/en/${path}/${ago(4).name}?space=climate`,
    });
    expect(await ask('space=health')).toEqual({ status: 302, location: `/en/${path}/${thisWeek.name}?space=health` });
    expect((await sofia.get(`/en/${path}/${ago(4).name}?space=climate`)).status).toBe(200);
    for (const wrong of [
      '2026-W54',
      "2026-W01'",
      '../../admin',
      '%0D%0ASet-Cookie:a=b',
      shiftWeek(thisWeek, 1, ZONE).name,
    ]) {
      const answer = await sofia.get(`/en/${path}?week=${wrong}`);
      const status = answer.location ? (await sofia.get(answer.location)).status : answer.status;
      expect(status, wrong).toBe(404);
    }
  });
});
