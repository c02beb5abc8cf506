/** Anthropic answers pages only when this header says that the key's exposure to the page is meant. */
export const ANTHROPIC_BROWSER_HEADER = { 'anthropic-dangerous-direct-browser-access': 'true' } as const;
