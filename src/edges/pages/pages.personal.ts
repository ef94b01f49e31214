import type { PersonalData } from '../../services/house/personal.ts';

/** These words are the platform's: who wrote them is known as long as they are here. */
export const pagesPersonal: PersonalData = {
  service_page: {
    personal: { written_by: { exported: false, erasure: 'anonymize' } },
    impersonal: ['name', 'language', 'version', 'body', 'written_at'],
  },
};
