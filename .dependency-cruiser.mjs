// Who may import whom. The folders of `src/` are the layers; each knows those below it.
const LAYERS = ['platform', 'services', 'kinds', 'edges', 'commands', 'demo'];

/** Folders of `src/` that are no layer would be checked by no rule. */
export const layers = LAYERS;

const folders = (...names) => `^src/(?:${names.join('|')})/`;
const STARTERS = ['demo', 'commands'];
/** `$1` is the folder of a feature. */
const FEATURE = '^src/([a-z]+/[^/]+)/';
const TOP = '^src/[^/]+[.]ts$';
const LIST_OF_COMMANDS = '(?:[.]|^src/commands/)commands[.]ts$';
const DATABASE = 'node_modules/(?:kysely|pg|pg-boss|@mikro-orm|@electric-sql|socket[.]io)/';

/** @returns {import('dependency-cruiser').IForbiddenRuleType} */
const rule = (name, comment, from, to) => ({ name, comment, severity: 'error', from, to });

/** @type {import('dependency-cruiser').IConfiguration} */
export default {
  forbidden: [
    rule('no-circles', 'Two files that need each other are one file, or miss a third.', {}, { circular: true }),
    {
      ...rule(
        'no-folder-circles',
        'Two folders that need each other are one, or miss a third.',
        {},
        { circular: true },
      ),
      scope: 'folder',
    },
    rule('no-ghosts', 'An import that leads nowhere is not checked by any other rule.', {}, { couldNotResolve: true }),

    rule(
      'platform-knows-no-feature',
      'The platform carries every feature and names none; it knows words, and the library of languages.',
      { path: folders('platform') },
      {
        path: '^(?:src|translation|locales|tests|public|demo)/',
        pathNot: [folders('platform'), '^(?:translation|locales)/'],
      },
    ),
    rule(
      'services-know-no-kind',
      'A service serves kinds of subject it cannot name.',
      { path: folders('services') },
      { path: [folders('kinds', 'edges', ...STARTERS), TOP] },
    ),
    rule(
      'kinds-know-no-edge',
      'Edges read content; kinds do without them.',
      { path: folders('kinds') },
      { path: [folders('edges', ...STARTERS), TOP] },
    ),
    rule(
      'edges-are-read-by-nobody',
      'An edge can be taken away. Home shows what other edges have, and the secretariat reads the figures of the statistics.',
      { path: FEATURE, pathNot: '^src/edges/(?:home|secretariat)/' },
      { path: folders('edges'), pathNot: '^src/$1/' },
    ),
    rule(
      'edges-start-nothing',
      'Features are put together in house.ts and app.ts, and started by start.ts.',
      { path: folders('edges') },
      { path: [folders(...STARTERS), TOP] },
    ),

    rule(
      'routes-belong-to-the-manifest',
      'What answers to an address is named in the manifest of its feature alone.',
      { pathNot: '[.]feature[.]ts$' },
      { path: '^src/.*[.](?:routes|api)[.]ts$' },
    ),
    rule(
      'commands-are-listed',
      'What answers to an operator is named in the list of its feature alone, and that list in commands.ts.',
      { pathNot: LIST_OF_COMMANDS },
      { path: ['[.]command[.]ts$', '[.]commands[.]ts$'] },
    ),
    rule(
      'commands-load-when-typed',
      'Whoever types one command waits for no other: import() in its line of the list loads it.',
      { path: [LIST_OF_COMMANDS, '^src/commands/(?:polyphony|operator)[.]ts$'] },
      {
        pathNot: [LIST_OF_COMMANDS, '^src/commands/operator[.]ts$', '^src/platform/compiled[.]ts$'],
        dynamic: false,
        dependencyTypesNot: ['type-only'],
      },
    ),
    rule(
      'manifests-are-listed',
      'What a feature brings along is read from the list in features.ts.',
      { pathNot: '^src/features[.]ts$' },
      { path: '[.]feature[.]ts$' },
    ),
    ...[
      { from: { path: FEATURE, pathNot: '^src/edges/secretariat/' }, own: ['^src/$1/'] },
      { from: { path: ['^src/(?:commands|demo)/', TOP] }, own: [] },
    ].map(({ from, own }) =>
      rule(
        'features-have-a-front-door',
        'Another feature is entered by x/x.ts, its reads, its index, its views, its policy, its mails or an entity; the rest is its own affair.',
        from,
        {
          path: folders('kinds', 'edges'),
          pathNot: [
            ...own,
            '^src/[^/]+/([^/]+)/\\1(?:[.](?:reads|index|views|policy))?[.]ts$',
            '[.](?:entity|routes|api|mails|feature|commands)[.]ts$',
          ],
        },
      ),
    ),
    rule(
      'pages-of-a-service-are-its-own',
      'Pieces for other pages stand in x/x.views.ts; the site is there for everybody.',
      { path: FEATURE },
      {
        path: '^src/.*[.]views[.]ts$',
        pathNot: ['^src/$1/', '^src/[^/]+/([^/]+)/\\1[.]views[.]ts$', '^src/services/site/', folders('kinds', 'edges')],
      },
    ),

    rule(
      'views-are-pure',
      'A view gets values and gives HTML: no query, no job, no socket, no settings, no file.',
      { path: '[.]views[.]ts$' },
      {
        path: [
          '^src/platform/(?:db|activity|mail)/',
          '^src/platform/http/(?!errors[.]ts$)',
          '^src/platform/(?:jobs|settings|platform|log)[.]ts$',
          '^src/services/live/',
          '[.](?:routes|api)[.]ts$',
          DATABASE,
          '^(?:node:)?(?:fs|net|http|child_process|timers)(?:/|$)',
        ],
      },
    ),
    rule(
      'views-read-nothing',
      'Of reads and entities a view knows the types.',
      { path: '[.]views[.]ts$' },
      { path: '[.](?:reads|entity)[.]ts$', dependencyTypesNot: ['type-only'] },
    ),

    rule(
      'translation-stands-alone',
      'The library knows neither our database nor our pages.',
      { path: '^translation/' },
      { path: ['^(?:src|locales|tests|public|migrations|demo)/', DATABASE, 'node_modules/@?koa'] },
    ),
    rule(
      'browser-code-is-served-as-it-is',
      'No build: a browser can only fetch what lies in public/.',
      { path: '^public/js/' },
      { pathNot: '^public/' },
    ),
    rule(
      'migrations-stay-as-they-were',
      'A migration that imports today’s code changes with it.',
      { path: '^(?:migrations|locales)/' },
      { path: '^(?:src|translation|tests|public|demo)/' },
    ),
    rule(
      'tests-are-not-shipped',
      'Nothing that runs for people depends on what runs for us.',
      { path: '^(?:src|translation|migrations|public)/' },
      { path: ['^tests/', '^demo/.*[.]ts$'] },
    ),
    rule(
      'development-stays-home',
      'Installed with --omit=dev, a platform misses these.',
      { path: '^(?:src|translation|migrations)/' },
      { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'] },
    ),
  ],
  options: {
    // Its reader of TypeScript needs version 6 or less; swc reads ours, types included.
    parser: 'swc',
    tsPreCompilationDeps: true,
    // Tests may import what they like.
    doNotFollow: { path: ['node_modules', '^tests/', '^public/vendor/'] },
    exclude: { path: '^public/vendor/' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'node', 'default', 'types'] },
  },
};
