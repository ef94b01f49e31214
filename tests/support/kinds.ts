import { features } from '../../src/features.ts';
import { createKinds, type Kinds } from '../../src/services/house/kinds.ts';

/** All kinds there are, for operations without a platform around them. */
export function kindsOf(): Kinds {
  const kinds = createKinds();
  for (const { kind } of features) if (kind) kinds.add(kind);
  return kinds;
}
