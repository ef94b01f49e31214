import { sql } from 'kysely';
import type { Logger } from 'pino';

import { EngineError } from '../../translation/engines/engine.ts';
import { row, rows, type Database, type Em } from '../platform/db/database.ts';
import { transaction } from '../platform/db/guard.ts';
import { recordAct, type SubjectRow } from '../subjects/subjects.ts';
import type { Languages } from './texts.ts';
import { TRIES } from './translations.ts';

/** Texts in work at once: two cores are busy with four pipelines. */
const AT_ONCE = 4;
/** A claim lasts this long and is renewed while it is in work, so that what a killed worker had in hand is free again soon. */
const LEASE_SECONDS = 10;
const RENEW_MILLISECONDS = 3_000;
/** Many times what the longest text takes: an engine that drips does not keep a place for ever. */
const WORK_MILLISECONDS = 120_000;
const POLL_MILLISECONDS = 250;
const FIRST_PAUSE_SECONDS = 2;

interface Claimed {
  text_id: string;
  language: string;
  source_language: string;
  title: string | null;
  body: string | null;
  priority: number;
  tries: number;
}

export interface Worker {
  /** Looks at the queue at once. */
  wake(): void;
  close(): Promise<void>;
}

/** Makes wished translations until it is closed. Any number of workers share the queue; a killed one's rows come back with their lease. */
export function startWorker(database: Database, languages: Languages, log: Logger, onReady: () => void): Worker {
  let closed = false;
  const { pause, wake } = createPauses();
  const stop = new AbortController();
  const running = Promise.all(Array.from({ length: AT_ONCE }, () => work()));

  async function work(): Promise<void> {
    while (!closed) {
      const claimed = await claim(database.em(), languages).catch(logged);
      if (claimed) await make(claimed).catch(logged);
      else if (!closed) await pause();
    }
  }

  async function make(claimed: Claimed): Promise<void> {
    const { text_id, language } = claimed;
    const signal = AbortSignal.any([stop.signal, AbortSignal.timeout(WORK_MILLISECONDS)]);
    const renewal = setInterval(
      () => void lease(database.em(), claimed, LEASE_SECONDS).catch(logged),
      RENEW_MILLISECONDS,
    );
    try {
      const made = await languages.translator.translate({ ...requestOf(claimed), signal });
      await store(database.em(), text_id, claimed, made);
      onReady();
    } catch (error) {
      clearInterval(renewal); // a failed one's pause is not to be made longer
      if (closed) return await lease(database.em(), claimed, 0);
      await fail(database.em(), claimed, error);
      log.warn(
        { text: text_id, language, kind: error instanceof EngineError ? error.kind : 'unknown' },
        'a translation failed',
      );
    } finally {
      clearInterval(renewal);
    }
  }

  function logged(error: unknown): null {
    log.error({ error }, 'the translation queue could not be read or written');
    return null;
  }

  return {
    wake,
    close: async () => {
      closed = true;
      stop.abort();
      wake();
      await running;
    },
  };
}

function requestOf({ source_language: source, language: target, title, body, priority }: Claimed) {
  return { source, target, title, body: body ?? '', urgent: priority > 0 };
}

/** Waits between two looks at the queue, cut short by `wake`. */
function createPauses(): { pause(): Promise<void>; wake(): void } {
  const waiting = new Set<() => void>();
  const pause = () =>
    new Promise<void>((resolve) => {
      const end = () => {
        clearTimeout(timer);
        waiting.delete(end);
        resolve();
      };
      const timer = setTimeout(end, POLL_MILLISECONDS);
      waiting.add(end);
    });
  return { pause, wake: () => waiting.forEach((end) => end()) };
}

/** Takes the most wanted translation that somebody can make today, for LEASE_SECONDS. The try counts now: a text that ends its worker is not taken for ever. */
async function claim(em: Em, { translator }: Languages): Promise<Claimed | null> {
  const sources = translator
    .engines()
    .flatMap((engine) => engine.pairs().map((pair) => `${pair.source}>${pair.target}`));
  if (sources.length === 0) return null;
  return row(
    em,
    sql<Claimed>`
      with next as (
        select text_id, language from translation
        where state in ('queued', 'failed') and not human and (lease_until is null or lease_until < now()) and tries < ${TRIES}
          and source_language || '>' || language = any(${sources}::text[])
        order by priority desc, wished_at limit 1 for update skip locked)
      update translation r set lease_until = now() + ${`${LEASE_SECONDS} seconds`}::interval, tries = r.tries + 1
      from next, text t
      where r.text_id = next.text_id and r.language = next.language and not r.human and t.id = r.text_id
      returning r.text_id, r.language, r.source_language, r.priority, r.tries, t.title, t.body`,
  );
}

/** Keeps a claimed translation for itself for some more seconds; with none, gives it back as if it had not been tried. */
async function lease(em: Em, { text_id, language }: Claimed, seconds: number): Promise<void> {
  await rows(
    em,
    sql`update translation set lease_until = now() + ${`${seconds} seconds`}::interval, tries = tries - ${seconds === 0 ? 1 : 0}::int
        where text_id = ${text_id} and language = ${language} and not human and state <> 'ready'`,
  );
}

interface Made {
  title: string | null;
  body: string;
  engine: string;
  via: string | null;
}

/** The words and the line that tells them, together. A text erased or corrected meanwhile has no row left to fill. */
async function store(em: Em, textId: string, { language, source_language }: Claimed, made: Made): Promise<void> {
  await transaction(em, async (inner) => {
    const stored = await rows(
      inner,
      sql`update translation set state = 'ready', title = ${made.title}, body = ${made.body}, engine = ${made.engine}, via = ${made.via},
            ready_at = now(), lease_until = null, failure = null
          where text_id = ${textId} and language = ${language} and not human and state <> 'ready' and source_language = ${source_language}
          returning 1`,
    );
    if (stored.length === 0) return;
    const subject = await row(
      inner,
      sql<SubjectRow>`select s.id, s.kind, s.root_id as "rootId", s.space_id as "spaceId" from subject s join text t on t.subject_id = s.id where t.id = ${textId}`,
    );
    if (subject) await recordAct(inner, 'translated', subject, { textId, language });
  });
}

/** Waits 2, 4, 8 … seconds, or as long as the engine asks. */
async function fail(em: Em, { text_id, language, tries }: Claimed, error: unknown): Promise<void> {
  const kind = error instanceof EngineError ? error.kind : 'unavailable';
  const asked = error instanceof EngineError ? (error.retryAfterMs ?? 0) / 1_000 : 0;
  const seconds = Math.max(asked, FIRST_PAUSE_SECONDS * 2 ** (tries - 1));
  await rows(
    em,
    sql`update translation set state = 'failed', failure = ${kind}, lease_until = now() + ${`${seconds} seconds`}::interval
        where text_id = ${text_id} and language = ${language} and not human and state <> 'ready'`,
  );
}
