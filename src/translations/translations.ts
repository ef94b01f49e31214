import { sql } from 'kysely';

import type { Translator } from '../../translation/translator.ts';
import { rows, type Em } from '../platform/db/database.ts';

/** The languages of a platform, and what can be read from what. */
export interface Routes {
  /** Detected, stored, translated. */
  readonly all: readonly string[];
  readonly translator: Translator;
}

/** A reader waits for it; everything wished in advance waits behind. */
export const READER = 10;
/** Somebody has just written it: before everything that was imported. */
export const FRESH = 5;
export const BACKGROUND = 0;
/** After these many failures a translation waits until somebody wishes for it again. */
export const TRIES = 6;

/** Wishes for every translation that a local, free engine can make of a new text. */
export async function wishEagerly(
  em: Em,
  { translator, all }: Routes,
  text: { id: string; language: string },
  priority: number,
): Promise<void> {
  const isEager = (target: string) => translator.route(text.language, target)?.policy === 'eager';
  const eager = translator.targets(text.language).filter((target) => all.includes(target) && isEager(target));
  await wish(em, text, eager, priority);
}

/** Wishes for translations of a text into these languages. */
export async function wish(
  em: Em,
  text: { id: string; language: string },
  targets: readonly string[],
  priority: number,
): Promise<void> {
  await store(
    em,
    targets.map((target) => ({ text, target })),
    priority,
  );
}

/** The texts of one page, wished for by the person who reads it: one statement a page. */
export async function wishForReader(
  em: Em,
  { translator }: Routes,
  language: string,
  shown: readonly { id: string; language: string }[],
): Promise<void> {
  const possible = shown.filter((text) => translator.route(text.language, language));
  await store(
    em,
    possible.map((text) => ({ text, target: language })),
    READER,
  );
}

interface Wish {
  text: { id: string; language: string };
  target: string;
}

/** What is wished already only moves forward in the queue; what people made stays. In one order, so that two readers of one page never wait for each other. */
async function store(em: Em, wishes: readonly Wish[], priority: number): Promise<void> {
  if (wishes.length === 0) return;
  const ids = wishes.map(({ text }) => text.id);
  const sources = wishes.map(({ text }) => text.language);
  const targets = wishes.map(({ target }) => target);
  await rows(
    em,
    sql`insert into translation (text_id, language, human, state, origin, source_language, priority, wished_at)
        select id, target, false, 'queued', 'machine', source, ${priority}::smallint, now()
        from unnest(${ids}::uuid[], ${sources}::text[], ${targets}::text[]) wished (id, source, target) order by id, target
        on conflict (text_id, language, human) do update
        set priority = greatest(translation.priority, excluded.priority), tries = case when translation.tries >= ${TRIES} then 0 else translation.tries end
        where translation.state <> 'ready' and (translation.priority < excluded.priority or translation.tries >= ${TRIES})`,
  );
}

/** What people translated follows to the new version, marked as older than it. */
export async function carryHumanTranslations(
  em: Em,
  from: string,
  to: { id: string; language: string },
): Promise<void> {
  await rows(
    em,
    sql`insert into translation (text_id, language, human, title, body, state, origin, source_language, outdated, wished_at, ready_at)
        select ${to.id}, language, true, title, body, state, origin, source_language, true, wished_at, ready_at
        from translation where text_id = ${from} and human and language <> ${to.language}`,
  );
}
