import { phrase, type Phrase } from '../core/phrase';
import * as v from 'valibot';
import { EMBEDDING_SIZE } from '../core/dimensions';
import { EngineFailure } from '../protocol/failure';
import type { SentenceEncoder } from './encoder';
import type { Feeds, GraphSession } from './runtime';

/** Cosine to the full-precision embedding below which a device is not computing this model; quantisation costs far less. */
const LEAST_COSINE = 0.95;
/** A text of a few words may come out right by luck; one is enough, since each more delays the start. */
const TELLING_CHARACTERS = 60;
/** Relative to values of at least 1; GPU and CPU agree to about 1e-5. */
const ROUTER_TOLERANCE = 1e-2;

const encoderParity = v.object({
  cases: v.pipe(v.array(v.object({ name: v.string(), text: v.string(), embedding: v.pipe(v.array(v.number()), v.length(EMBEDDING_SIZE)) })), v.nonEmpty()),
});

const tensor = v.object({ shape: v.array(v.number()), data: v.array(v.number()) });

const routerParity = v.object({
  cases: v.pipe(v.array(v.object({ name: v.string(), inputs: v.record(v.string(), tensor), outputs: v.record(v.string(), tensor) })), v.nonEmpty()),
});

export type EncoderCase = v.InferOutput<typeof encoderParity>['cases'][number];
export type RouterCase = v.InferOutput<typeof routerParity>['cases'][number];

/** @throws EngineFailure manifest_invalid */
export function parseEncoderParity(json: unknown): readonly EncoderCase[] {
  return parseCases(v.safeParse(encoderParity, json), 'encoder/parity.json');
}

/** @throws EngineFailure manifest_invalid */
export function parseRouterParity(json: unknown): readonly RouterCase[] {
  return parseCases(v.safeParse(routerParity, json), 'parity.json');
}

/**
 * Known-answer test of a GPU: a driver or a kernel that computes wrong numbers would misroute without a word (one build of ONNX
 * Runtime Web gave embeddings of cosine 0.4). The answers were exported with the models.
 * `signOfLife` is called before each run: the first ones compile shaders.
 * @throws EngineFailure device_failed, after which the client starts over on WASM
 */
export async function checkDevice(
  encoder: SentenceEncoder,
  router: GraphSession,
  encoderCases: readonly EncoderCase[],
  routerCases: readonly RouterCase[],
  signOfLife: () => void = () => undefined,
): Promise<void> {
  const telling = encoderCases.filter(({ text }) => text.length >= TELLING_CHARACTERS).slice(0, 1);
  for (const { name, text, embedding } of telling) {
    signOfLife();
    const found = cosine(await encoder.encode(text), embedding);
    if (!(found >= LEAST_COSINE)) throw wrong(router, phrase("the embedding of '{{name}}' has cosine {{found}} to the known one", { name, found: found.toFixed(3) }));
  }
  for (const routerCase of routerCases.slice(0, 1)) {
    signOfLife();
    const error = await routerError(router, routerCase);
    if (!(error <= ROUTER_TOLERANCE)) throw wrong(router, phrase("the router is off by {{error}} on '{{name}}'", { error: error.toPrecision(2), name: routerCase.name }));
  }
}

/** Largest error over all outputs, relative to values of at least 1. */
export async function routerError(router: GraphSession, { inputs, outputs }: RouterCase): Promise<number> {
  const feeds: Feeds = Object.fromEntries(
    Object.entries(inputs).map(([name, { shape, data }]) => [name, { type: 'float32', data: Float32Array.from(data), dims: shape }]),
  );
  const values = await router.run(feeds, Object.keys(outputs));
  let worst = 0;
  for (const [name, { data }] of Object.entries(outputs)) {
    const actual = values.get(name);
    if (actual?.length !== data.length) return Infinity;
    data.forEach((expected, at) => (worst = Math.max(worst, Math.abs((actual[at] ?? NaN) - expected) / Math.max(1, Math.abs(expected)))));
  }
  return worst;
}

/** Of vectors that need not be unit length. */
export function cosine(left: ArrayLike<number>, right: ArrayLike<number>): number {
  let product = 0;
  let leftSquares = 0;
  let rightSquares = 0;
  for (let at = 0; at < left.length; at += 1) {
    const [a, b] = [left[at] ?? 0, right[at] ?? 0];
    product += a * b;
    leftSquares += a * a;
    rightSquares += b * b;
  }
  return product / Math.sqrt(leftSquares * rightSquares);
}

function wrong(router: GraphSession, detail: Phrase): EngineFailure {
  return new EngineFailure({ kind: 'device_failed', device: router.provider, detail: phrase('It computes wrong numbers: {{detail}}.', { detail }) });
}

function parseCases<Case>(
  parsed: { readonly success: true; readonly output: { readonly cases: readonly Case[] } } | { readonly success: false; readonly issues: readonly { readonly message: string }[] },
  file: string,
): readonly Case[] {
  if (parsed.success) return parsed.output.cases;
  throw new EngineFailure({ kind: 'manifest_invalid', detail: `${file}: ${parsed.issues[0]?.message ?? 'unreadable'}` });
}
