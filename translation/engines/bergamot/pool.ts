import { type Direction, DirectionError, openDirection, type DirectionOptions } from './direction.ts';
import { charactersLeft, jobOf, type Job, type JobOptions } from './jobs.ts';
import type { Start } from './messages.ts';
import { Quarantine } from './quarantine.ts';

/** What an open direction does. */
export interface OpenDirection {
  name: string;
  /** Bytes. */
  memory: number;
  /** Characters a second of work; 0 before the first answer. */
  speed: number;
  /** Characters that wait for it or are in work. */
  waiting: number;
}

export interface PoolOptions extends DirectionOptions {
  /** Bytes that all open directions together may take. */
  budget: number;
  /** Threads that compute at once. */
  workers: number;
  /** A direction without work is closed after so long. */
  idleMs: number;
  /** Bytes a direction will take, before it is known. */
  guess(direction: string): number;
  startOf(direction: string): Start;
}

interface Entry {
  name: string;
  /** Null while it is being opened. */
  direction: Direction | null;
  isBusy: boolean;
  lastUsed: number;
  characters: number;
  milliseconds: number;
  timer?: NodeJS.Timeout;
}

/** Keeps directions open while they are used and memory allows. */
export class Pool {
  readonly #options: PoolOptions;
  readonly #entries = new Map<string, Entry>();
  /** Their memory is not given back yet. */
  readonly #closing = new Set<Entry>();
  readonly #jobs = new Set<Job>();
  readonly #quarantine = new Quarantine();
  #isClosed = false;

  constructor(options: PoolOptions) {
    this.#options = options;
  }

  /**
   * Translates sentences: the same number, in order. Between two slices what is urgent goes first, then what needs nothing opened.
   * @throws DirectionError, or `signal.reason`
   */
  async translate(direction: string, texts: readonly string[], options: JobOptions = {}): Promise<string[]> {
    options.signal?.throwIfAborted();
    if (this.#isClosed) throw closed();
    if (this.#quarantine.has(direction)) throw new DirectionError('crashed', 'It failed again and again.');
    if (texts.length === 0) return [];
    const { job, answers } = jobOf(direction, texts, options);
    this.#jobs.add(job);
    this.#schedule();
    return answers;
  }

  open(): OpenDirection[] {
    return [...this.#entries.values()].map((entry) => ({
      name: entry.name,
      memory: this.#memoryOf(entry),
      speed: entry.milliseconds === 0 ? 0 : Math.round((entry.characters * 1_000) / entry.milliseconds),
      waiting: [...this.#jobs].filter((job) => isFor(job, entry)).reduce((sum, job) => sum + charactersLeft(job), 0),
    }));
  }

  /** Bytes, those that are being given back among them. */
  memory(): number {
    return [...this.#entries.values(), ...this.#closing].reduce((sum, entry) => sum + this.#memoryOf(entry), 0);
  }

  /** Directions that failed again and again and are left alone for a while. */
  resting(): string[] {
    return this.#quarantine.list();
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    for (const job of this.#jobs) job.reject(closed());
    this.#jobs.clear();
    await Promise.all([...this.#entries.values()].map((entry) => this.#shut(entry)));
  }

  /** Starts what can be started now; called whenever something has come or ended. */
  #schedule(): void {
    for (const job of this.#jobs) if (job.isOver && !job.isRunning) this.#jobs.delete(job);
    for (const job of this.#inOrder()) {
      if ([...this.#entries.values()].filter(({ isBusy }) => isBusy).length >= this.#options.workers) return;
      const entry = this.#entries.get(job.direction);
      if (entry) {
        if (!entry.isBusy) void this.#run(job, entry);
      } else if (this.#hasRoom(job)) void this.#open(job.direction);
      // Nothing takes a place that somebody in front of a page waits for.
      else if (job.isUrgent) return;
    }
  }

  #inOrder(): Job[] {
    const rank = ({ isUrgent, direction }: Job): number => {
      if (isUrgent) return 0;
      return this.#entries.has(direction) ? 1 : 2;
    };
    return [...this.#jobs].toSorted((a, b) => rank(a) - rank(b));
  }

  /** Whether one more direction fits, now that those were closed that were not used for longest. */
  #hasRoom({ direction, isUrgent }: Job): boolean {
    const guess = this.#options.guess(direction);
    const isWanted = (entry: Entry): boolean => [...this.#jobs].some((job) => isFor(job, entry));
    // One that has work is closed only for somebody who waits in front of a page.
    const idle = [...this.#entries.values()]
      .filter((entry) => !entry.isBusy && (isUrgent || !isWanted(entry)))
      .toSorted((a, b) => a.lastUsed - b.lastUsed);
    const stays = (): number => [...this.#entries.values()].reduce((sum, entry) => sum + this.#memoryOf(entry), 0);
    while (this.#entries.size > 0 && stays() + guess > this.#options.budget) {
      const oldest = idle.shift();
      if (!oldest) return false;
      void this.#shut(oldest);
    }
    return this.#closing.size === 0;
  }

  #memoryOf({ name, direction }: Entry): number {
    return direction?.memory() ?? this.#options.guess(name);
  }

  async #open(name: string): Promise<void> {
    const entry: Entry = { name, direction: null, isBusy: true, lastUsed: Date.now(), characters: 0, milliseconds: 0 };
    this.#entries.set(name, entry);
    try {
      const direction = await openDirection(this.#options.startOf(name), this.#options);
      entry.direction = direction;
      if (this.#entries.get(name) === entry) this.#rest(entry);
      else await direction.close();
    } catch (error) {
      this.#fail(entry, error);
    }
    this.#schedule();
  }

  async #run(job: Job, entry: Entry): Promise<void> {
    const slice = job.slices[job.done] ?? [];
    const begun = performance.now();
    job.isRunning = entry.isBusy = true;
    clearTimeout(entry.timer);
    try {
      job.answers.push(...((await entry.direction?.translate(slice)) ?? []));
      entry.milliseconds += performance.now() - begun;
      entry.characters += slice.join('').length;
      if (++job.done === job.slices.length) job.resolve(job.answers);
      this.#rest(entry);
    } catch (error) {
      this.#fail(entry, error);
    }
    job.isRunning = false;
    this.#schedule();
  }

  /** Nothing is in work: it is closed when nothing comes. */
  #rest(entry: Entry): void {
    entry.isBusy = false;
    entry.lastUsed = Date.now();
    clearTimeout(entry.timer);
    entry.timer = setTimeout(() => void this.#shut(entry), this.#options.idleMs).unref();
  }

  /** All who wait for it are told; the next one opens it anew. */
  #fail(entry: Entry, error: unknown): void {
    if (!(error instanceof DirectionError && error.kind === 'closed')) this.#quarantine.add(entry.name);
    for (const job of this.#jobs) if (isFor(job, entry)) job.reject(error);
    void this.#shut(entry);
  }

  async #shut(entry: Entry): Promise<void> {
    clearTimeout(entry.timer);
    if (this.#entries.get(entry.name) !== entry) return;
    this.#entries.delete(entry.name);
    this.#closing.add(entry);
    await entry.direction?.close();
    this.#closing.delete(entry);
    this.#schedule();
  }
}

const isFor = (job: Job, entry: Entry): boolean => job.direction === entry.name && !job.isOver;
const closed = (): DirectionError => new DirectionError('closed', 'The engine was closed.');
