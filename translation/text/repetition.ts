const LONGEST_GROUP_WORDS = 4;
const TIMES = 4;

/** Neural engines that lose the thread say the same one to four words again and again. */
export function repeatsItself(text: string): boolean {
  const words = text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
  for (let size = 1; size <= LONGEST_GROUP_WORDS; size++) {
    if (repeatsGroupOf(size, words)) return true;
  }
  return false;
}

/** A group said n times in a row is a stretch where each word equals the one a group earlier. */
function repeatsGroupOf(size: number, words: readonly string[]): boolean {
  let equal = 0;
  for (let index = size; index < words.length; index++) {
    equal = words[index] === words[index - size] ? equal + 1 : 0;
    if (equal === size * (TIMES - 1)) return true;
  }
  return false;
}
