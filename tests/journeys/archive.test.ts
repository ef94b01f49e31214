import { randomUUIDv7 } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { exportTranslations, type ArchiveLine } from '../../src/services/engines/archive.ts';
import { importTranslations, type ImportReport } from '../../src/services/engines/archive-import.ts';
import { folderHome, setUp, type Home } from '../support/homes.ts';
import { eventually, startPolyphony, type ApiPerson, type TestPlatform } from '../support/polyphony.ts';
import { runCommand } from '../support/program.ts';
import { stubEngine } from '../support/stub-engine.ts';

const PARAGRAPH = 'Debemos invertir más en energías renovables.';

/** Characters that engines were sent, by platform. */
const sent = { old: 0, new: 0 };
function countingEngine(where: keyof typeof sent) {
  return stubEngine({
    policy: 'wish',
    say: (text, target) => {
      sent[where] += text.length;
      return `${target}: ${text}`;
    },
  });
}

let old: TestPlatform;
let fresh: TestPlatform;
beforeAll(async () => {
  old = await startPolyphony({}, { engine: countingEngine('old') });
  fresh = await startPolyphony({}, { engine: countingEngine('new') });
});
afterAll(async () => {
  await old.stop();
  await fresh.stop();
});

interface Idea {
  id: string;
  text: string;
}

async function post(person: ApiPerson, title: string, body = PARAGRAPH): Promise<Idea> {
  const answer = await person.api('POST', '/spaces/climate/ideas', { title, body, language: 'es' });
  expect(answer.status).toBe(201);
  return { id: answer.body.id, text: answer.body.text.id };
}

async function translated(person: ApiPerson, { text }: Idea, language: string): Promise<string> {
  await person.api('POST', `/texts/${text}/translations/${language}`);
  return eventually(async () => {
    const { body } = await person.api('GET', `/texts/${text}/translations/${language}`);
    expect(body.state).toBe('ready');
    return body.body;
  });
}

const execute = ({ em }: TestPlatform, query: string, values: unknown[] = []) =>
  em().getConnection().execute(query, values);

/** The old platform's words, as a copy of its database without translations would have them. Each idea goes with its text: neither can be without the other. */
async function moveTexts(): Promise<void> {
  const row = (table: string) => `to_jsonb(${table}) - 'space_id' - 'author_id' as ${table}`;
  const ideas: { subject?: unknown; text?: unknown }[] = await execute(
    old,
    `select ${row('subject')}, ${row('text')} from subject join text on text.subject_id = subject.id where subject.kind = 'idea'`,
  );
  for (const { subject, text } of ideas)
    await execute(
      fresh,
      `with subjects as (insert into subject select * from jsonb_populate_record(null::subject,
           ?::jsonb || jsonb_build_object('space_id', (select subject_id from space where slug = 'climate'))) returning id),
         texts as (insert into text select * from jsonb_populate_record(null::public.text, ?::jsonb))
       insert into idea (subject_id) select id from subjects`,
      [JSON.stringify(subject), JSON.stringify(text)],
    );
}

async function exported(from: TestPlatform): Promise<ArchiveLine[]> {
  const lines: ArchiveLine[] = [];
  for await (const line of exportTranslations(from.em())) lines.push(line);
  return lines;
}

async function imported(lines: readonly unknown[]): Promise<ImportReport & { said: string[] }> {
  const said: string[] = [];
  async function* each() {
    for (const line of lines) yield typeof line === 'string' ? line : JSON.stringify(line);
  }
  const report = await importTranslations(fresh.em(), each(), (number, what) => said.push(`${number}: ${what}`));
  return { ...report, said };
}

