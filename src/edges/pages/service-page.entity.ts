import { defineEntity, p } from '@mikro-orm/core';

/** One version of a service page in one language. */
export const ServicePage = defineEntity({
  name: 'ServicePage',
  tableName: 'service_page',
  properties: {
    name: p.text().primary(),
    language: p.text().primary(),
    version: p.integer().primary(),
    body: p.text(),
    writtenBy: p.uuid().nullable(),
    writtenAt: p.datetime().defaultRaw('now()'),
  },
});
