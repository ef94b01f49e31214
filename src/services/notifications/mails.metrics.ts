import { Counter } from 'prom-client';

import type { Mailer } from '../../platform/mail/mail.ts';
import type { Metrics } from '../../platform/metrics.ts';

/** How mails went: `failed` ones are tried again, `refused` ones are not. */
export function mailMetrics(mailer: Mailer | null): Metrics {
  return {
    register(registry) {
      const mails = new Counter({
        name: 'polyphony_mails_total',
        help: 'Mails that this process sent, that failed for now, and that the mail server refused for good',
        labelNames: ['result'] as const,
        registers: [registry],
      });
      return {
        read: async () => {
          mails.reset();
          for (const [result, count] of Object.entries(mailer?.counts ?? {})) mails.inc({ result }, count);
        },
      };
    },
  };
}
