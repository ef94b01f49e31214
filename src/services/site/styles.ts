/** The files of `public/css`, in the order in which later ones may overrule earlier ones; served as one. */
export const STYLES =
  'tokens fonts base layout components buttons forms figures masthead band site home spaces ideas events reports texts comments moderation live statistics organize admin glossary'.split(
    ' ',
  );
