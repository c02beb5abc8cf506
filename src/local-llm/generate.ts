import { AutoModelForCausalLM, AutoTokenizer, env, LogLevel, StoppingCriteria, TextStreamer, type PreTrainedModel, type PreTrainedTokenizer, type Tensor } from '@xenova/transformers';
import { chooseBuild, threadCount, type WasmBuilds } from '../engine/runtime';
import { phrase } from '../core/phrase';
import { LlmFailure, type LlmDevice, type LlmMessage, type ModelPlan } from '../protocol/local-llm';
import type { ModelFolder } from './model-folder';

/** The key-value cache grows with every token; a browser tab has a few gigabytes at best. */
const CONTEXT_LIMIT = 4_096;

/** Answers no request but for the model's own files. */
const LOCAL_HOST = 'https://local.invalid/';

export interface GenerateParts {
  readonly builds: WasmBuilds;
  readonly hasJspi: boolean;
  readonly crossOriginIsolated: boolean;
  readonly hardwareConcurrency: number;
}

export interface Generation {
  readonly messages: readonly LlmMessage[];
  readonly maxOutputTokens: number;
  readonly isStopped: () => boolean;
  readonly onText: (text: string) => void;
}

export interface Generated {
  readonly inputTokens: number;
  readonly outputTokens: number;
  readonly reachedLimit: boolean;
}

/** A model in memory. */
export class LocalLlm {
  private constructor(
    private readonly tokenizer: PreTrainedTokenizer,
    private readonly model: PreTrainedModel,
    private readonly chatTemplate: string | null,
    private readonly contextLimit: number,
  ) {}

  /**
   * Loads by transformers.js from files that are in this browser; nothing is fetched.
   * @throws LlmFailure missing_files, device_failed
   */
  static async load(plan: ModelPlan, folder: ModelFolder, parts: GenerateParts): Promise<LocalLlm> {
    const checked = await folder.checkedPaths();
    if (!plan.files.every(({ path }) => checked.has(path))) throw new LlmFailure({ kind: 'missing_files' });
    serveFrom(plan, folder);
    setUpRuntime(plan.device, parts);
    try {
      const tokenizer = await AutoTokenizer.from_pretrained(plan.repository);
      const options = { dtype: dtypeOf(plan), device: plan.device, use_external_data_format: plan.externalDataFiles };
      const model = await AutoModelForCausalLM.from_pretrained(plan.repository, options);
      const template = (await folder.read('chat_template.jinja'))?.text() ?? null;
      return new LocalLlm(tokenizer, model, tokenizer.chat_template === null ? await template : null, contextLimitOf(model));
    } catch (thrown) {
      throw toFailure(thrown);
    }
  }

  /** Streams one answer. Throws LlmFailure. */
  async generate({ messages, maxOutputTokens, isStopped, onText }: Generation): Promise<Generated> {
    // `enable_thinking` is a variable of the template's own: small models that can think (Qwen3) think long and answer little.
    const template = { add_generation_prompt: true, chat_template: this.chatTemplate, enable_thinking: false };
    const inputs = this.tokenizer.apply_chat_template([...messages], template);
    const inputTokens = lengthOf(inputs.input_ids);
    const room = this.contextLimit - inputTokens;
    if (room < 1) throw new LlmFailure({ kind: 'context_too_long', tokens: inputTokens, limit: this.contextLimit });
    const limit = Math.min(maxOutputTokens, room);
    let outputTokens = 0;
    const streamer = new TextStreamer(this.tokenizer, {
      skip_prompt: true,
      skip_special_tokens: true,
      callback_function: (text) => text !== '' && onText(text),
      token_callback_function: () => (outputTokens += 1),
    });
    try {
      await this.model.generate({ ...inputs, max_new_tokens: limit, streamer, stopping_criteria: [new StopWhen(isStopped)] });
    } catch (thrown) {
      throw toFailure(thrown);
    }
    return { inputTokens, outputTokens, reachedLimit: outputTokens >= limit };
  }
}

/** Asked after every token. */
class StopWhen extends StoppingCriteria {
  constructor(private readonly isStopped: () => boolean) {
    super();
  }

  override _call(inputIds: readonly (readonly number[])[]): boolean[] {
    return inputIds.map(() => this.isStopped());
  }
}

/** transformers.js asks as it would ask the hub, always for the newest revision; every answer comes from the folder, whose revision is pinned. */
function serveFrom(plan: ModelPlan, folder: ModelFolder): void {
  const prefix = `${LOCAL_HOST}${plan.repository}/resolve/main/`;
  env.allowLocalModels = false;
  env.allowRemoteModels = true;
  env.remoteHost = LOCAL_HOST;
  env.useBrowserCache = false;
  env.useWasmCache = false;
  env.logLevel = LogLevel.ERROR;
  env.fetch = async (input) => {
    const url = input.toString();
    const content = url.startsWith(prefix) ? await folder.read(url.slice(prefix.length)) : null;
    if (content === null) return new Response(null, { status: 404 });
    return new Response(content, { headers: { 'content-length': String(content.size) } });
  };
}

function setUpRuntime(device: LlmDevice, { builds, hasJspi, crossOriginIsolated, hardwareConcurrency }: GenerateParts): void {
  const { wasm } = env.backends.onnx;
  if (wasm === undefined) throw new LlmFailure({ kind: 'device_failed', detail: phrase('ONNX Runtime has no WebAssembly here.') });
  const build = chooseBuild(device, builds, hasJspi);
  wasm.wasmPaths = { mjs: build.mjs, wasm: build.wasm };
  wasm.numThreads = threadCount(crossOriginIsolated, hardwareConcurrency);
  wasm.proxy = false;
}

const DTYPES = ['fp32', 'fp16', 'q8', 'int8', 'uint8', 'q4', 'q4f16', 'bnb4'] as const;

function dtypeOf(plan: ModelPlan): (typeof DTYPES)[number] {
  const dtype = DTYPES.find((known) => known === plan.dtype);
  if (dtype === undefined) throw new LlmFailure({ kind: 'device_failed', detail: phrase('The format {{format}} is not known.', { format: plan.dtype }) });
  return dtype;
}

function contextLimitOf(model: PreTrainedModel): number {
  const trained = model.config.max_position_embeddings;
  return Number.isFinite(trained) ? Math.min(CONTEXT_LIMIT, trained) : CONTEXT_LIMIT;
}

function lengthOf(ids: Tensor): number {
  return ids.dims.at(-1) ?? 0;
}

function toFailure(thrown: unknown): LlmFailure {
  if (thrown instanceof LlmFailure) return thrown;
  return new LlmFailure({ kind: 'device_failed', detail: thrown instanceof Error ? thrown.message : String(thrown) });
}
