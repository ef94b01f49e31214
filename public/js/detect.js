// @ts-check
// Says while a person writes which language is recognised, so that a wrong guess is seen before it is published.

const PAUSE_MILLISECONDS = 700;
/** Fewer letters than this say little about a language. */
const ENOUGH = 12;

/** @type {NodeListOf<HTMLFormElement>} */
const forms = document.querySelectorAll('form[data-detect]');
for (const form of forms) watch(form);

/** @param {HTMLFormElement} form */
function watch(form) {
  const hint = form.querySelector('[data-detected]');
  if (!hint) return;
  const before = hint.textContent;
  hint.ariaLive = 'polite';
  let timer = 0;
  let asked = '';

  form.addEventListener('input', () => {
    clearTimeout(timer);
    timer = self.setTimeout(() => void ask(), PAUSE_MILLISECONDS);
  });

  async function ask() {
    const { title, body, language: chosen } = Object.fromEntries(new FormData(form));
    const question = JSON.stringify({
      title: String(title),
      body: String(body),
      interfaceLanguage: document.documentElement.lang,
    });
    if (question === asked) return;
    asked = question;
    const language = chosen || [...`${title}${body}`].length < ENOUGH ? null : await detect(question);
    const words = language ? sentence(language) : before;
    if (question === asked && hint && hint.textContent !== words) hint.textContent = words;
  }

  /** @param {string} language */
  function sentence(language) {
    const name = new Intl.DisplayNames(document.documentElement.lang, { type: 'language' }).of(language) ?? language;
    return (form.dataset['detect'] ?? '').replace('{{language}}', name);
  }
}

/**
 * @param {string} question
 * @returns {Promise<string | null>} the language when the detector is sure of it; without an answer nothing is said
 */
async function detect(question) {
  const answer = await fetch('/api/v1/texts/detect', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: question,
  }).catch(() => null);
  if (!answer?.ok) return null;
  const { language, sure } = await answer.json();
  return sure ? language : null;
}
