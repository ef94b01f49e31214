import { postComment } from '../../src/kinds/comments/comments.ts';
import { setEndorsement } from '../../src/kinds/endorsements/endorsements.ts';
import { announceEvent, cancelEvent } from '../../src/kinds/events/events.ts';
import { register, unregister } from '../../src/kinds/registrations/registrations.ts';
import { ideaActs } from '../../src/kinds/ideas/ideas.policy.ts';
import { editIdea, postIdea } from '../../src/kinds/ideas/ideas.ts';
import { decide } from '../../src/services/moderation/moderation.ts';
import { findActorByToken } from '../../src/services/people/people.ts';
import { HttpError } from '../../src/platform/http/errors.ts';
import type { Person } from '../../src/platform/person.ts';
import { publishReport } from '../../src/kinds/reports/reports.ts';
import { withdraw } from '../../src/services/texts/contributions.ts';
import { correctLanguage } from '../../src/services/texts/texts.ts';
import { momentIn } from './moments.ts';
import type { TestPlatform } from './polyphony.ts';
import type { Random } from './random.ts';

export const LANGUAGES = ['en', 'es', 'pt', 'ar', 'fr', 'de', 'it', 'pl', 'el', 'fi'];
const CLOCKS = ['Europe/Rome', 'Europe/Lisbon', 'Asia/Nicosia', 'America/Martinique', 'Indian/Reunion'];
const MODES = ['in-person', 'online', 'hybrid'] as const;

/** Everything that acts at random need to know. */
export interface Play {
  polyphony: TestPlatform;
  random: Random;
  mondays: readonly Temporal.PlainDate[];
  people: readonly Person[];
  spaces: readonly string[];
  ideas: { id: string; author: Person }[];
  comments: { id: string; idea: string }[];
  /** Their organizer, and whether they are over. */
  events: { id: string; author: Person; past: boolean }[];
}

/** Forty people, who read in ten languages; a quarter of them organize, a tenth moderate. */
export async function gather(polyphony: TestPlatform): Promise<Person[]> {
  const people: Person[] = [];
  for (let number = 0; number < 40; number++) {
    const roles = [
      ...(number % 4 === 0 ? (['organizer'] as const) : []),
      ...(number % 10 === 0 ? (['moderator'] as const) : []),
    ];
    const { token } = await polyphony.person(`Person ${number}`, { language: LANGUAGES[number % 10] ?? 'en', roles });
    const person = await findActorByToken(polyphony.em(), token);
    if (person) people.push(person);
  }
  return people;
}

/** Something of everything, so that there is always something to act on. */
export async function begin(play: Play): Promise<void> {
  for (let count = 0; count < 10; count++) {
    await post(play);
    await announce(play);
    await comment(play);
  }
  while ([true, false].some((past) => !play.events.some((event) => event.past === past))) await announce(play);
}

/** One act through the product’s own operations, dated into one of the weeks. False when it was refused. */
export async function act(play: Play): Promise<boolean> {
  const acts = [
    post,
    post,
    comment,
    comment,
    comment,
    reply,
    support,
    support,
    support,
    takeBack,
    change,
    correct,
    takeAway,
    hide,
    restore,
  ];
  const meetings = [announce, announce, join, join, leave, cancel, report, report];
  try {
    await play.random.pick([...acts, ...meetings])(play);
    return true;
  } catch (error) {
    if (error instanceof HttpError) return false;
    throw error;
  }
}

async function post(play: Play): Promise<void> {
  const { polyphony, random, people, spaces } = play;
  const author = random.pick(people);
  const posting = {
    space: { id: random.pick(spaces) },
    input: { ...words(play), place: null },
    interfaceLanguage: 'en',
  };
  const id = await postIdea(polyphony.em(), polyphony.running.house.languages, author, posting);
  play.ideas.push({ id, author });
  await date(play, 'subject', id);
}

const words = ({ random, ideas }: Play) => ({
  title: `Title ${ideas.length} ${random.below(1e9)}`,
  body: `Words ${random.below(1e9)}`,
  language: random.pick(LANGUAGES),
});

/** On an idea or, now and then, on an event. */
async function comment(play: Play, parent: string | null = null, about = aboutOf(play)): Promise<void> {
  const { polyphony, random, people } = play;
  const { languages } = polyphony.running.house;
  const input = { body: words(play).body, alignment: random.pick(['for', 'against', 'neutral'] as const), parent };
  const person = random.pick(people);
  const commenting = { id: about, input, interfaceLanguage: person.interfaceLanguage };
  const id = await postComment(polyphony.em(), { languages, kinds: polyphony.running.house.kinds, person }, commenting);
  play.comments.push({ id, idea: about });
  await date(play, 'subject', id);
}

const aboutOf = ({ random, ideas, events }: Play): string =>
  events.length > 0 && random.chance(0.2) ? random.pick(events).id : random.pick(ideas).id;

async function reply(play: Play): Promise<void> {
  const { id, idea } = play.random.pick(play.comments);
  await comment(play, id, idea);
}

async function support(play: Play, supports = true): Promise<void> {
  const { polyphony, random, people, ideas } = play;
  const { id } = random.pick(ideas);
  const person = random.pick(people);
  await setEndorsement(polyphony.em(), polyphony.running.house.kinds, person, { id, supports });
  await date(play, 'endorsement', id, person.id);
}

