import { startScriptedServer } from './support/scripted-server';
import { collectRequests, expect, originOf, test } from './support/test';

const MARK = 'the end of a hostile reply';

/** Ways out that need neither an image nor a script: style sheets, forms, redirects, other documents. */
function hostileReply(url: string): string {
  return [
    `<style>@import url("${url}/import.css"); main { display: none }</style>`,
    `<form action="${url}/form"><input name="key"><button>Send</button></form>`,
    `<meta http-equiv="refresh" content="0; url=${url}/redirect">`,
    `<base href="${url}/">`,
    `<iframe srcdoc="<script>parent.hacked = 1</script>"></iframe>`,
    `<object data="${url}/object"></object><embed src="${url}/embed">`,
    `<audio src="${url}/sound.mp3" autoplay></audio><input type="image" src="${url}/input.png">`,
    `<details open ontoggle="window.hacked = 2"><math><mi xlink:href="javascript:window.hacked = 3">x</mi></math></details>`,
    `<JaVaScRiPt:window.hacked=4> [mixed case](JaVaScRiPt:window.hacked=5) [blob](blob:${url}/x) [file](file:///etc/passwd)`,
    MARK,
  ].join('\n\n');
}

test('a hostile reply cannot restyle, redirect, submit or embed', async ({ tacit, page, context }) => {
  const server = await startScriptedServer(hostileReply);
  try {
    await tacit.open();
    await tacit.models.connect(`${server.url}/v1`);
    await tacit.newChat();
    const requests = collectRequests(context);
    const documentBefore = page.url().split('#')[0];
    await tacit.chat.send('Tell me something.');
    const answer = tacit.chat.answer('scripted');
    await tacit.chat.expectComplete('scripted');
    await expect(answer).toContainText(MARK);
    await expect(answer.locator('style, form, input, meta, base, iframe, object, embed, audio, link')).toHaveCount(0);
    const found = await page.evaluate(() => ({
      hacked: 'hacked' in window,
      schemes: [...document.querySelectorAll<HTMLAnchorElement>('article a[href]')].map((link) => link.protocol).filter((scheme) => scheme !== 'http:' && scheme !== 'https:'),
    }));
    expect(found).toEqual({ hacked: false, schemes: [] });
    expect(page.url().split('#')[0]).toBe(documentBefore);
    const own = originOf(page);
    expect(new Set(requests.filter(({ origin }) => origin !== own).map(({ pathname }) => pathname))).toEqual(new Set(['/v1/chat/completions']));
    expect(server.requests.filter((request) => !request.includes('/v1/'))).toEqual([]);
  } finally {
    await server.close();
  }
});
