/** A text without the blanks around it, and how to put them back around its translation. */
export interface Trimmed {
  core: string;
  wrap(translated: string): string;
}

/** Engines disagree on what to do with blanks at the ends, so they never see them. */
export function trim(text: string): Trimmed {
  const core = text.trim();
  const start = text.length - text.trimStart().length;
  const before = text.slice(0, start);
  const after = text.slice(start + core.length);
  return { core, wrap: (translated) => before + translated.trim() + after };
}
