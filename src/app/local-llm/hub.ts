import * as v from 'valibot';
import { phrase } from '../../core/phrase';
import { LlmFailure, type LlmDevice, type ModelFile, type ModelPlan } from '../../protocol/local-llm';
import type { ModelOffer } from './offers';

/** https://huggingface.co/docs/hub/api: `GET /api/models/{repo}` and `…/tree/{revision}`. */
const Repository = v.object({ sha: v.pipe(v.string(), v.regex(/^[\da-f]{40}$/)) });

const Entry = v.object({
  path: v.string(),
  size: v.pipe(v.number(), v.integer(), v.minValue(0)),
  oid: v.string(),
  lfs: v.optional(v.object({ oid: v.string(), size: v.number() })),
});
const Tree = v.array(v.unknown());

/** What the model runs on, and what that device can compute with. */
export interface DeviceFacts {
  readonly device: LlmDevice;
  readonly hasFloat16: boolean;
}

/** Formats of weights, best first. On WASM 8-bit weights are fastest; a GPU takes 4 bits as they are. */
function dtypesFor({ device, hasFloat16 }: DeviceFacts): readonly string[] {
  if (device === 'wasm') return ['q8', 'int8', 'q4'];
  return hasFloat16 ? ['q4f16', 'q4', 'fp16'] : ['q4'];
}

const SUFFIXES: Readonly<Record<string, string>> = { q8: '_quantized', int8: '_int8', q4: '_q4', q4f16: '_q4f16', fp16: '_fp16' };

/** Beside the weights; those that a repository has. */
const COMPANIONS = ['config.json', 'generation_config.json', 'tokenizer.json', 'tokenizer_config.json', 'chat_template.jinja'];

/** Asks the hub which files the model has now, and how large they are. Throws LlmFailure. */
export async function lookUpModel(hub: string, offer: ModelOffer, facts: DeviceFacts, signal: AbortSignal, fetch: typeof globalThis.fetch = globalThis.fetch): Promise<ModelPlan> {
  const address = `${hub}/api/models/${offer.repository}`;
  const { sha } = await getJson(`${address}/revision/main`, Repository, signal, fetch);
  const tree = await getJson(`${address}/tree/${sha}?recursive=true`, Tree, signal, fetch);
  return planFrom(offer, sha, tree, facts);
}

/** Throws LlmFailure when the repository has no weights in a format that this device runs. */
export function planFrom(offer: ModelOffer, revision: string, tree: readonly unknown[], facts: DeviceFacts): ModelPlan {
  const files = new Map<string, ModelFile>();
  for (const item of tree) {
    const entry = v.safeParse(Entry, item);
    if (entry.success) files.set(entry.output.path, fileOf(entry.output));
  }
  for (const dtype of dtypesFor(facts)) {
    const graph = files.get(`onnx/model${SUFFIXES[dtype]}.onnx`);
    if (graph === undefined) continue;
    const external = [...files.values()].filter(({ path }) => path === `${graph.path}_data` || path.startsWith(`${graph.path}_data_`));
    const companions = COMPANIONS.flatMap((path) => files.get(path) ?? []);
    const { repository, id } = offer;
    return { modelId: id, repository, revision, device: facts.device, dtype, externalDataFiles: external.length, files: [...companions, graph, ...external] };
  }
  throw new LlmFailure({ kind: 'device_failed', detail: phrase('{{repository}} has no weights that this device can run.', { repository: offer.repository }) });
}

function fileOf({ path, size, oid, lfs }: v.InferOutput<typeof Entry>): ModelFile {
  return lfs === undefined ? { path, bytes: size, digest: { algorithm: 'git-sha1', hex: oid } } : { path, bytes: lfs.size, digest: { algorithm: 'sha256', hex: lfs.oid } };
}

async function getJson<Schema extends v.GenericSchema>(url: string, schema: Schema, signal: AbortSignal, fetch: typeof globalThis.fetch): Promise<v.InferOutput<Schema>> {
  try {
    const response = await fetch(url, { signal, credentials: 'omit', cache: 'no-store', referrerPolicy: 'no-referrer' });
    if (!response.ok) throw new LlmFailure({ kind: 'network', detail: phrase('The server answered {{status}}.', { status: response.status }) });
    const parsed = v.safeParse(schema, await response.json());
    if (!parsed.success) throw new LlmFailure({ kind: 'network', detail: phrase('The server answered, but not with a list of files.') });
    return parsed.output;
  } catch (thrown) {
    if (signal.aborted) throw new LlmFailure({ kind: 'cancelled' });
    if (thrown instanceof LlmFailure) throw thrown;
    throw new LlmFailure({ kind: 'network', detail: thrown instanceof Error ? thrown.message : String(thrown) });
  }
}