const takeBack = (play: Play): Promise<void> => support(play, false);

/** Into other words, often into another language. */
async function change(play: Play): Promise<void> {
  const { polyphony, random, ideas } = play;
  const { id, author } = random.pick(ideas);
  const [found] = await polyphony
    .em()
    .getConnection()
    .execute('select max(version) as version from text where subject_id = ?', [id]);
  const edit = { id, version: Number(found?.version), input: { ...words(play), place: null }, interfaceLanguage: 'en' };
  await editIdea(polyphony.em(), polyphony.running.house.languages, author, edit);
}

async function correct(play: Play): Promise<void> {
  const { polyphony, random, ideas } = play;
  const { id, author } = random.pick(ideas);
  const [found] = await polyphony.em().getConnection().execute('select text_id from subject where id = ?', [id]);
  const correction = { textId: String(found?.text_id), language: random.pick(LANGUAGES) };
  await correctLanguage(polyphony.em(), polyphony.running.house.languages, author, correction);
}

async function takeAway({ polyphony, random, ideas }: Play): Promise<void> {
  const { id, author } = random.pick(ideas);
  await withdraw(polyphony.em(), author, { id, act: ideaActs.withdraw });
}

async function hide(play: Play, type: 'hidden' | 'restored' = 'hidden'): Promise<void> {
  const { polyphony, random, people, ideas, comments, events } = play;
  const { languages, jobs } = polyphony.running.house;
  const { id } = random.pick([...ideas, ...comments, ...events]);
  const judgement = { id, type, reason: 'For a reason.', interfaceLanguage: 'en' };
  await decide(
    polyphony.em(),
    { languages, kinds: polyphony.running.house.kinds, jobs },
    people[0] ?? random.pick(people),
    judgement,
  );
}

const restore = (play: Play): Promise<void> => hide(play, 'restored');

async function announce(play: Play): Promise<void> {
  const { polyphony, random, people, spaces, mondays } = play;
  const { languages, jobs } = polyphony.running.house;
  const past = random.chance(0.7);
  const now = Date.now();
  const endsAt = past
    ? momentIn(mondays, random, new Date(now - 600_000))
    : new Date(now + 600_000 + random.below(30 * 86_400_000));
  const person = random.pick(people.filter(({ roles }) => roles.some(({ name }) => name === 'organizer')));
  const input = {
    ...words(play),
    ...{
      startsAt: new Date(endsAt.getTime() - 7_200_000),
      endsAt,
      timeZone: random.pick(CLOCKS),
      mode: random.pick(MODES),
    },
    ...{
      country: null,
      address: null,
      latitude: null,
      longitude: null,
      url: null,
      onlineUrlFor: 'everyone' as const,
      allDay: false,
      languages: [],
      capacity: random.pick([null, 2]),
    },
  };
  const announcement = { space: { id: random.pick(spaces) }, input, interfaceLanguage: 'en' };
  const id = await announceEvent(polyphony.em(), { languages, jobs, person }, announcement);
  play.events.push({ id, author: person, past });
  await date(play, 'subject', id);
}

async function join(play: Play): Promise<void> {
  const { polyphony, random, people, events } = play;
  const { id } = random.pick(events.filter(({ past }) => !past));
  const person = random.pick(people);
  await register(polyphony.em(), polyphony.running.house.jobs, person, id);
  await date(play, 'registration', id, person.id);
}

async function leave({ polyphony, random, people, events }: Play): Promise<void> {
  const { id } = random.pick(events.filter(({ past }) => !past));
  await unregister(polyphony.em(), polyphony.running.house.jobs, random.pick(people), id);
}

async function cancel({ polyphony, random, events }: Play): Promise<void> {
  const { languages, jobs } = polyphony.running.house;
  const { id, author } = random.pick(events.filter(({ past }) => !past));
  const cancelling = { id, reason: 'Nobody comes.', interfaceLanguage: 'en' };
  await cancelEvent(polyphony.em(), { languages, jobs, person: author }, cancelling);
}

/** The first, or its next version. */
async function report(play: Play): Promise<void> {
  const { polyphony, random, events } = play;
  const { languages } = polyphony.running.house;
  const { id: eventId, author: person } = random.pick(events.filter(({ past }) => past));
  const input = { ...words(play), attendees: random.below(300), ideas: [], newIdeas: [] };
  const { id } = await publishReport(
    polyphony.em(),
    { languages, person },
    { eventId, input, interfaceLanguage: 'en' },
  );
  await date(play, 'subject', id);
}

const DATED = {
  subject: { key: 'id', moment: 'published_at' },
  endorsement: { key: 'subject_id', moment: 'created_at' },
  registration: { key: 'event_id', moment: 'created_at' },
};

/** Moves an act from now into one of the weeks: a subject, or what a person did on it. */
async function date(play: Play, table: keyof typeof DATED, id: string, person?: string): Promise<void> {
  const { polyphony, random, mondays } = play;
  const { key, moment } = DATED[table];
  const values = [momentIn(mondays, random, new Date()), id, ...(person ? [person] : [])];
  const query = `update ${table} set ${moment} = ? where ${key} = ?${person ? ' and person_id = ?' : ''}`;
  await polyphony.em().getConnection().execute(query, values);
}
