import type { Visitor } from '../support/browser-like.ts';

const FORM = /<form\b[^>]*? method="post" action="([^"?]*)[^"]*"[^>]*>([^]*?)<\/form>/g;
const FIELD = / name="([^"]+)"/g;

/** What the forms on these pages ask for, by the routes to which they are sent. */
export async function fieldsOfForms(
  visitor: Visitor,
  { pages, routes }: { pages: readonly string[]; routes: readonly string[] },
): Promise<ReadonlyMap<string, ReadonlySet<string>>> {
  const found = new Map<string, Set<string>>(routes.map((route) => [route, new Set()]));
  for (const page of pages) {
    const { text } = await visitor.get(page);
    for (const [, action = '', inside = ''] of text.matchAll(FORM)) {
      const names = found.get(routeOf(`POST ${action}`, routes) ?? '');
      for (const [, name = ''] of inside.matchAll(FIELD)) names?.add(name);
    }
  }
  return found;
}

/** The one with the fewest parameters that takes this request. */
function routeOf(request: string, routes: readonly string[]): string | undefined {
  const parameters = (route: string) => route.split(':').length;
  return routes
    .filter((route) => new RegExp(`^${route.replaceAll(/:\w+/g, '[^/]+')}$`).test(request))
    .toSorted((a, b) => parameters(a) - parameters(b))[0];
}

interface Schema {
  $ref?: string;
  properties?: Record<string, unknown>;
}

interface Operation {
  parameters: { in: string; name: string }[];
  requestBody?: { content: Record<string, { schema: Schema }> };
}

export interface Description {
  paths: Record<string, Record<string, Operation>>;
  components: { schemas: Record<string, Schema> };
}

/** What the description of the API says of a route, `GET /api/v1/ideas/:id`: the names in its query and in its body. */
export function describedBy(
  { paths, components }: Description,
  route: string,
): { query: readonly string[]; body: readonly string[] } {
  const [method = '', path = ''] = route.split(' ');
  const operation = paths[path.replace('/api/v1', '').replaceAll(/:(\w+)/g, '{$1}')]?.[method.toLowerCase()];
  const schema = operation?.requestBody?.content['application/json']?.schema;
  const named = components.schemas[schema?.$ref?.split('/').at(-1) ?? ''];
  const query = (operation?.parameters ?? []).filter((each) => each.in === 'query').map(({ name }) => name);
  return { query, body: Object.keys((named ?? schema)?.properties ?? {}) };
}