describe('a platform moves house', () => {
  let lines: ArchiveLine[];
  let trains: Idea;
  let rivers: Idea;
  let hidden: Idea;
  let erased: Idea;
  let rita: ApiPerson;

  test('María’s ideas are translated, one of them by a person; two are gone', async () => {
    const maria = await old.person('María', { language: 'es' });
    const anna = await old.person('Anna', { language: 'en' });
    trains = await post(maria, 'Más trenes');
    rivers = await post(maria, 'Ríos limpios');
    hidden = await post(maria, 'Algo escondido', 'Nadie debe leer esto nunca más.');
    erased = await post(maria, 'Algo borrado', 'Mi dirección es secreta desde hoy.');
    for (const idea of [trains, rivers, hidden, erased]) await translated(anna, idea, 'en');
    await execute(
      old,
      `insert into translation (text_id, language, human, title, body, state, origin, source_language, author_id, wished_at, ready_at)
         values (?, 'pt', true, 'Mais comboios', 'Devemos investir mais.', 'ready', 'human', 'es', ?, now(), now())`,
      [trains.text, anna.id],
    );
    await execute(
      old,
      `insert into translation_revision (id, subject_id, text_id, language, number, act, title, body, author_id, written_at)
         values (?, ?, ?, 'pt', 1, 'improved', 'Mais comboios', 'Devemos investir mais.', ?, now())`,
      [randomUUIDv7(), trains.id, trains.text, anna.id],
    );
    await execute(old, 'update subject set hidden_at = now(), closed_at = now() where id = ?', [hidden.id]);
    await execute(old, 'update text set title = null, body = null, hash = null, erased_at = now() where id = ?', [
      erased.text,
    ]);
    expect(sent.old).toBeGreaterThan(0);
  });

  test('what leaves the house says where it belongs, and nothing of what is gone', async () => {
    lines = await exported(old);
    const all = JSON.stringify(lines);
    for (const secret of ['escondido', 'Nadie debe', 'borrado', 'dirección', hidden.id, erased.id, 'example.org'])
      expect(all).not.toContain(secret);
    const own = lines.filter((line) => line.type !== 'memory' && line.subject === trains.id);
    expect(own.map((line) => [line.type, 'language' in line ? line.language : ''])).toEqual([
      ['translation', 'en'],
      ['translation', 'pt'],
      ['revision', 'pt'],
    ]);
    expect(own[1]).toMatchObject({ human: true, origin: 'human', author: 'anna', version: 1 });
    // The paragraph of both ideas is remembered once.
    const shared = lines.filter((line) => line.type === 'memory' && line.text === `en: ${PARAGRAPH}`);
    expect(shared).toMatchObject([{ texts: [{ subject: trains.id }, { subject: rivers.id }] }]);
  });

  test('in the new house everything reads translated, and no character is sent', async () => {
    await moveTexts();
    await fresh.person('Anna', { language: 'en' });
    rita = await fresh.person('Rita', { language: 'pt' });
    expect((await rita.api('GET', `/ideas/${trains.id}?lang=en`)).body.translation.state).toBe('available');
    const report = await imported(lines);
    expect(report).toMatchObject({ wrong: 0, stored: { translation: 3, revision: 1, memory: 3 } });
    for (const idea of [trains, rivers]) expect(await translated(rita, idea, 'en')).toBe(`en: ${PARAGRAPH}`);
    expect((await rita.api('GET', `/ideas/${trains.id}?lang=pt`)).body.translation).toMatchObject({
      state: 'ready',
      origin: 'human',
      title: 'Mais comboios',
    });
    const [credit] = await execute(
      fresh,
      `select p.handle from translation r join person p on p.id = r.author_id where human and text_id = ?`,
      [trains.text],
    );
    expect(credit).toEqual({ handle: 'anna' });
    expect(sent.new).toBe(0);
    // Remembered translations serve new words, too: only the title is new.
    const maria = await fresh.person('María', { language: 'es' });
    expect(await translated(rita, await post(maria, 'Más viento'), 'en')).toBe(`en: ${PARAGRAPH}`);
    expect(sent.new).toBe('Más viento'.length);
  });

  test('again it changes nothing; older ones and other words are left out, and a person’s words stay', async () => {
    const again = await imported(lines);
    expect(again).toMatchObject({ wrong: 0, stored: { translation: 0, revision: 0, memory: 0 } });
    const machine = lines.find((line) => line.type === 'translation' && line.subject === rivers.id);
    const human = lines.find((line) => line.type === 'translation' && line.human && line.subject === trains.id);
    const { skipped, stored } = await imported([
      { ...machine, body: 'Older.', readyAt: '2020-01-01T00:00:00Z' },
      { ...machine, hash: 'other' },
      { ...human, body: 'Changed.', readyAt: '2090-01-01T00:00:00Z' },
      { ...machine, source: 'fr' },
      { ...machine, body: 'en: newer', readyAt: '2090-01-01T00:00:00Z' },
    ]);
    expect(stored.translation).toBe(1);
    expect([...skipped.values()]).toEqual([1, 1, 1, 1]);
    expect((await rita.api('GET', `/ideas/${rivers.id}?lang=en`)).body.translation.body).toBe('en: newer');
    expect((await rita.api('GET', `/ideas/${trains.id}?lang=pt`)).body.translation.body).toBe('Devemos investir mais.');
  });

  test('a line that is wrong is named by its number, and the others go on', async () => {
    const machine = lines.find((line) => line.type === 'translation' && line.subject === trains.id);
    const later = { ...machine, readyAt: '2091-01-01T00:00:00Z' };
    const { said, stored, wrong } = await imported([
      '{"type":',
      '',
      { ...later, subject: 'nobody' },
      { ...later, body: 'a\u0000b' },
      later,
    ]);
    expect(said.map((each) => each.split(':')[0])).toEqual(['1', '3', '4']);
    expect({ wrong, translations: stored.translation }).toEqual({ wrong: 3, translations: 1 });
  });
});

/** Each command opens a database of its own. */
describe('what operators type', () => {
  let home: Home;
  beforeAll(async () => {
    home = await folderHome();
    await setUp(home, []);
  });
  afterAll(() => home.remove());
  const run = (words: string, input = '') => runCommand(words.split(' '), home.environment, input);

  test('export prints lines alone, import takes them back and says what it left out', async () => {
    const { code, lines, errors } = await run('translation export');
    expect(code).toBe(0);
    expect(lines.every((line) => JSON.parse(line).type === 'translation')).toBe(true);
    expect(errors).toContain(`Exported: ${lines.length} translations, 0 revisions, 0 paragraphs of the memory.`);
    const file = join(home.environment['DATA_DIR'] ?? '', 'in.jsonl');
    await writeFile(file, `${lines.join('\n')}\nnonsense\n`);
    const back = await run(`translation import --file ${file}`);
    expect(back).toMatchObject({ code: 1, errors: `Line ${lines.length + 1}: is not JSON.\n` });
    expect(back.lines).toEqual([
      'Imported: 0 translations, 0 revisions, 0 paragraphs of the memory.',
      `Left out: ${lines.length}, because a person’s translation is here already.`,
      'Wrong: 1.',
    ]);
    expect((await run('translation dance')).code).toBe(1);
  });

  test('doctor tells how much waits and that nothing failed', async () => {
    const { lines } = await run('doctor');
    expect(lines).toEqual(expect.arrayContaining(['✓ 0 translations wait.', '✓ No translation has failed.']));
  });
});
