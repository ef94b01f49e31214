export interface FollowedLine {
  cursor: string;
  type: string;
  kind: string;
  subject: string;
  space: string | null;
  language: string | null;
}

export interface Follower {
  /** Every line it was given, in order, since the beginning or since it was last told to start again. */
  lines(): readonly FollowedLine[];
  /** How often it was told to start again. */
  resets(): number;
  stop(): Promise<void>;
}

/** Somebody who asks `GET /activity` again and again, as a server without sockets does, and tries again when nobody answers. */
export function follow(url: string, { after = '', milliseconds = 50 } = {}): Follower {
  let lines: FollowedLine[] = [];
  let resets = 0;
  let cursor = after;
  const stopped = new AbortController();
  const running = ask();

  async function ask(): Promise<void> {
    while (!stopped.signal.aborted) {
      await step().catch(() => {});
      await new Promise((resolve) => setTimeout(resolve, milliseconds));
    }
  }

  async function step(): Promise<void> {
    const response = await fetch(`${url}/api/v1/activity?limit=50${cursor ? `&after=${cursor}` : ''}`);
    if (!response.ok) return;
    const answer: { items: FollowedLine[]; next: string; reset?: boolean } = await response.json();
    if (answer.reset) {
      resets++;
      lines = [];
      cursor = '';
    } else {
      lines.push(...answer.items);
      cursor = answer.next;
    }
  }

  return {
    lines: () => lines,
    resets: () => resets,
    stop: async () => {
      stopped.abort();
      await running;
    },
  };
}
