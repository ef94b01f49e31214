import { Comment } from './kinds/comments/comment.entity.ts';
import { Event } from './kinds/events/event.entity.ts';
import { Idea } from './kinds/ideas/idea.entity.ts';
import { Decision } from './services/moderation/decision.entity.ts';
import { ApiToken, Person, Role, SignInLink } from './services/people/person.entity.ts';
import { Report } from './kinds/reports/report.entity.ts';
import { Space } from './kinds/spaces/space.entity.ts';
import { Subject } from './services/subjects/subject.entity.ts';
import { Text, TextCorrection } from './services/texts/text.entity.ts';
import { Translation } from './services/texts/translation.entity.ts';

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
