import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { startPolyphony, type TestPlatform } from './support/polyphony.ts';

interface Schema {
  $ref?: string;
  description?: string;
  properties?: Record<string, Schema>;
  required?: string[];
}

interface Row {
  tags: string[];
  summary: string;
  operationId: string;
  security: Record<string, unknown>[];
  parameters: { name: string; description?: string }[];
  requestBody?: { content: Record<string, { schema: Schema }> };
  responses: Record<string, { content?: Record<string, { schema: Schema }> }>;
}

interface Description {
  tags: { name: string }[];
  paths: Record<string, Record<string, Row>>;
  components: { schemas: Record<string, Schema> };
}

let polyphony: TestPlatform;
let description: Description;
let text: string;
let rows: { method: string; path: string; row: Row }[];
beforeAll(async () => {
  polyphony = await startPolyphony();
  text = await (await fetch(`${polyphony.url}/openapi.json`)).text();
  description = JSON.parse(text);
  rows = Object.entries(description.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, row]) => ({ method, path, row })),
  );
});
afterAll(() => polyphony.stop());

const needsPerson = ({ security }: Row): boolean => security.every((way) => 'token' in way);

describe('the description of the API', () => {
  test('tells of every row whose it is and what it is for, each by a name of its own', () => {
    const features = description.tags.map(({ name }) => name);
    for (const { method, path, row } of rows) {
      expect(features, `${method} ${path}`).toContain(row.tags[0]);
      expect(row.summary, `${method} ${path}`).not.toBe('');
    }
    const ids = rows.map(({ row }) => row.operationId);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids).toEqual(
      expect.arrayContaining(['getIdeas', 'postSpacesSlugIdeas', 'putEventsIdReport', 'getActivity']),
    );
  });

  test('says of every field and parameter what it means', () => {
    const { schemas } = description.components;
    const fields = Object.entries(schemas).flatMap(([name, { properties = {} }]) =>
      Object.entries(properties).map(([field, schema]) => ({ name: `${name}.${field}`, schema })),
    );
    const meant = ({ $ref, description: own }: Schema) => own ?? schemas[$ref?.split('/').at(-1) ?? '']?.description;
    expect(fields.length).toBeGreaterThan(100);
    expect(fields.filter(({ schema }) => !meant(schema)).map(({ name }) => name)).toEqual([]);
    const parameters = rows.flatMap(({ row, path }) => row.parameters.map((each) => ({ ...each, path })));
    expect(parameters.filter((each) => !each.description)).toEqual([]);
  });

  test('names what comes back more than once, and every reference leads somewhere', () => {
    for (const name of ['Idea', 'Event', 'Comment', 'Report', 'Space', 'Text', 'Translation', 'IdeaInput', 'Problem'])
      expect(Object.keys(description.components.schemas)).toContain(name);
    const references = [...text.matchAll(/"\$ref":"#\/components\/schemas\/(\w+)"/g)].map(([, name]) => name);
    expect(references.length).toBe(text.split('"$ref"').length - 1);
    expect(Object.keys(description.components.schemas)).toEqual(expect.arrayContaining(references));
    const get = description.paths['/ideas/{id}']?.['get'];
    expect(get?.responses['200']?.content?.['application/json']?.schema).toEqual({ $ref: '#/components/schemas/Idea' });
  });

  test('asks for no field that may be left out', () => {
    const { EventInput, IdeaInput, IdeaChanges } = description.components.schemas;
    expect(IdeaInput?.required).toEqual(['title', 'body']);
    expect(EventInput?.required).toEqual(['title', 'body', 'startsAt', 'endsAt', 'timeZone', 'mode']);
    expect(IdeaChanges?.required).toBeUndefined();
  });

  test('knows which rows need a person', async () => {
    const wrong: string[] = [];
    for (const { method, path, row } of rows) {
      const address = path.replaceAll(/\{\w+\}/g, '019a5b7c-3f1e-7a61-9a53-5d2c8f0e4b17');
      const { status } = await fetch(`${polyphony.url}/api/v1${address}`, { method: method.toUpperCase() });
      const isRefused = status === 401 || (row.requestBody && status === 422);
      if (needsPerson(row) ? !isRefused : status === 401) wrong.push(`${method} ${path}: ${status}`);
    }
    expect(rows.filter(({ row }) => needsPerson(row)).length).toBeGreaterThan(15);
    expect(wrong).toEqual([]);
  });
});
