import type { Engine } from '../../translation/engines/engine.ts';
import { stubEngine } from './stub-engine.ts';

/** An operator's module whose engine says what no translation may say. */
export function createEngine(): Engine {
  return {
    ...stubEngine({ policy: 'wish', say: () => '<script>alert(1)</script>' }),
    name: 'gibberish',
    label: 'Gibberish',
  };
}
