import { defineEntity, p } from '@mikro-orm/core';

/** The keys with which an actor of this server signs; the private half is sealed with SECRET. The highest version signs. */
export const ActorKey = defineEntity({
  name: 'ActorKey',
  tableName: 'actor_key',
  properties: {
    actor: p.text().primary(),
    version: p.integer().primary(),
    publicPem: p.text(),
    sealed: p.text(),
    createdAt: p.datetime().defaultRaw('now()'),
  },
});

/** Another server, by its host and, where it is not the usual one, its port. */
export const Neighbour = defineEntity({
  name: 'Neighbour',
  tableName: 'neighbour',
  properties: {
    host: p.text().primary(),
    state: p.enum(['known', 'allowed', 'held', 'blocked']).default('known'),
    firstSeenAt: p.datetime().defaultRaw('now()'),
    lastInAt: p.datetime().nullable(),
    lastOutAt: p.datetime().nullable(),
    /** Deliveries that failed in a row. */
    failures: p.integer().default(0),
    nextTryAt: p.datetime().nullable(),
    lastFailure: p.text().nullable(),
  },
});

/** A person, a group or a program of another server, as it was fetched last. */
export const RemoteActor = defineEntity({
  name: 'RemoteActor',
  tableName: 'remote_actor',
  properties: {
    uri: p.text().primary(),
    host: p.text(),
    type: p.text(),
    handle: p.text(),
    name: p.text(),
    inbox: p.text(),
    sharedInbox: p.text().nullable(),
    url: p.text().nullable(),
    /** They want to be found by searches (FEP-5feb). */
    indexable: p.boolean().default(false),
    fetchedAt: p.datetime().defaultRaw('now()'),
    goneAt: p.datetime().nullable(),
  },
});

/** Who elsewhere follows which actor of this server. */
export const Follower = defineEntity({
  name: 'Follower',
  tableName: 'follower',
  properties: {
    actor: p.text().primary(),
    follower: p.text().primary(),
    /** With which they asked: taking that back ends it. */
    activity: p.text(),
    since: p.datetime().defaultRaw('now()'),
  },
});

/** What other servers were told of, and whether they were told that it is gone. */
export const ToldSubject = defineEntity({
  name: 'ToldSubject',
  tableName: 'told_subject',
  properties: {
    subjectId: p.uuid().primary(),
    uri: p.text(),
    type: p.text(),
    /** Who told it: nobody else may take it back. */
    actor: p.text(),
    toldAt: p.datetime().defaultRaw('now()'),
    deletedAt: p.datetime().nullable(),
  },
});

/** Subjects of which other servers may not have the last word, and when that is looked at. */
export const DueTelling = defineEntity({
  name: 'DueTelling',
  tableName: 'due_telling',
  properties: {
    subjectId: p.uuid().primary(),
    dueAt: p.datetime(),
  },
});

/** What an actor of this server said. */
export const SentActivity = defineEntity({
  name: 'SentActivity',
  tableName: 'sent_activity',
  properties: {
    id: p.uuid().primary(),
    actor: p.text(),
    type: p.text(),
    subjectId: p.uuid().nullable(),
    /** Its keys keep their order: in maps of languages the original comes first. */
    body: p.json<Record<string, unknown>>().columnType('json'),
    /** It stands in the actor's outbox: answers to one person do not. */
    isListed: p.boolean(),
    at: p.datetime().defaultRaw('now()'),
  },
});

/** An activity on its way to one inbox. The row is the queue: it goes when it has arrived, or when nobody tries any more. */
export const Delivery = defineEntity({
  name: 'Delivery',
  tableName: 'delivery',
  properties: {
    id: p.bigint('number').primary().autoincrement(),
    activityId: p.uuid(),
    inbox: p.text(),
    host: p.text(),
    tries: p.smallint().default(0),
    dueAt: p.datetime().defaultRaw('now()'),
    leaseUntil: p.datetime().nullable(),
    failure: p.text().nullable(),
  },
});

/** Somebody elsewhere who wants a seat, as they asked: the answer quotes it. */
export const RemoteJoin = defineEntity({
  name: 'RemoteJoin',
  tableName: 'remote_join',
  properties: {
    eventId: p.uuid().primary(),
    personId: p.uuid().primary(),
    body: p.json<Record<string, unknown>>(),
    answeredAt: p.datetime().nullable(),
  },
});

/** What came in, once an id. The words of what was set aside are kept for the administrator. */
export const ReceivedActivity = defineEntity({
  name: 'ReceivedActivity',
  tableName: 'received_activity',
  properties: {
    uri: p.text().primary(),
    actor: p.text(),
    host: p.text(),
    type: p.text(),
    state: p.enum(['done', 'ignored', 'set aside']),
    reason: p.text().nullable(),
    body: p.json<Record<string, unknown>>().nullable(),
    at: p.datetime().defaultRaw('now()'),
  },
});
