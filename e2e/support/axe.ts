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

/** Nothing moves any more but what never ends: what is still fading in has less contrast than it will have, and is not yet where it will be. */
export async function settled(page: Page): Promise<void> {
  await page.evaluate(async () => {
    const ending = document.getAnimations().filter(({ effect, playState }) => playState === 'running' && effect?.getComputedTiming().endTime !== Infinity);
    // One that is paused or taken over on the way never finishes.
    const patience = new Promise((resolve) => setTimeout(resolve, 2000));
    await Promise.race([patience, Promise.all(ending.map((animation) => animation.finished.catch(() => undefined)))]);
  });
}
