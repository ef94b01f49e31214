/**
 * The engine and the pairs whose quality was measured as good enough: 32 MB.
 * `.ci/run`, the Dockerfile and the demo install them.
 */
export const PACKAGES =
  'apertium apertium-eng-spa apertium-eng-cat apertium-fra-cat apertium-cat-ita apertium-por-cat apertium-fr-es apertium-es-pt apertium-spa-ita apertium-es-ro apertium-swe-dan'.split(
    ' ',
  );
