import type { Page } from '@playwright/test';

/** Three words of Latin letters in a row: names of models and programs are shorter. */
const SENTENCE = String.raw`[A-Za-z][A-Za-z'’]*(?:[ ,:;]+[A-Za-z][A-Za-z'’]*){2,}`;

/** What nobody translates: prompts and answers, commands, the quiz's own texts. */
const CONTENT = '[class*="_markdown_"], code, pre, textarea, script, style, [lang="en"]';

/** English that a person would see or hear on the page as it stands, names of things aside. */
export async function englishLeft(page: Page, names: readonly RegExp[] = []): Promise<readonly string[]> {
  const found = await page.evaluate(
    ([pattern, content]) => {
      const said: string[] = [];
      const isContent = (element: Element | null) => element?.closest(content) !== null;
      const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
      for (let node = texts.nextNode(); node; node = texts.nextNode()) {
        if (node.parentElement?.checkVisibility() && !isContent(node.parentElement)) said.push(node.textContent ?? '');
      }
      for (const element of document.querySelectorAll('[aria-label], [title], [placeholder], [alt], [aria-description], [aria-valuetext]')) {
        if (!element.checkVisibility() || isContent(element)) continue;
        for (const name of ['aria-label', 'title', 'placeholder', 'alt', 'aria-description', 'aria-valuetext']) said.push(element.getAttribute(name) ?? '');
      }
      return said.filter((text) => new RegExp(pattern).test(text));
    },
    [SENTENCE, CONTENT] as const,
  );
  const sentence = new RegExp(SENTENCE);
  return [...new Set(found)].filter((text) => sentence.test(names.reduce((left, name) => left.replaceAll(new RegExp(name, 'g'), '·'), text)));
}
