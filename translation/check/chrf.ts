const LONGEST = 6;
/** Recall counts so many times as much as precision. */
const BETA = 2;

/** How near a translation comes to a reference, 0 to 100: the characters and groups of characters they share (chrF2). */
export function chrF(translation: string, reference: string): number {
  const [said, wanted] = [translation, reference].map((text) => text.replace(/\s+/g, ''));
  const scores = Array.from({ length: LONGEST }, (_, index) => score(said ?? '', wanted ?? '', index + 1));
  const known = scores.filter((each) => each !== null);
  return known.length === 0 ? 0 : (100 * known.reduce((sum, each) => sum + each, 0)) / known.length;
}

/** Null when one of them is shorter than the groups. */
function score(said: string, wanted: string, length: number): number | null {
  const [ours, theirs] = [groups(said, length), groups(wanted, length)];
  if (ours.size === 0 || theirs.size === 0) return null;
  const total = (all: ReadonlyMap<string, number>): number => [...all.values()].reduce((sum, each) => sum + each, 0);
  const shared = [...ours].reduce((sum, [group, times]) => sum + Math.min(times, theirs.get(group) ?? 0), 0);
  if (shared === 0) return 0;
  const [precision, recall] = [shared / total(ours), shared / total(theirs)];
  return ((1 + BETA ** 2) * precision * recall) / (BETA ** 2 * precision + recall);
}

function groups(text: string, length: number): Map<string, number> {
  const found = new Map<string, number>();
  for (let at = 0; at + length <= text.length; at++) {
    const group = text.slice(at, at + length);
    found.set(group, (found.get(group) ?? 0) + 1);
  }
  return found;
}
