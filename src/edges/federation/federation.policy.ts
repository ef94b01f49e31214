import { acts } from '../../services/house/acts.ts';

/** Who looks after the way other servers and this one get on. */
export const federationActs = acts('federation', {
  look: { who: ['administrator'] },
  block: { who: ['administrator'], limit: { minute: 60 } },
  tryAgain: { who: ['administrator'], limit: { minute: 60 } },
  dismiss: { who: ['administrator'], limit: { minute: 120 } },
});
