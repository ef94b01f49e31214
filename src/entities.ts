import { Comment } from './comments/comment.entity.ts';
import { Event } from './events/event.entity.ts';
import { Idea } from './ideas/idea.entity.ts';
import { Decision } from './moderation/decision.entity.ts';
import { ApiToken, Person, Role, SignInLink } from './people/person.entity.ts';
import { Report } from './reports/report.entity.ts';
import { Space } from './spaces/space.entity.ts';
import { Subject } from './subjects/subject.entity.ts';
import { Text, TextCorrection } from './texts/text.entity.ts';
import { Translation } from './translations/translation.entity.ts';

/** Everything that is written through the ORM. */
export const entities = [
  Person,
  Role,
  SignInLink,
  ApiToken,
  Subject,
  Text,
  TextCorrection,
  Translation,
  Space,
  Idea,
  Event,
  Report,
  Comment,
  Decision,
];
