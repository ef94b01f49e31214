import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';

interface Description {
  paths: Record<
    string,
    Record<string, { responses: Record<string, { content?: Record<string, { schema: object }> }> }>
  >;
  components: { schemas: { Problem: object } };
}

interface Described {
  /** Null when this answer has no body. */
  validate: ValidateFunction | null;
}

const known = new Map<string, Promise<(method: string, path: string, status: number) => Described>>();

/** Throws when an answer is not what `/openapi.json` of that server describes: an unknown path, status, or another shape. */
export async function checkAnswer(
  url: string,
  { method, path, status, body }: { method: string; path: string; status: number; body: unknown },
): Promise<void> {
  let found = known.get(url);
  if (!found) known.set(url, (found = load(url)));
  const { validate } = (await found)(method.toLowerCase(), path.split('?')[0] ?? path, status);
  if (validate === null) {
    if (body !== null) throw new Error(`${method} ${path} ${status}: a body that is not described`);
    return;
  }
  if (!validate(body))
    throw new Error(
      `${method} ${path} ${status} is not as described: ${JSON.stringify(validate.errors)} in ${JSON.stringify(body).slice(0, 500)}`,
    );
}

async function load(url: string) {
  const description: Description = await (await fetch(`${url}/openapi.json`)).json();
  const ajv = new Ajv2020({ strict: false });
  addFormats.default(ajv);
  const { components } = description;
  // References lead from the top of the document to its components.
  const compile = (schema: object) => ajv.compile({ ...schema, components });
  const compiled = new Map<string, Described>();
  const patterns = Object.keys(description.paths).map((path) => ({
    path,
    pattern: new RegExp(`^${path.replaceAll(/\{\w+\}/g, '[^/]+')}$`),
  }));
  // A fixed path is more exact than one with a parameter in the same place.
  patterns.sort((a, b) => a.path.split('{').length - b.path.split('{').length);

  return (method: string, path: string, status: number): Described => {
    const template = patterns.find(
      ({ path: each, pattern }) => pattern.test(path) && description.paths[each]?.[method],
    )?.path;
    if (!template) return { validate: compile(components.schemas.Problem) };
    const key = `${method} ${template} ${status}`;
    const done = compiled.get(key);
    if (done) return done;
    const answer = description.paths[template]?.[method]?.responses[String(status)];
    if (!answer) throw new Error(`${key} is not described`);
    const [content] = Object.entries(answer.content ?? {});
    const described = { validate: content ? compile(content[1].schema) : null };
    compiled.set(key, described);
    return described;
  };
}
