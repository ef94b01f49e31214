import type { Visitor } from './browser-like.ts';

/** Wrong words in two scripts, one of them mended by now. */
export async function tellWordings(emma: Visitor): Promise<void> {
  const said = { page: '/el/ideas?language=es', better: 'Ιδέες', remark: 'Lower down, too.' };
  await emma.submit('/el/wording', { ...said, words: 'Ιδεες' });
  await emma.submit('/ar/wording', { page: '/ar', words: 'الافكار', better: 'الأفكار' });
  const { text } = await emma.get('/en/secretariat/wording?language=ar');
  await emma.submit(/\/en\/secretariat\/wording\/[\w-]+\/done/.exec(text)?.[0] ?? '', {});
}
