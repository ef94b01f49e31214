import { defineEntity, p } from '@mikro-orm/core';

/** Somebody with an account. An erased person is a row of nulls: contributions keep their place, the handle is never given again. */
export const Person = defineEntity({
  name: 'Person',
  tableName: 'person',
  properties: {
    id: p.uuid().primary(),
    handle: p.text().nullable(),
    name: p.text().nullable(),
    email: p.text().nullable(),
    interfaceLanguage: p.text(),
    /** Of what others write; null for that of the page. */
    textsLanguage: p.text().nullable(),
    reads: p.array().default([]),
    showsFirst: p.enum(['translation', 'original']).nullable(),
    showsSupport: p.boolean().default(false),
    /** Of somebody of another server: their address there, and its host. They cannot sign in. */
    uri: p.text().nullable(),
    host: p.text().nullable(),
    /** Known to other servers, with what they write; null for who was not asked yet, which means no. */
    federated: p.boolean().nullable(),
    createdAt: p.datetime(),
    /** Kept out by an administrator. */
    blockedAt: p.datetime().nullable(),
    erasedAt: p.datetime().nullable(),
  },
});

/** Every handle that was ever given or may not be. */
export const ReservedHandle = defineEntity({
  name: 'ReservedHandle',
  tableName: 'reserved_handle',
  properties: {
    handle: p.text().primary(),
  },
});

export const Role = defineEntity({
  name: 'Role',
  tableName: 'role',
  properties: {
    id: p.uuid().primary(),
    personId: p.uuid(),
    name: p.enum(['organizer', 'moderator', 'secretariat', 'administrator']),
    spaceId: p.uuid().nullable(),
  },
});

/** Of the key in the cookie only the SHA-256 is kept, as `id`. */
export const Session = defineEntity({
  name: 'Session',
  tableName: 'session',
  properties: {
    id: p.text().primary(),
    personId: p.uuid().nullable(),
    data: p.json<Record<string, unknown>>(),
    createdAt: p.datetime().defaultRaw('now()'),
    /** The last visit, within ten minutes. */
    seenAt: p.datetime().defaultRaw('now()'),
    expiresAt: p.datetime(),
  },
});

/** The token is made when the mail is sent and only its SHA-256 is kept: a reader of the table cannot sign in. */
export const SignInLink = defineEntity({
  name: 'SignInLink',
  tableName: 'sign_in_link',
  properties: {
    id: p.uuid().primary(),
    tokenHash: p.text().nullable(),
    email: p.text(),
    language: p.text(),
    returnTo: p.text(),
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
    id: p.text().primary(),
    personId: p.uuid(),
    unlimited: p.boolean().default(false),
    createdAt: p.datetime(),
    revokedAt: p.datetime().nullable(),
  },
});
