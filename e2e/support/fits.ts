import type { Page } from '@playwright/test';
import { settled } from './axe';
import { expect } from './test';

/**
 * Everything in sight fits the screen: nothing moves sideways but what is there to be swiped, no control is cut off, and each can be hit with a
 * finger (WCAG 2.2, 2.5.8: 24 px, or that much room around it).
 */
export async function expectFits(page: Page, step = ''): Promise<void> {
  await settled(page);
  const found = await page.evaluate(() => {
    const LEAST = 24;
    const name = (element: Element) => `${element.tagName.toLowerCase()} “${(element.getAttribute('aria-label') ?? element.textContent ?? '').trim().slice(0, 40)}”`;
    const open = [...document.querySelectorAll<HTMLElement>('[role="dialog"], [role="alertdialog"], [role="menu"]')];
    const roots = open.length > 0 ? open.slice(-1) : [document.body];
    const within = (selector: string) => roots.flatMap((root) => [root, ...root.querySelectorAll<HTMLElement>('*')].filter((element) => element.matches(selector)));
    const isSwiped = (element: Element): boolean => element.parentElement !== null && (getComputedStyle(element.parentElement).scrollSnapType !== 'none' || isSwiped(element.parentElement));
    const isSeen = (element: HTMLElement) => element.checkVisibility({ opacityProperty: true, visibilityProperty: true }) && !element.closest('[inert], [aria-hidden="true"], .visually-hidden, [data-sonner-toast]') && !isSwiped(element);

    const panes = within('*:not(pre)').filter((element) => {
      const { overflowX, overflowY, scrollSnapType } = getComputedStyle(element);
      const scrolls = (value: string) => value === 'auto' || value === 'scroll';
      return scrolls(overflowX) && scrolls(overflowY) && scrollSnapType === 'none' && !element.closest('article') && !element.matches('textarea, [tabindex="0"]:is([role="region"], [role="group"])');
    });
    const wide = [document.documentElement, ...panes].filter((element) => element.scrollWidth > element.clientWidth).map((element) => `scrolls sideways: ${name(element)} ${element.scrollWidth} > ${element.clientWidth}`);

    const controls = within('button, a[href], input:not([type="hidden"]), select, textarea, summary, [role="slider"], [role^="menuitem"], [role="option"]').filter(isSeen);
    const boxes = controls.map((element) => ({ element, box: element.getBoundingClientRect() })).filter(({ box }) => box.width > 1 && box.height > 1);
    const cut = boxes.filter(({ box }) => box.left < -1 || box.right > innerWidth + 1).map(({ element, box }) => `off the screen: ${name(element)} ${Math.round(box.left)} to ${Math.round(box.right)}`);
    const spilt = boxes
      .filter(({ element }) => element.matches('button, summary') && element.scrollWidth > element.clientWidth + 1)
      .map(({ element }) => `text does not fit: ${name(element)} ${element.scrollWidth} > ${element.clientWidth}`);

    // A label that belongs to a control is part of what can be hit.
    const target = ({ element, box }: (typeof boxes)[number]) => ('labels' in element ? [...((element as HTMLInputElement).labels ?? [])] : []).reduce((size, label) => {
      const { width, height } = label.getBoundingClientRect();
      return { width: Math.max(size.width, width), height: Math.max(size.height, height) };
    }, { width: box.width, height: box.height });
    const isInline = (element: Element) => element.matches('a, button') && getComputedStyle(element).display.startsWith('inline') && element.closest('p, li, dd, figcaption')?.textContent?.trim() !== element.textContent?.trim();
    const small = boxes
      .filter((control) => {
        const { width, height } = target(control);
        return (width < LEAST - 0.5 || height < LEAST - 0.5) && !isInline(control.element);
      })
      .map(({ element, box }) => `too small: ${name(element)} ${Math.round(box.width)} × ${Math.round(box.height)}`);
    return [...wide, ...cut, ...spilt, ...small];
  });
  expect.soft(found, step).toEqual([]);
}
