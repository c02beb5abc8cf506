import { startScriptedServer } from './support/scripted-server';
import { collectRequests, expect, originOf, test } from './support/test';

const MARK = 'the end of the reply';

const RICH = [
  'Inline $e^{i\\pi} = -1$ and \\(a^2\\), but $5 and $10 are money.',
  '\\[\n\\int_0^1 x^2\\,dx = \\frac{1}{3}\n\\]',
  '```python\ndef add(a: int, b: int) -> int:\n    """Sum of two."""\n    return a + b  # easy\n```',
  '```mermaid\nflowchart LR\n  A[Start] --> B{Is it?}\n  B -- yes --> C[Done]\n```',
  '| one | two |\n|---|---|\n| 1 | $x$ |',
  MARK,
].join('\n\n');

test('formulas are set, code is coloured and copied, a diagram is drawn on demand', async ({ tacit, page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  const server = await startScriptedServer(() => RICH);
  try {
    await tacit.open();
    await tacit.models.connect(`${server.url}/v1`);
    await tacit.newChat();
    const requests = collectRequests(context);
    await tacit.chat.send('Show me.');
    const answer = tacit.chat.answer('scripted');
    await tacit.chat.expectComplete('scripted');
    await expect(answer.locator('.katex')).toHaveCount(4);
    await expect(answer.locator('.katex-display')).toHaveCount(1);
    await expect(answer).toContainText('but $5 and $10 are money');
    await expect(answer.locator('.hljs-keyword').first()).toHaveText('def');
    await expect(answer.getByText('python', { exact: true })).toBeVisible();
    await answer.getByRole('button', { name: 'Copy', exact: true }).first().click();
    expect(await page.evaluate(() => navigator.clipboard.readText())).toContain('return a + b  # easy');

    await answer.getByRole('button', { name: 'Show diagram' }).click();
    const diagram = answer.getByRole('img', { name: 'Diagram of the code below' });
    await expect(diagram).toBeVisible({ timeout: 30_000 });
    expect(await diagram.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBeGreaterThan(50);
    await expect(answer).toContainText('flowchart LR');
    const own = originOf(page);
    expect(new Set(requests.filter(({ origin }) => origin !== own).map(({ pathname }) => pathname))).toEqual(new Set(['/v1/chat/completions']));
  } finally {
    await server.close();
  }
});

/** Mathematics and diagrams that try to load, link or run something. */
function hostileReply(url: string): string {
  const diagram = (source: string) => `\`\`\`mermaid\n${source}\n\`\`\``;
  return [
    `Look: $\\includegraphics{${url}/katex.png}$ and $\\href{${url}/href}{click}$ and $\\href{javascript:window.hacked=1}{run}$ and $\\url{${url}/url}$`,
    `$$\\htmlStyle{background:url(${url}/style.png)}{x} \\htmlClass{a}{y} \\rule{9999em}{9999em}$$`,
    diagram(`flowchart LR\n  a["<img src='${url}/label.png' onerror='window.hacked=2'>"] --> b`),
    diagram(`flowchart LR\n  a@{ img: "${url}/node.png", label: "x", w: 60, h: 60 } --> b`),
    diagram(`%%{init: {"themeCSS": ".node { background: u\\\\72l(${url}/theme.png) }"}}%%\nflowchart LR\n  a --> b`),
    diagram(`flowchart LR\n  a --> b\n  click a href "javascript:window.hacked=3"\n  click b "${url}/click"`),
    diagram('flowchart LR\n  a -->'),
    MARK,
  ].join('\n\n');
}

test('hostile formulas and diagrams load nothing and run nothing', async ({ tacit, page, context }) => {
  const server = await startScriptedServer(hostileReply);
  try {
    await tacit.open();
    await tacit.models.connect(`${server.url}/v1`);
    await tacit.newChat();
    const requests = collectRequests(context);
    await tacit.chat.send('Show me.');
    const answer = tacit.chat.answer('scripted');
    await tacit.chat.expectComplete('scripted');
    await expect(answer).toContainText(MARK);
    await expect(answer.locator('.katex').first()).toBeVisible();
    const buttons = answer.getByRole('button', { name: 'Show diagram' });
    const count = await buttons.count();
    expect(count).toBe(5);
    for (let left = count; left > 0; left -= 1) await buttons.first().click();
    // Three are refused, one has a mistake in it, and one is drawn, its links being dead in an image.
    await expect(answer.getByRole('alert')).toHaveCount(4, { timeout: 30_000 });
    await expect(answer.getByRole('img', { name: 'Diagram of the code below' })).toHaveCount(1);
    await expect(answer.getByText('from elsewhere')).toHaveCount(3);
    await expect(answer.locator('a, svg a, iframe')).toHaveCount(0);
    const box = await answer.boundingBox();
    expect(box?.height).toBeLessThan(5000);
    expect(await page.evaluate(() => 'hacked' in window)).toBe(false);
    const own = originOf(page);
    expect(new Set(requests.filter(({ origin }) => origin !== own).map(({ pathname }) => pathname))).toEqual(new Set(['/v1/chat/completions']));
    expect(server.requests.filter((request) => !request.includes('/v1/'))).toEqual([]);
  } finally {
    await server.close();
  }
});
