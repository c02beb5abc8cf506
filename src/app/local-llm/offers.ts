import { mark } from '../../core/phrase';
import type { ModelCard } from '../../core/routing';

/** A model that can be downloaded into this browser. Its size is asked of the server, on the user's word. */
export interface ModelOffer {
  readonly id: string;
  readonly repository: string;
  readonly licence: { readonly name: string; readonly url: string };
  readonly card: Omit<ModelCard, 'id' | 'local'>;
}

const COMMON = {
  priceInUsdPerMTok: 0,
  priceOutUsdPerMTok: 0,
  // What the app lets a model in the browser use; the models could take more.
  contextTokens: 4_096,
  openWeights: true,
  reasoning: false,
  modalities: ['text'],
  tools: false,
  tier: 1,
  speed: null,
} satisfies Partial<ModelCard>;

const APACHE = 'Apache 2.0';

/** Small instruct models with ONNX weights on the Hugging Face hub, smallest first. */
export const MODEL_OFFERS: readonly ModelOffer[] = [
  {
    id: 'smollm2-135m-instruct',
    repository: 'HuggingFaceTB/SmolLM2-135M-Instruct',
    licence: { name: APACHE, url: 'https://huggingface.co/HuggingFaceTB/SmolLM2-135M-Instruct' },
    card: {
      ...COMMON,
      name: 'SmolLM2 135M',
      provider: 'Hugging Face',
      family: 'SmolLM2',
      description: mark('A tiny language model that runs in the browser: quick short answers to simple requests, often wrong on facts.'),
      paramsB: 0.135,
      released: '2024-11',
    },
  },
  {
    id: 'smollm2-360m-instruct',
    repository: 'HuggingFaceTB/SmolLM2-360M-Instruct',
    licence: { name: APACHE, url: 'https://huggingface.co/HuggingFaceTB/SmolLM2-360M-Instruct' },
    card: {
      ...COMMON,
      name: 'SmolLM2 360M',
      provider: 'Hugging Face',
      family: 'SmolLM2',
      description: mark('A very small language model that runs in the browser: short rewriting, summaries and simple questions.'),
      paramsB: 0.36,
      released: '2024-11',
    },
  },
  {
    id: 'qwen2.5-0.5b-instruct',
    repository: 'onnx-community/Qwen2.5-0.5B-Instruct',
    licence: { name: APACHE, url: 'https://huggingface.co/Qwen/Qwen2.5-0.5B-Instruct/blob/main/LICENSE' },
    card: {
      ...COMMON,
      name: 'Qwen2.5 0.5B',
      provider: 'Alibaba',
      family: 'Qwen2.5',
      description: mark('A very small multilingual language model that runs in the browser: short answers, simple code and lists.'),
      paramsB: 0.5,
      released: '2024-09',
    },
  },
  {
    id: 'qwen3-0.6b',
    repository: 'onnx-community/Qwen3-0.6B-ONNX',
    licence: { name: APACHE, url: 'https://huggingface.co/Qwen/Qwen3-0.6B/blob/main/LICENSE' },
    card: {
      ...COMMON,
      name: 'Qwen3 0.6B',
      provider: 'Alibaba',
      family: 'Qwen3',
      description: mark('A small multilingual language model that runs in the browser: everyday questions, drafts and simple code, without thinking first.'),
      paramsB: 0.6,
      released: '2025-04',
    },
  },
  {
    id: 'llama-3.2-1b-instruct',
    repository: 'onnx-community/Llama-3.2-1B-Instruct-ONNX',
    licence: { name: 'Llama 3.2 Community License', url: 'https://www.llama.com/llama3_2/license/' },
    card: {
      ...COMMON,
      name: 'Llama 3.2 1B',
      provider: 'Meta',
      family: 'Llama 3.2',
      description: mark('A small language model that runs in the browser: fluent short answers, summaries and rewriting.'),
      paramsB: 1.2,
      released: '2024-09',
    },
  },
];
