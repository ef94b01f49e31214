import { defineEntity, p } from '@mikro-orm/core';

/** Somebody with an account. An erased person is a row of nulls: contributions keep their place, the handle is never given again. */
export const Person = defineEntity({
  name: 'Person',
  tableName: 'person',
  properties: {
    id: p.uuid().primary(),
    handle: p.string().nullable(),
    name: p.string().nullable(),
    email: p.string().nullable(),
    interfaceLanguage: p.string(),
    reads: p.array(),
    showsFirst: p.string().nullable(),
    showsSupport: p.boolean(),
    createdAt: p.datetime(),
    erasedAt: p.datetime().nullable(),
  },
});

export const Role = defineEntity({
  name: 'Role',
  tableName: 'role',
  properties: {
    id: p.uuid().primary(),
    personId: p.uuid(),
    name: p.string(),
    spaceId: p.uuid().nullable(),
  },
});

/** The token is made when the mail is sent and only its SHA-256 is kept: whoever reads the table cannot sign in. */
export const SignInLink = defineEntity({
  name: 'SignInLink',
  tableName: 'sign_in_link',
  properties: {
    id: p.uuid().primary(),
    tokenHash: p.string().nullable(),
    email: p.string(),
    language: p.string(),
    returnTo: p.string(),
    createdAt: p.datetime(),
    expiresAt: p.datetime(),
    usedAt: p.datetime().nullable(),
  },
});

/** `id` is the SHA-256 of the token. `unlimited` lifts the rate limits, for load tests and trusted importers. */
export const ApiToken = defineEntity({
  name: 'ApiToken',
  tableName: 'api_token',
  properties: {
    id: p.string().primary(),
    personId: p.uuid(),
    unlimited: p.boolean(),
    createdAt: p.datetime(),
    revokedAt: p.datetime().nullable(),
  },
});
