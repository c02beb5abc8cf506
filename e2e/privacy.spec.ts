import { collectRequests, expect, freshTest, originOf } from './support/test';
import { startScriptedServer } from './support/scripted-server';

/** What a reply may try in order to be noticed by someone, or to run. */
const hostileReply = (url: string) => `Here is your answer.

![tracker](${url}/markdown-image.png?secret=1)
<img src="${url}/html-image.png" onerror="window.pwned = 1">
<iframe src="${url}/frame.html"></iframe>
<script>window.pwned = 2; fetch("${url}/script");</script>
<link rel="stylesheet" href="${url}/style.css"><link rel="prefetch" href="${url}/prefetch">
<video src="${url}/video.mp4" autoplay></video>
<div style="background: url(${url}/background.png)">styled</div>
<svg onload="window.pwned = 3"><image href="${url}/svg.png" /></svg>

[harmless](${url}/link) and [run me](javascript:window.pwned=4) and [data](data:text/html,<script>window.pwned=5</script>)

![reference][pic]

[pic]: ${url}/reference-image.png

That is all.`;

freshTest('a hostile reply loads nothing and runs nothing', async ({ tacit, page, context }) => {
  const server = await startScriptedServer(hostileReply);
  await tacit.open();
  await tacit.models.connect(`${server.url}/v1`, { name: 'Hostile' });
  const requests = collectRequests(context);
  await tacit.newChat();
  await tacit.chat.send('Hello?');
  const answer = tacit.chat.answer('scripted');
  await tacit.chat.expectComplete('scripted');
  await expect(answer).toContainText('That is all.');
  await expect(answer).toContainText('Image not loaded: tracker');

  const link = answer.getByRole('link', { name: 'harmless' });
  await link.hover();
  await expect(link).toHaveAttribute('rel', /noopener/);
  await expect(link).toHaveAttribute('target', '_blank');
  await expect(answer.getByRole('link', { name: 'run me' })).toHaveCount(0);
  await answer.getByText('run me').click();
  await expect(answer.locator('img, iframe, script, video, object, embed, style')).toHaveCount(0);
  expect(await page.evaluate(() => 'pwned' in window)).toBe(false);

  // After a reload the stored reply is rendered again.
  await page.reload();
  await tacit.awake();
  await expect(answer).toContainText('Image not loaded: tracker');
  expect(await page.evaluate(() => 'pwned' in window)).toBe(false);
  expect(new Set(server.requests)).toEqual(new Set(['OPTIONS /v1/models', 'GET /v1/models', 'OPTIONS /v1/chat/completions', 'POST /v1/chat/completions'].filter((line) => server.requests.includes(line))));
  const foreign = requests.filter(({ origin }) => origin !== originOf(page));
  expect(new Set(foreign.map(({ href }) => href))).toEqual(new Set([`${server.url}/v1/chat/completions`]));
  await server.close();
});

freshTest('nothing leaves for anywhere but the connected provider', async ({ tacit, page, context, replay }) => {
  const requests = collectRequests(context);
  await tacit.open('#/taste');
  await tacit.quiz.pickBy('shorter', 0, 1);
  for (const view of ['memory', 'models', 'settings', 'help'] as const) {
    await tacit.go(view);
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  }
  expect(new Set(requests.map(({ origin }) => origin))).toEqual(new Set([originOf(page)]));

  await tacit.models.connect(`${replay.url}/v1`);
  await tacit.newChat();
  await tacit.chat.sendTo('Terse Mini', 'Why is the sky blue?');
  const abroad = requests.filter(({ origin }) => origin !== originOf(page));
  expect(new Set(abroad.map(({ href }) => href))).toEqual(new Set([`${replay.url}/v1/models`, `${replay.url}/v1/chat/completions`]));

  // And what goes there is the conversation, not the profile.
  const [chat] = replay.control.log().filter(({ prompt }) => prompt !== null);
  expect(chat?.body).toMatchObject({ model: 'terse-mini', messages: [{ role: 'user', content: 'Why is the sky blue?' }] });
  expect(Object.keys(chat?.body ?? {}).toSorted()).toEqual(['messages', 'model', 'stream', 'stream_options']);
  expect(chat?.headers.cookie).toBeUndefined();
  expect(chat?.headers.referer).toBeUndefined();
});
