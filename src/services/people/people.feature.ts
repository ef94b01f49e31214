import type { Feature } from '../house/feature.ts';
import { signInMail } from './people.mails.ts';
import { peoplePersonal } from './people.personal.ts';
import { peopleRoutes } from './people.routes.ts';
import { ApiToken, Person, ReservedHandle, Role, Session, SignInLink } from './person.entity.ts';
import { personCommand } from './person.command.ts';
import { profileRoutes } from './profile.routes.ts';
import { SIGN_IN_MAIL } from './sign-in.ts';

/** Persons, roles, sessions, sign-in by mail, tokens. */
export const peopleFeature: Feature = {
  name: 'people',
  entities: [Person, ReservedHandle, Role, Session, SignInLink, ApiToken],
  mails: { [SIGN_IN_MAIL]: signInMail },
  pages: (house) => [peopleRoutes(house), profileRoutes(house)],
  commands: { person: personCommand },
  personal: peoplePersonal,
};
