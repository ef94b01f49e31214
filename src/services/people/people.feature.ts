import { forgetOldWindows } from '../../platform/http/rate.ts';
import type { Feature } from '../house/feature.ts';
import { signInMail } from './people.mails.ts';
import { peoplePersonal } from './people.personal.ts';
import { meRoutes } from './me.routes.ts';
import { ApiToken, Person, ReservedHandle, Role, Session, SignInLink } from './person.entity.ts';
import { profileRoutes } from './profile.routes.ts';
import { forgetExpired } from './session.ts';
import { SIGN_IN_MAIL } from './sign-in.ts';
import { signInRoutes } from './sign-in.routes.ts';
import { welcomeRoutes } from './welcome.routes.ts';

/** Persons, roles, sessions, sign-in by mail, tokens. */
export const peopleFeature: Feature = {
  name: 'people',
  entities: [Person, ReservedHandle, Role, Session, SignInLink, ApiToken],
  schedules: [
    { name: 'sessions', cron: '1-59/10 * * * *', run: ({ database }) => forgetExpired(database.em()) },
    { name: 'limits', cron: '23 * * * *', run: ({ database }) => forgetOldWindows(database.em()) },
  ],
  mails: { [SIGN_IN_MAIL]: signInMail },
  pages: (house) => [signInRoutes(house), welcomeRoutes(house), meRoutes(house), profileRoutes(house)],
  personal: peoplePersonal,
};
