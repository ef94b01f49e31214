import { remainderOf, type Progress } from '../../services/engines/backfill.reads.ts';
import type { NamedSpace } from '../../services/house/spaces.ts';
import type { ShownBackfill } from './progress.views.ts';

/** Backfills as the page tells them. */
export function showBackfills(all: readonly Progress[], spaces: readonly NamedSpace[]): ShownBackfill[] {
  return all.map((progress) => {
    const { id, language, by, createdAt, done, waiting, failed, stoppedAt, isFilled, spaceId } = progress;
    const { isOver, ...remainder } = remainderOf(progress);
    const running = isFilled ? 'running' : 'filling';
    const over = stoppedAt ? 'stopped' : 'done';
    return {
      ...{ id, language, by, createdAt, done, waiting, failed },
      ...remainder,
      space: spaces.find((space) => space.id === spaceId) ?? null,
      state: isOver ? over : running,
    };
  });
}
