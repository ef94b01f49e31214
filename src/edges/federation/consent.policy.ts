import { acts } from '../../services/house/acts.ts';

/** Everybody decides for themselves whether other servers know of them. */
export const consentActs = acts('consent', {
  decide: { who: ['signed in'], limit: { minute: 10, hour: 60 } },
});
