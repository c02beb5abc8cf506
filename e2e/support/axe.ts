import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';

const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

/** What axe calls serious or critical under WCAG 2.2 A and AA, with the elements it is about. */
export async function seriousFindings(page: Page): Promise<readonly string[]> {
  return findings(page, new AxeBuilder({ page }).withTags(RULES));
}

/** The part of it that hangs on the colours. */
export async function contrastFindings(page: Page): Promise<readonly string[]> {
  return findings(page, new AxeBuilder({ page }).withRules(['color-contrast']));
}

async function findings(page: Page, axe: AxeBuilder): Promise<readonly string[]> {
  await settled(page);
  const { violations } = await axe.analyze();
  const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
  return serious.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.target.join(' ')} (${node.any[0]?.message ?? node.all[0]?.message ?? ''})`));
}

/**
 * Nothing moves any more but what never ends: what is still fading in has less contrast than it will have, and is not yet where it will be.
 * What moves is taken to its end and not waited for: in a part of the page that is out of sight (`content-visibility`) no time passes.
 */
export async function settled(page: Page): Promise<void> {
  await page.evaluate(async () => {
    // What ends may let something else begin.
    for (let round = 0; round < 10; round += 1) {
      const ending = document.getAnimations().filter(({ effect }) => effect?.getComputedTiming().endTime !== Infinity);
      for (const animation of ending) animation.finish();
      await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
      if (ending.length === 0) break;
    }
  });
}
