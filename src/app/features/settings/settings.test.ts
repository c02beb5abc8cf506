import { describe, expect, it } from 'vitest';
import { createTestApp } from '../../testing/test-app';
import { about } from './about';
import { measureRoute, statusFacts, timingFacts } from './engine-facts';
import { costLimitChoices, perDayText, WISHES, wishText } from '../../words/wishes';
import { sectionOf } from './sections';

describe('sliders in words', () => {
  it('says how much is asked for', () => {
    const [cost] = WISHES;
    if (!cost) throw new Error('There is no wish');
    expect([-1, -0.25, 0, 0.25, 0.5, 1].map((value) => wishText(cost, value))).toEqual(['cost matters less', 'cost matters less', 'as learned', 'a little cheaper', 'cheaper', 'much cheaper']);
  });

  it('says how often it may ask', () => {
    expect([perDayText(1), perDayText(6)]).toEqual(['once a day', 'up to 6 a day']);
  });
});

describe('cost limits', () => {
  it('offers a limit that came from elsewhere, too', () => {
    expect(costLimitChoices(null)).toHaveLength(6);
    expect(costLimitChoices(0.003).at(-1)).toEqual({ value: '0.003', usd: 0.003, label: '$0.003 for an answer' });
  });
});

describe('the engine’s facts', () => {
  const status = { device: 'wasm' as const, deviceNote: 'The browser offers no GPU.', adapter: null, threads: 4, loadMs: 1234, artifactVersion: 'router-1', encoderFile: 'encoder/m/onnx/model_quantized.onnx' };

  it('says where it runs and why not on the GPU', () => {
    expect(statusFacts(status)).toEqual([
      ['Runs on', 'CPU · 4 threads'],
      ['Why not the GPU', 'The browser offers no GPU.'],
      ['Loaded in', '1.2 s'],
      ['Router', 'router-1'],
      ['Encoder', 'model_quantized.onnx'],
    ]);
    expect(statusFacts({ ...status, device: 'webgpu', deviceNote: null, adapter: 'apple' })[0]).toEqual(['Runs on', 'GPU · apple']);
  });

  it('measures a route with the real pool and sends nothing', async () => {
    const { app, languageModel } = await createTestApp({ models: ['a'] });
    await measureRoute(app);
    const timings = app.engine.store.getState().lastTimings;
    expect(timings && timingFacts(timings).at(-1)).toEqual(['Together', '3 ms']);
    expect(languageModel.requests).toEqual([]);
  });
});

describe('about', () => {
  it('reads version, licence and libraries from the project', () => {
    const { version, licence, libraries } = about();
    expect(version).toMatch(/^\d+\.\d+\.\d+$/);
    expect(licence).toBe('MIT');
    expect(libraries.find((library) => library.name === '@huggingface/transformers')?.version).toMatch(/^\d/);
    expect(libraries.every((library) => /^\d/.test(library.version))).toBe(true);
  });
});

describe('sections', () => {
  it('knows its own names only', () => {
    expect([sectionOf('engine'), sectionOf('nonsense'), sectionOf(null)]).toEqual(['engine', null, null]);
  });
});
