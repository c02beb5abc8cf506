import { readPeople, type PeopleResult } from '../people-run';
import { randomFor } from '../random';
import { tableSection, type Entry, type Section } from '../report';
import { bootstrapRatio } from '../statistics';
import { encodeAll, type Protocol, type ProtocolInput } from './protocol';

const KNOWN = [0, 1, 3, 5];
const SOURCES = ['mtbench', 'prism'] as const;

/** Unseen choices of real people after 0, 1, 3 and 5 known ones of the same person, against the same router without them. */
export const people: Protocol = async (input) => {
  const sections: Section[] = [];
  const skipped: string[] = [];
  for (const source of SOURCES) await encodeAll(input, [...new Set(readPeople(input.bench, source)?.choices.map(({ prompt }) => prompt))]);
  const results = await Promise.all(SOURCES.map(async (source) => {
    const progress = input.report(`people, ${source}`);
    return input.crew.run('people', { source, known: KNOWN, people: input.users, seed: input.seed }, (done) => progress(done, input.users));
  }));
  SOURCES.forEach((source, index) => {
    const result = results[index];
    if (result?.length) sections.push(section(input, source, result));
    else skipped.push(`human/${source === 'mtbench' ? 'mtbench' : 'prism_subset'}: its files are missing`);
  });
  return { sections, skipped };
};

function section(input: ProtocolInput, source: string, results: readonly PeopleResult[]): Section {
  const random = randomFor(input.seed, `people ${source}`);
  const blind = results.find(({ name, known }) => name === 'Tacit' && known === 0)!;
  const total = (values: Float64Array) => values.reduce((sum, value) => sum + value, 0);
  const rows = results.filter(({ name, known }) => known === 0 || !name.endsWith('user-blind')).map((result): Entry[] => {
    const per = (values: Float64Array) => total(values) / total(result.choices);
    const gain = (of: (one: PeopleResult) => Float64Array, sign: number) => bootstrapRatio(of(result).map((value, person) => sign * (value - of(blind)[person]!)), result.choices, random);
    return [result.name, result.known, per(result.loss), per(result.right), gain((one) => one.loss, -1), gain((one) => one.right, 1)];
  });
  const name = source === 'mtbench' ? 'mtbench expert votes' : 'prism_subset';
  return tableSection(`people: real choices, ${name}`, { people: blind.choices.length, choices: total(blind.choices), seed: input.seed },
    ['method', 'known', 'log loss', 'accuracy', 'log loss saved against Tacit user-blind', 'accuracy gained'], rows);
}
