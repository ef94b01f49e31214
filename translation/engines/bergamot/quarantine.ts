const FAILURES = 2;
const REST_MS = 600_000;

/** What failed twice within ten minutes is left alone for as long, instead of being opened again and again. */
export class Quarantine {
  readonly #failures = new Map<string, number[]>();

  add(name: string): void {
    this.#failures.set(name, [...this.#recent(name), Date.now()]);
  }

  has(name: string): boolean {
    return this.#recent(name).length >= FAILURES;
  }

  list(): string[] {
    return [...this.#failures.keys()].filter((name) => this.has(name));
  }

  #recent(name: string): number[] {
    return (this.#failures.get(name) ?? []).filter((at) => at > Date.now() - REST_MS);
  }
}
