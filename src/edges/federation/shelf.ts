/** What was made or fetched, for a while: at most so many, those first that were put there first. */
export interface Shelf<T> {
  get(name: string): T | undefined;
  set(name: string, value: T): void;
  drop(name: string): void;
  /** What is there, or what is made now; two who ask at once get one. */
  take(name: string, make: () => Promise<T>): Promise<T>;
}

export function createShelf<T>(most: number, milliseconds: number): Shelf<T> {
  const all = new Map<string, { value: T; until: number }>();
  const making = new Map<string, Promise<T>>();
  const get = (name: string) => {
    const found = all.get(name);
    return found && found.until > performance.now() ? found.value : undefined;
  };
  const set = (name: string, value: T) => {
    all.delete(name);
    all.set(name, { value, until: performance.now() + milliseconds });
    const [oldest] = all.keys();
    if (all.size > most && oldest !== undefined) all.delete(oldest);
  };
  return {
    get,
    set,
    drop: (name) => void all.delete(name),
    async take(name, make) {
      const found = get(name);
      if (found !== undefined) return found;
      const made = making.getOrInsertComputed(name, () => make().finally(() => making.delete(name)));
      const value = await made;
      set(name, value);
      return value;
    },
  };
}
