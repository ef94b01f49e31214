import { sql } from 'kysely';

import { direction } from '#translation/languages.ts';
import { row, type Em } from '../../platform/db/database.ts';
import { tables } from '../../platform/db/tables.ts';
import { withoutOverrides } from '../../platform/input.ts';
import type { JobData } from '../../platform/jobs.ts';
import type { Mail } from '../../platform/mail/mail.ts';
import type { House } from '../house/house.ts';
import { reasonParagraphs, untilTranslated } from '../notifications/mails.ts';
import { Person } from '../people/person.entity.ts';
import { Subject } from '../subjects/subject.entity.ts';
import { excerpt } from '../texts/markdown.ts';
import { asRead, textColumn, textJoin, type TextRow } from '../texts/texts.reads.ts';

/** The first words of what has no title. */
const QUOTED_CHARACTERS = 80;

/** Tells an author what moderators decided about their words, and why. */
export async function decisionMail(
  { words, settings, kinds }: House,
  em: Em,
  { decision }: JobData,
): Promise<Mail | null> {
  const found = await untilTranslated(() => readDecision(em, String(decision)));
  if (!found) return null;
  const language = found.author_language;
  const t = words.in(language);
  const title = withoutOverrides(found.decided_title ?? excerpt(found.decided_body ?? '', QUOTED_CHARACTERS));
  return {
    to: found.email,
    language,
    dir: direction(language) === 'rtl' ? 'rtl' : 'ltr',
    subject: t(found.type === 'hidden' ? 'mails:hidden.subject' : 'mails:restored.subject'),
    paragraphs: [
      t(found.type === 'hidden' ? 'mails:hidden.body' : 'mails:restored.body', { title }),
      ...reasonParagraphs(found, t),
    ],
    button: {
      words: t('mails:decision.button'),
      url: `${settings.publicUrl}/${language}${kinds.get(found.decided_kind).path({ id: found.decided_id, rootId: found.decided_id })}`,
    },
  };
}

interface DecisionRow extends TextRow {
  type: 'hidden' | 'restored';
  email: string;
  author_language: string;
  decided_id: string;
  decided_kind: string;
  decided_title: string | null;
  decided_body: string | null;
}

async function readDecision(em: Em, id: string): Promise<DecisionRow | null> {
  const author = await tables(em, Subject, Person)
    .selectFrom('subject as s')
    .innerJoin('subject as p', 'p.id', 's.parentId')
    .innerJoin('person as a', 'a.id', 'p.authorId')
    .select(({ fn }) => [fn.coalesce('a.textsLanguage', 'a.interfaceLanguage').as('texts'), 'a.reads'])
    .where('s.id', '=', id)
    .executeTakeFirst();
  if (!author) return null;
  const found = await row(
    em,
    sql<DecisionRow>`select d.type, a.email, a.interface_language as author_language, p.id as decided_id, p.kind as decided_kind, pt.title as decided_title, pt.body as decided_body, ${textColumn}
      from subject s join decision d on d.subject_id = s.id ${textJoin(author.texts)}
      join subject p on p.id = s.parent_id join text pt on pt.id = p.text_id join person a on a.id = p.author_id
      where s.id = ${id} and a.email is not null`,
  );
  return found && asRead(found, author.reads);
}
