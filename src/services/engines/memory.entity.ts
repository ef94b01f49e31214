import { defineEntity, p } from '@mikro-orm/core';

/** One paragraph an engine has translated. */
export const Memory = defineEntity({
  name: 'Memory',
  tableName: 'memory',
  properties: {
    key: p.text().primary(),
    sourceLanguage: p.text(),
    targetLanguage: p.text(),
    engine: p.text(),
    text: p.text(),
    createdAt: p.datetime(),
  },
});

/** A text that stands on what is remembered: it goes with the last of them. */
export const MemoryUse = defineEntity({
  name: 'MemoryUse',
  tableName: 'memory_use',
  properties: {
    textId: p.uuid().primary(),
    memoryKey: p.text().primary(),
  },
});
