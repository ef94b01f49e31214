import type { ApiPerson, TestPlatform } from './polyphony.ts';
import { inMail, interfaceLanguages } from './words.ts';

const TITLE = 'Assemblea sui treni notturni';

/** An event that an organizer announces, with so many seats; null for as many as come. */
export async function announceEvent(organizer: ApiPerson, capacity: number | null, more: object = {}): Promise<string> {
  const { status, body } = await organizer.api('POST', '/spaces/climate/events', {
    title: TITLE,
    body: 'Parliamo insieme dei treni notturni tra le capitali europee.',
    language: 'it',
    startsAt: '2031-10-04T18:00',
    endsAt: '2031-10-04T20:30',
    timeZone: 'Europe/Rome',
    mode: 'hybrid',
    address: 'Sala Borsa',
    capacity,
    ...more,
  });
  if (status !== 201) throw new Error(`The event was answered by ${status}.`);
  return body.id;
}

export const come = async (person: ApiPerson, id: string) =>
  (await person.api('PUT', `/events/${id}/registration`)).body;
export const stay = (person: ApiPerson, id: string) => person.api('DELETE', `/events/${id}/registration`);

const WELCOMES = (['registered', 'waiting'] as const).flatMap((topic) =>
  interfaceLanguages.map((language) => inMail(language, `mails:${topic}.hint`)),
);
const isWelcome = ({ text = '' }: { text?: string | undefined }) => WELCOMES.some((words) => text.includes(words));

/** The mail to this person about this event, after the one that says that they are registered; earlier ones were about others. */
export async function mailAbout({ mails }: TestPlatform, id: string, address: string, { welcome = false } = {}) {
  for (;;) {
    const mail = await mails.next(address);
    if (mail.text?.includes(id) && isWelcome(mail) === welcome) return mail;
  }
}

/** All of them. */
export const mailsAbout = ({ mails }: TestPlatform, id: string) =>
  mails.received.filter((mail) => mail.text?.includes(id) && !isWelcome(mail));
