import { expect, freshTest, test } from './support/test';
import { REPLAY_MODELS } from './pages/chat';
import { proxyTo } from './support/public-server';

const PROMPT = 'Why is the sky blue?';

test.describe('connecting a provider', () => {
  test('a server of one’s own: tested, its models listed, and a routed answer streams in', async ({ tacit, page, replay }) => {
    await tacit.open();
    await tacit.models.connect(`${replay.url}/v1`);
    for (const model of REPLAY_MODELS) await expect(tacit.models.inPool(model)).toBeChecked();
    await tacit.settings.setComparisons(false);

    replay.control.fail({ failure: { kind: 'slow', msPerChunk: 60 } });
    await tacit.newChat();
    const [expected] = await tacit.chat.rank(PROMPT);
    if (!expected) throw new Error('The menu lists no model.');
    await tacit.chat.press();
    const answer = tacit.chat.answer(expected);
    // It grows: something is there to be read while the rest is still on its way.
    await expect(answer).toContainText(/\w+ \w+ \w+/);
    await expect(tacit.chat.stopButton).toBeVisible();
    const early = (await answer.innerText()).length;
    await expect.poll(async () => (await answer.innerText()).length).toBeGreaterThan(early);
    await tacit.chat.expectComplete(expected);
    await expect(answer).toContainText(/\d+ tokens/);

    const [asked] = replay.control.log().filter((request) => request.prompt !== null);
    expect(asked).toMatchObject({ prompt: PROMPT, outcome: 'done' });
    expect(asked?.model).toBe(expected.toLowerCase().replace(' ', '-'));

    const why = await tacit.chat.why(answer);
    await expect(why.getByRole('heading', { name: expected, exact: true })).toBeVisible();
    await expect(why).toContainText('the one you are expected to like best');
    await expect(why).toContainText(/Cost\s*free\s*free\s*Length\s*about \d+ words/);
    await expect(why).toContainText('Together');
    await page.keyboard.press('Escape');
  });

  test('reasons that are opened while an answer grows stay where they are', async ({ tacit, page, replay }) => {
    await page.setViewportSize({ width: 1000, height: 520 });
    await tacit.open();
    await tacit.models.connect(`${replay.url}/v1`);
    replay.control.fail({ failure: { kind: 'slow', msPerChunk: 25 } });
    await tacit.newChat();
    await tacit.chat.type('How do I keep basil alive on a windowsill?');
    await tacit.chat.choose('Thorough Large');
    await tacit.chat.press();
    const answer = tacit.chat.answer('Thorough Large');
    await expect(answer).toContainText(/\w+ \w+ \w+/);
    const panel = await tacit.chat.why(answer);
    const top = async () => (await panel.boundingBox())?.y ?? Number.NaN;
    const before = await top();
    await tacit.chat.expectComplete('Thorough Large');
    // Its opening moves it by a pixel or two.
    expect(Math.abs((await top()) - before)).toBeLessThan(10);
    await page.keyboard.press('Escape');
  });

  freshTest('a provider on the internet: the key goes along, and every answer tells its price', async ({ tacit, context, replay }) => {
    await proxyTo(context, 'https://models.example.com', replay);
    await tacit.open();
    await tacit.models.connect('https://models.example.com/v1', { key: 'sk-e2e-1234' });
    await tacit.settings.setComparisons(false);
    await tacit.newChat();
    await tacit.chat.type(PROMPT);
    await expect(tacit.chat.preview).toHaveText(/(\$0\.\d+|free)$/);
    await tacit.chat.choose('Thorough Large');
    await tacit.chat.press();
    await tacit.chat.expectComplete('Thorough Large');

    const answer = tacit.chat.answer('Thorough Large');
    const { usage } = await usageOf(replay.url, 'thorough-large');
    const cost = (usage.prompt_tokens * 3 + usage.completion_tokens * 15) / 1e6;
    await expect(answer).toContainText(`${usage.completion_tokens} tokens`);
    await expect(answer).toContainText(`$${cost.toFixed(4).replace(/0+$/, '')}`);
    const chats = replay.control.log().filter((request) => request.prompt !== null);
    expect(chats[0]?.headers.authorization).toBe('Bearer sk-e2e-1234');
  });

  test('stop keeps what has arrived', async ({ tacit, page, replay }) => {
    await tacit.open();
    await tacit.models.connect(`${replay.url}/v1`);
    await tacit.newChat();
    replay.control.fail({ failure: { kind: 'stall', afterChunks: 30 } });
    await tacit.chat.type(PROMPT);
    await tacit.chat.choose('Thorough Large');
    await tacit.chat.press();
    const answer = tacit.chat.answer('Thorough Large');
    await expect(answer).toContainText('mixture');
    await tacit.chat.stopButton.click();
    await expect(answer).toContainText('Stopped here.');
    await expect(answer).toContainText('mixture');
    await expect.poll(() => replay.control.log().at(-1)?.outcome).toBe('aborted');

    await page.reload();
    await expect(answer).toContainText('mixture');
    await expect(answer).toContainText('Stopped here.');
  });
});

/** What the server itself counts for this answer. */
async function usageOf(url: string, model: string): Promise<{ usage: { prompt_tokens: number; completion_tokens: number } }> {
  const body = JSON.stringify({ model, messages: [{ role: 'user', content: PROMPT }] });
  const response = await fetch(`${url}/v1/chat/completions`, { method: 'POST', headers: { 'content-type': 'application/json' }, body });
  return (await response.json()) as { usage: { prompt_tokens: number; completion_tokens: number } };
}
