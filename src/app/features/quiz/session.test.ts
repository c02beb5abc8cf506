import { describe, expect, it } from 'vitest';
import { QUIZ_PROMPTS } from '../../../content/quiz';
import { axisIndex, FEATURE_COUNT } from '../../../core/dimensions';
import { EngineFailure } from '../../../protocol/failure';
import { createTestApp } from '../../testing/test-app';
import { createQuizSession, ROUND_LENGTH, sidesOf, type QuizSession } from './session';

/** `[20 × 20]` */
const IDENTITY = Array.from({ length: FEATURE_COUNT ** 2 }, (_, at) => (at % (FEATURE_COUNT + 1) === 0 ? 1 : 0));
const PROMPTS = QUIZ_PROMPTS.slice(0, 12);

async function begin(count = PROMPTS.length) {
  const test = await createTestApp();
  const session = createQuizSession(test.app, async () => PROMPTS.slice(0, count));
  await session.start();
  return { ...test, session };
}

function shownPair(session: QuizSession) {
  const { phase } = session.store.getState();
  if (phase.kind !== 'asking') throw new Error(`Not asking but ${phase.kind}`);
  return phase.pair;
}

describe('the taste quiz', () => {
  it('shows a pair as soon as the first prompts are encoded', async () => {
    const { session, engine } = await begin();
    expect(session.store.getState().phase.kind).toBe('asking');
    const firstPair = engine.calls.indexOf('nextPair');
    expect(engine.calls.slice(0, firstPair).filter((call) => call === 'encode')).toHaveLength(1);
    await expect.poll(() => engine.calls.filter((call) => call === 'encode').length).toBe(3);
  });

  it('records what was picked, blind, with side and propensity', async () => {
    const { session, app } = await begin();
    const pair = shownPair(session);
    const { left, right } = sidesOf(pair);
    await session.pick('right');
    const [preference] = app.memory.store.getState().log;
    expect(preference).toMatchObject({ source: 'quiz', outcome: 'win', weight: 1, blind: true, chosenSide: 'right', propensity: 1 });
    expect(preference?.chosen.modelId).toBe(`quiz/${right.id}`);
    expect(preference?.rejected?.modelId).toBe(`quiz/${left.id}`);
    expect(preference?.promptExcerpt).toBe(pair.prompt.prompt.replace(/\s+/g, ' ').slice(0, 160));
  });

  it('says what was learned', async () => {
    const { session, app, engine } = await begin();
    const { adapt } = engine.handlers;
    engine.handlers.adapt = async (request) => ({ ...(await adapt(request)), covariance: IDENTITY });
    await session.pick('left');
    const [made] = session.store.getState().made;
    const [preference] = app.memory.store.getState().log;
    const [first] = made?.changes ?? [];
    if (!first || !preference?.rejected) throw new Error('Nothing was learned');
    const axis = axisIndex(first.axis);
    expect(Math.sign(first.change)).toBe(Math.sign((preference.chosen.features[axis] ?? 0) - (preference.rejected.features[axis] ?? 0)));
    expect(app.memory.store.getState().adaptation?.appliedCount).toBe(1);
  });

  it('asks the next pair while the pick is still being learned', async () => {
    const { session, engine } = await begin();
    const { adapt } = engine.handlers;
    let release: () => void = () => undefined;
    const released = new Promise<void>((resolve) => (release = resolve));
    engine.handlers.adapt = async (request) => {
      await released;
      return adapt(request);
    };
    const first = shownPair(session);
    const picking = session.pick('left');
    await expect.poll(() => session.store.getState().phase).toMatchObject({ kind: 'asking' });
    expect(shownPair(session).id).not.toBe(first.id);
    expect(session.store.getState().made[0]?.changes).toBeNull();
    release();
    await picking;
    expect(session.store.getState().made[0]?.changes).not.toBeNull();
  });

  it('records ties and both bad with the left answer first', async () => {
    const { session, app } = await begin();
    const { left } = sidesOf(shownPair(session));
    await session.pick('both_bad');
    await session.pick('tie');
    expect(app.memory.store.getState().log.map((pick) => pick.outcome)).toEqual(['both_bad', 'tie']);
    expect(app.memory.store.getState().log[0]?.chosen.modelId).toBe(`quiz/${left.id}`);
  });

  it('never asks a prompt twice in a round, and never one that was skipped', async () => {
    const { session } = await begin();
    const asked = [shownPair(session).prompt.id];
    await session.skip();
    for (let count = 1; count < ROUND_LENGTH; count++) {
      asked.push(shownPair(session).prompt.id);
      await session.pick('left');
    }
    expect(new Set(asked).size).toBe(asked.length);
  });

  it('randomises the sides', async () => {
    const { session } = await begin();
    const sides: boolean[] = [];
    for (let count = 0; count < 9; count++) {
      sides.push(shownPair(session).inOrder);
      await session.pick('tie');
    }
    expect(new Set(sides).size).toBe(2);
  });

  it('takes the last pick back and asks the same pair again', async () => {
    const { session, app } = await begin();
    const pair = shownPair(session);
    await session.pick('left');
    await session.undo();
    expect(shownPair(session)).toBe(pair);
    expect(session.store.getState().made).toEqual([]);
    expect(app.memory.store.getState().log[0]?.undoneAt).not.toBeNull();
    await session.pick('right');
    expect(app.memory.store.getState().log.filter((pick) => pick.undoneAt === null)).toHaveLength(1);
  });

  it('ends a round by itself, remembers that, and can go on', async () => {
    const { session, app, clock } = await begin();
    for (let count = 0; count < ROUND_LENGTH; count++) await session.pick('left');
    expect(session.store.getState().phase.kind).toBe('finished');
    expect(app.settings.store.getState().quiz.completedAt).toBe(clock.now());
    await session.goOn();
    expect(session.store.getState()).toMatchObject({ phase: { kind: 'asking' }, made: [] });
  });

  it('does not count as taken when nothing was picked', async () => {
    const { session, app } = await begin();
    session.finish();
    expect(app.settings.store.getState().quiz.completedAt).toBeNull();
  });

  it('says when every pair was seen', async () => {
    const { session } = await begin(1);
    for (let count = 0; count < 6; count++) await session.pick('tie');
    expect(session.store.getState().phase.kind).toBe('exhausted');
  });

  it('keeps the pick when the next pair fails, and tries again', async () => {
    const { session, app, engine } = await begin();
    const { nextPair } = engine.handlers;
    engine.handlers.nextPair = () => Promise.reject(new EngineFailure({ kind: 'worker_died', detail: 'out of memory' }));
    await session.pick('left');
    expect(session.store.getState().phase).toMatchObject({ kind: 'failed' });
    expect(app.memory.store.getState().log).toHaveLength(1);
    engine.handlers.nextPair = nextPair;
    await session.start();
    expect(session.store.getState().phase.kind).toBe('asking');
  });

  it('goes on in a new session where the log ends', async () => {
    const { session, app, reopen } = await begin(2);
    const { prompt } = shownPair(session);
    await session.pick('left');
    const again = createQuizSession((await reopen()).app, async () => PROMPTS.slice(0, 2));
    await again.start();
    expect(shownPair(again).prompt.id).not.toBe(prompt.id);
    expect(app.memory.store.getState().log).toHaveLength(1);
  });
});
