import { strict as assert } from 'node:assert';
import { isDeepStrictEqual } from 'node:util';

import { z } from 'zod';

type JsonSchema = z.core.JSONSchema.BaseSchema;

/** The schemas of a description. Those with a name (`.meta({ id })`) stand once, under `components/schemas`, and are referred to. */
export interface Schemas {
  /** The JSON Schema of what a call takes (`input`) or answers (`output`), or a reference to it. */
  of(schema: z.core.$ZodType, io: 'input' | 'output'): JsonSchema;
  /** All that were named, by name. */
  named: Readonly<Record<string, JsonSchema>>;
}

export function createSchemas(): Schemas {
  const named: Record<string, JsonSchema> = {};
  return {
    named,
    of(schema, io) {
      const override = io === 'input' ? forCalls : plainly;
      // zod refers to what lies inside of a schema, not to the schema itself: so it lies inside of a list.
      const list = z.toJSONSchema(z.array(schema), { io, unrepresentable: 'any', override });
      const { items, $defs = {} } = withReferences(list);
      for (const [name, definition] of Object.entries($defs)) {
        assert(isDeepStrictEqual(named[name] ?? definition, definition), `two schemas of the API are named ${name}`);
        named[name] = definition;
      }
      assert(typeof items === 'object' && !Array.isArray(items));
      return items;
    },
  };
}

/** A list knows its definitions under a place of its own; in the description they have another. */
function withReferences(list: JsonSchema): JsonSchema {
  return JSON.parse(JSON.stringify(list).replaceAll('"#/$defs/', '"#/components/schemas/'));
}

interface Written {
  zodSchema: z.core.$ZodTypes;
  jsonSchema: JsonSchema;
}

/** Leaves out what says nothing more: the pattern of a format, and the largest whole numbers of JavaScript. */
function plainly({ jsonSchema }: Written): void {
  if (jsonSchema.format !== undefined) delete jsonSchema.pattern;
  if (jsonSchema.minimum === Number.MIN_SAFE_INTEGER) delete jsonSchema.minimum;
  if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum;
}

/** A field that may be left out is not required, though zod says so of those that are prepared before they are checked. */
function forCalls({ zodSchema, jsonSchema }: Written): void {
  plainly({ zodSchema, jsonSchema });
  if (!(zodSchema instanceof z.ZodObject) || jsonSchema.required === undefined) return;
  const { shape } = zodSchema;
  const required = jsonSchema.required.filter((name) => !shape[name] || !z.safeParse(shape[name], undefined).success);
  if (required.length > 0) jsonSchema.required = required;
  else delete jsonSchema.required;
}
