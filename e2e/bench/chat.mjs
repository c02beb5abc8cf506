/** How the chat feels with much in it: 2,000 chats, one of them of 10,000 messages. */
import { inFreshProfile, withBrowser } from './measure.mjs';
import { startReplayServer } from '../replay-server/index.mjs';

/** @typedef {import('playwright').Page} Page */

export const CHATS = 2_000;
export const LONG_CHAT_TURNS = 5_000;
const LONG_ID = 'bench-long';
const SCROLL_FRAMES = 150;
const TYPED = 'The quick brown fox jumps over the lazy dog while an answer streams in above it.';
const QUERIES = ['harbour lantern', 'walnut recipe', 'invoice', 'why does the tide turn'];

/** One round. Every sample in milliseconds. @param {string} appUrl @returns {Promise<Record<string, number[]>>} */
export async function chatTimes(appUrl) {
  const replay = await startReplayServer();
  try {
    return await inFreshProfile((profile) => withBrowser(profile, (page) => measureChat(page, appUrl, `${replay.url}/v1`, replay)));
  } finally {
    await replay.close();
  }
}

/** @param {Page} page @param {string} appUrl @param {string} modelsUrl @param {import('../replay-server/index.mjs').ReplayServer} replay */
async function measureChat(page, appUrl, modelsUrl, replay) {
  await page.setViewportSize({ width: 1280, height: 800 });
  await page.goto(appUrl);
  await awake(page);
  await connect(page, modelsUrl);
  await page.evaluate(seed, { chats: CHATS, longTurns: LONG_CHAT_TURNS, longId: LONG_ID });

  const openApp = await timed(async () => {
    await page.goto(`${appUrl}/?seeded#/chat`);
    await page.getByRole('link', { name: /^Chat 1999 / }).waitFor();
  });
  await awake(page);
  const historyFrames = await page.evaluate(scrollFrames, { within: 'aside', frames: SCROLL_FRAMES });
  const openLongChat = await timed(async () => {
    await page.evaluate((id) => void (location.hash = `#/chat/${id}`), LONG_ID);
    await page.getByText(`Answer ${LONG_CHAT_TURNS - 1} of the long chat`).first().waitFor();
  });
  const threadFrames = await page.evaluate(scrollFrames, { within: 'main', frames: SCROLL_FRAMES });
  const search = await searches(page);
  const typing = await typeWhileStreaming(page, replay);
  return { openApp: [openApp], openLongChat: [openLongChat], historyFrames, threadFrames, search, typing };
}

/** @param {Page} page */
async function searches(page) {
  const box = page.getByRole('searchbox', { name: 'Search all your chats' });
  const samples = [];
  // The first one waits until everything has been read.
  await box.fill(QUERIES[0] ?? '');
  await page.getByRole('navigation', { name: 'Search results' }).getByRole('listitem').first().waitFor();
  await page.getByRole('progressbar', { name: 'Still reading your chats' }).waitFor({ state: 'detached' });
  for (const query of QUERIES) {
    await box.fill('');
    await page.getByRole('navigation', { name: 'Search results' }).waitFor({ state: 'detached' });
    samples.push(await page.evaluate(searchOnce, query));
  }
  await box.fill('');
  return samples;
}

/** @param {Page} page @param {import('../replay-server/index.mjs').ReplayServer} replay */
async function typeWhileStreaming(page, replay) {
  replay.control.fail({ failure: { kind: 'slow', msPerChunk: 25 } });
  const composer = page.getByRole('textbox', { name: 'Your prompt' });
  await page.getByRole('button', { name: /^Model:/ }).click();
  await page.getByRole('menuitemcheckbox', { name: 'Thorough Large' }).click();
  await composer.fill('Why is the sky blue?');
  await composer.press('Enter');
  await page.getByRole('main').getByRole('button', { name: 'Stop' }).waitFor();
  await page.evaluate(watchKeys);
  await composer.pressSequentially(TYPED, { delay: 30 });
  const stillStreams = await page.getByRole('main').getByRole('button', { name: 'Stop' }).isVisible();
  if (!stillStreams) throw new Error('The answer ended before the typing did.');
  return page.evaluate(() => window.keyDelays);
}

/** @param {() => Promise<unknown>} work */
async function timed(work) {
  const started = performance.now();
  await work();
  return performance.now() - started;
}

/** @param {Page} page */
async function awake(page) {
  await page.locator('aside [role="status"]').filter({ hasText: /^Router ready/ }).waitFor();
}

