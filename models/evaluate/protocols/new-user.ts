import { CHECKPOINTS, ablated, simulatedSection, tacit, worldOf } from './curves';
import { poolsOf, secondary, type Protocol } from './protocol';

/** A person arrives without history and picks 0 … 50 times. */
export const newUser: Protocol = async (input) => {
  const { pools, skipped } = poolsOf(input.bench.benchmark(), input.pools);
  const sections = [];
  for (const pool of pools) {
    const methods = input.duels.map((duels) => (duels === 'active' ? tacit('Tacit') : tacit('Tacit, random duels', { ablations: 'random-duels' })));
    sections.push(await simulatedSection(input, { title: `new-user, simulated people, ${pool} LLMs`, world: worldOf(input, pool), methods: [...methods, ...ablated(input)], script: { checkpoints: CHECKPOINTS, frontierAt: 20 } }));
  }
  return { sections, skipped };
};

/** The same as the app does it: of a day's prompts it asks about the few that are worth it, and reads every answer. */
export const everyday: Protocol = async (input) => {
  const { pools, skipped } = poolsOf(input.bench.benchmark(), input.pools);
  const sections = [];
  for (const pool of pools) {
    sections.push(await simulatedSection(input, { title: `everyday, simulated people, ${pool} LLMs`, world: worldOf(input, pool), methods: [tacit('Tacit in everyday use', { everyday: true })], script: { checkpoints: CHECKPOINTS }, withoutLearners: true }));
  }
  return { sections, skipped };
};

/** Picks that a known person has made. */
const LONG_HISTORY = 100;

/** People of the training split with a long history; the fitted baselines know all their rewards on the training prompts. */
export const knownUser: Protocol = async (asked) => {
  const input = secondary(asked);
  const { pools, skipped } = poolsOf(input.bench.benchmark(), input.pools);
  const sections = [];
  for (const pool of pools) {
    const world = worldOf(input, pool, { people: 'train' });
    sections.push(await simulatedSection(input, { title: `known-user, simulated people with ${LONG_HISTORY} picks, ${pool} LLMs`, world, methods: [tacit('Tacit')], script: { checkpoints: [LONG_HISTORY] } }));
  }
  return { sections, skipped };
};

/** A new person and LLMs that training did not see: known by their cards, after a quiz, or as if they had been in training. */
export const newBoth: Protocol = async (asked) => {
  const input = secondary(asked);
  const { pools, skipped } = poolsOf(input.bench.benchmark(), ['unseen']);
  const sections = [];
  for (const pool of pools) {
    const methods = [
      tacit('Tacit, LLMs by card only'),
      tacit('Tacit, LLMs by card without a quality tier', { ablations: 'no-tier' }),
      tacit('Tacit, LLMs after a 20-prompt quiz', { knowledge: 'quiz' }),
      tacit('Tacit, LLMs as if trained on', { knowledge: 'trained' }),
    ];
    sections.push(await simulatedSection(input, { title: 'new-both, simulated people, unseen LLMs', world: worldOf(input, pool), methods, script: { checkpoints: [0, 1, 5, 10, 20, 50] }, withoutLearners: true }));
  }
  return { sections, skipped };
};

const MISFITS = ['by_task', 'ideal_length'];

/** People that a model linear in the traits does not fit, and people who pick at random now and then. */
export const misfit: Protocol = async (asked) => {
  const input = secondary(asked);
  const { pools, skipped } = poolsOf(input.bench.benchmark(), input.pools);
  const sections = [];
  for (const pool of pools) {
    const script = { checkpoints: [0, 5, 10, 20, 50] };
    const kinds = MISFITS.filter((kind) => input.bench.benchmark().users.some((user) => user.kind === kind));
    if (kinds.length > 0) sections.push(await simulatedSection(input, { title: `misfit, simulated ${kinds.join(' and ')} people, ${pool} LLMs`, world: worldOf(input, pool, { kinds }), methods: [tacit('Tacit')], script }));
    sections.push(await simulatedSection(input, { title: `misfit, simulated people of all kinds, every fifth pick a coin toss, ${pool} LLMs`, world: worldOf(input, pool), methods: [tacit('Tacit')], script: { ...script, noiseShare: 0.2 } }));
  }
  return { sections, skipped };
};
