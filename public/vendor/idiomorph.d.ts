/** The part of Idiomorph that public/js/refresh.js uses; the file itself is served from the package. */
export const Idiomorph: {
  morph(
    old: Element,
    fresh: Element,
    options: {
      morphStyle: 'outerHTML' | 'innerHTML';
      ignoreActiveValue: boolean;
      callbacks: {
        beforeNodeMorphed(old: Node, fresh: Node): boolean;
        afterNodeAdded(node: Node): void;
        beforeAttributeUpdated(name: string, element: Element): boolean;
      };
    },
  ): void;
};