/** @param {Page} page @param {string} modelsUrl */
async function connect(page, modelsUrl) {
  await page.evaluate(() => void (location.hash = '#/models'));
  await page.getByRole('button', { name: /^Another server/ }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('textbox', { name: 'Address' }).fill(modelsUrl);
  await dialog.getByRole('textbox', { name: 'Name' }).fill('Replay');
  await dialog.getByRole('button', { name: 'Test and connect' }).click();
  await dialog.waitFor({ state: 'detached' });
}

/* What follows runs in the page. */

/** Fills the app's own tables as it would have, had these chats been held. */
async function seed({ chats, longTurns, longId }) {
  const database = await new Promise((resolve, reject) => {
    const opening = indexedDB.open('tacit');
    opening.addEventListener('success', () => resolve(opening.result));
    opening.addEventListener('error', () => reject(opening.error));
  });
  const words = ['harbour', 'lantern', 'walnut', 'invoice', 'tide', 'recipe', 'garden', 'engine', 'letter', 'bridge', 'winter', 'market', 'violin', 'copper'];
  const text = (n) => Array.from({ length: 60 }, (_, i) => words[(n * 5 + i * 11 + ((i * i) % 13)) % words.length]).join(' ');
  const begun = Date.UTC(2025, 0, 1);
  const setup = { systemPrompt: '', presetId: null, pinnedModelId: null };
  const conversation = (id, title, at, leaf) => ({ ...setup, id, title, createdAt: at, updatedAt: at, currentTurnId: leaf, limits: null, pinnedAt: null, folderId: null, deletedAt: null });
  const turn = (id, conversationId, parentId, at, prompt, answer) => ({
    id, conversationId, parentId, createdAt: at, prompt, attachments: [], mode: 'manual', shownResponseId: `${id}-r`, comparison: null, thumbs: null, openResponseIds: [],
    responses: [{ id: `${id}-r`, modelId: 'bench/model', modelName: 'Bench', text: answer, reasoningText: '', status: 'complete', failure: null, startedAt: at, firstTokenAt: at + 300, finishedAt: at + 2000, usage: null, costUsd: null, standIn: null }],
  });
  const rows = { conversations: [], turns: [] };
  for (let chat = 0; chat < chats; chat++) {
    const at = begun + chat * 3_600_000;
    rows.turns.push(turn(`c${chat}-0`, `c${chat}`, null, at, `Question ${chat} ${text(chat)}`, text(chat + 1)), turn(`c${chat}-1`, `c${chat}`, `c${chat}-0`, at + 1, `Why does the tide turn, ${chat}?`, text(chat + 2)));
    rows.conversations.push(conversation(`c${chat}`, `Chat ${chat} ${words[chat % words.length]}`, at, `c${chat}-1`));
  }
  for (let n = 0; n < longTurns; n++) rows.turns.push(turn(`l${n}`, longId, n === 0 ? null : `l${n - 1}`, begun + n, `Question ${n} of the long chat`, `Answer ${n} of the long chat. ${text(n)}\n\n- ${text(n + 3)}\n- \`code ${n}\``));
  rows.conversations.push(conversation(longId, 'A long chat', begun - 1, `l${longTurns - 1}`));
  for (const [table, list] of Object.entries(rows)) {
    await new Promise((resolve, reject) => {
      const transaction = database.transaction(table, 'readwrite');
      for (const row of list) transaction.objectStore(table).put(row);
      transaction.addEventListener('complete', resolve);
      transaction.addEventListener('error', () => reject(transaction.error));
    });
  }
  database.close();
}

/** Scrolls by most of a screen each frame; the time from frame to frame. */
async function scrollFrames({ within, frames }) {
  const all = [...document.querySelectorAll(`${within} *, ${within}`)].filter((element) => element.scrollHeight > element.clientHeight + 200 && /auto|scroll/.test(getComputedStyle(element).overflowY));
  const scroller = all.toSorted((a, b) => b.scrollHeight - a.scrollHeight)[0];
  if (!scroller) throw new Error(`Nothing scrolls within ${within}`);
  const down = scroller.scrollTop < scroller.scrollHeight / 2 ? 1 : -1;
  const times = [];
  let last = await new Promise(requestAnimationFrame);
  for (let i = 0; i < frames; i++) {
    scroller.scrollTop += down * 0.8 * scroller.clientHeight;
    const now = await new Promise(requestAnimationFrame);
    times.push(now - last);
    last = now;
  }
  return times;
}

/** From the change of the box to the results on screen, the pause after the last key included. */
function searchOnce(query) {
  const box = document.querySelector('aside input[type="search"]');
  const started = performance.now();
  Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value').set.call(box, query);
  box.dispatchEvent(new Event('input', { bubbles: true }));
  return new Promise((resolve) => {
    const look = () => (document.querySelector('aside nav li mark') ? resolve(performance.now() - started) : requestAnimationFrame(look));
    look();
  });
}

/** From a key to the frame after the one that shows it. */
function watchKeys() {
  window.keyDelays = [];
  addEventListener('keydown', () => {
    const pressed = performance.now();
    requestAnimationFrame(() => setTimeout(() => window.keyDelays.push(performance.now() - pressed)));
  }, true);
}
