import { createReadStream, readFileSync } from 'node:fs';

import { linesOf } from '../platform/lines.ts';
import type { Reason } from '../services/moderation/flags.ts';

const FOLDER = new URL('../../demo/content/', import.meta.url);

export interface DemoIdea {
  language: string;
  space: string;
  title: string;
  body: string;
  author?: string;
  source?: string;
  publishedAt?: string;
}

export interface DemoComment {
  /** Title of the idea. */
  idea: string;
  author: string;
  language: string;
  body: string;
  alignment?: 'for' | 'against' | 'neutral';
  /** Number of the line that is answered, from 1. */
  replyTo?: number;
}

export interface DemoEvent {
  language: string;
  space: string;
  /** Handle. */
  organizer: string;
  title: string;
  body: string;
  mode: 'in-person' | 'online' | 'hybrid';
  country: string;
  city?: string;
  address?: string;
  url?: string;
  timeZone: string;
  languages: string[];
  capacity?: number;
  /** From today; `start` on the clocks of `timeZone`. */
  day: number;
  start: string;
  minutes: number;
  /** How many registered; more than there are seats wait. */
  guests: number;
  official?: boolean;
  /** The reason. */
  cancelled?: string;
  /** Ideas by their titles. */
  report?: { body: string; attendees: number; ideas: string[]; newIdeas?: { title: string; body: string }[] };
  comments?: { author: string; language: string; body: string }[];
}

export interface FlaggedComment {
  /** Number of the line of the comment, from 1. */
  comment: number;
  author: string;
  reason: Reason;
  language?: string;
  note?: string;
}

export interface DemoTranslation {
  /** Title of the idea. */
  idea: string;
  language: string;
  /** Handle. */
  translator: string;
  title: string;
  body: string;
}

export interface DemoTerm {
  from: string;
  to: string;
  source: string;
  target: string;
}

export interface DemoPerson {
  handle: string;
  name: string;
  language: string;
  reads: string[];
}

export interface ParallelText {
  group: number;
  language: string;
  title: string;
  body: string;
}

/** The demo's own ideas and the real ones, see NOTICE. */
export function readIdeas(): DemoIdea[] {
  return [...readLines<DemoIdea>('ideas.jsonl'), ...readLines<DemoIdea>('real.jsonl')];
}

export const readEvents = (): DemoEvent[] => readLines<DemoEvent>('events.jsonl');

export const readComments = (): DemoComment[] => readLines<DemoComment>('comments.jsonl');

export const readFlags = (): FlaggedComment[] => readLines<FlaggedComment>('flags.jsonl');

export const readTranslations = (): DemoTranslation[] => readLines<DemoTranslation>('translations.jsonl');

export const readGlossaryTerms = (): DemoTerm[] => readLines<DemoTerm>('glossary.jsonl');

export function readPeople(): DemoPerson[] {
  return JSON.parse(readFileSync(new URL('people.json', FOLDER), 'utf8'));
}

/** 14,042 texts, one by one: all at once they would be 30 MB of memory. */
export async function* readParallelTexts(): AsyncGenerator<ParallelText> {
  const lines = linesOf(createReadStream(new URL('parallel.jsonl', FOLDER)));
  for await (const line of lines) if (line) yield JSON.parse(line);
}

function readLines<T>(name: string): T[] {
  return readFileSync(new URL(name, FOLDER), 'utf8')
    .split('\n')
    .filter(Boolean)
    .map((line): T => JSON.parse(line));
}
