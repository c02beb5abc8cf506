import { mark } from '../core/phrase';
import type { ProviderKind } from './language-model';

export type PresetId =
  | 'openai'
  | 'openrouter'
  | 'anthropic'
  | 'google'
  | 'groq'
  | 'mistral'
  | 'deepseek'
  | 'xai'
  | 'together'
  | 'ollama'
  | 'lm-studio'
  | 'llama-cpp'
  | 'vllm'
  | 'custom';

/** What the connect dialog knows about a provider before the user types anything. */
export interface ProviderPreset {
  readonly id: PresetId;
  readonly name: string;
  readonly kind: ProviderKind;
  /** Empty when the user has to enter it. */
  readonly baseUrl: string;
  readonly needsKey: boolean;
  /** The page where the user makes a key. */
  readonly keyUrl: string | null;
  /** Runs on the user's own machine: prompts do not leave it. */
  readonly local: boolean;
  /** One or two sentences: what to have ready. */
  readonly hint: string;
}

const OPENAI_COMPATIBLE = { kind: 'openai-compatible' } as const;
const HOSTED = { ...OPENAI_COMPATIBLE, needsKey: true, local: false } as const;
const ON_THIS_MACHINE = { ...OPENAI_COMPATIBLE, needsKey: false, keyUrl: null, local: true } as const;

export const PROVIDER_PRESETS: readonly ProviderPreset[] = [
  {
    ...HOSTED,
    id: 'openrouter',
    name: 'OpenRouter',
    baseUrl: 'https://openrouter.ai/api/v1',
    keyUrl: 'https://openrouter.ai/settings/keys',
    hint: mark('Sign in, no key to copy: several hundred models of many makers, some of them free. The quickest way to give the router a choice.'),
  },
  {
    ...HOSTED,
    id: 'openai',
    name: 'OpenAI',
    baseUrl: 'https://api.openai.com/v1',
    keyUrl: 'https://platform.openai.com/api-keys',
    hint: mark('An API key with credit; a ChatGPT subscription does not include one.'),
  },
  {
    id: 'anthropic',
    name: 'Anthropic',
    kind: 'anthropic',
    baseUrl: 'https://api.anthropic.com/v1',
    needsKey: true,
    keyUrl: 'https://console.anthropic.com/settings/keys',
    local: false,
    hint: mark('An API key with credit; a Claude subscription does not include one.'),
  },
  {
    id: 'google',
    name: 'Google Gemini',
    kind: 'google',
    baseUrl: 'https://generativelanguage.googleapis.com/v1beta',
    needsKey: true,
    keyUrl: 'https://aistudio.google.com/apikey',
    local: false,
    hint: mark('A key from AI Studio. The free tier has tight limits and lets Google use your prompts.'),
  },
  {
    ...HOSTED,
    id: 'groq',
    name: 'Groq',
    baseUrl: 'https://api.groq.com/openai/v1',
    keyUrl: 'https://console.groq.com/keys',
    hint: mark('Open-weight models at high speed, with a free tier limited per minute.'),
  },
  {
    ...HOSTED,
    id: 'mistral',
    name: 'Mistral',
    baseUrl: 'https://api.mistral.ai/v1',
    keyUrl: 'https://console.mistral.ai/api-keys',
    hint: mark('A key from La Plateforme. A new key can take a minute until it works.'),
  },
  {
    ...HOSTED,
    id: 'deepseek',
    name: 'DeepSeek',
    baseUrl: 'https://api.deepseek.com/v1',
    keyUrl: 'https://platform.deepseek.com/api_keys',
    hint: mark('A prepaid key.'),
  },
  {
    ...HOSTED,
    id: 'xai',
    name: 'xAI',
    baseUrl: 'https://api.x.ai/v1',
    keyUrl: 'https://console.x.ai',
    hint: mark('A key from the xAI console, with credit.'),
  },
  {
    ...HOSTED,
    id: 'together',
    name: 'Together AI',
    baseUrl: 'https://api.together.xyz/v1',
    keyUrl: 'https://api.together.ai/settings/api-keys',
    hint: mark('Many open-weight models behind one prepaid key.'),
  },
  {
    ...ON_THIS_MACHINE,
    id: 'ollama',
    name: 'Ollama',
    baseUrl: 'http://localhost:11434/v1',
    hint: mark('Ollama must run and allow this page through OLLAMA_ORIGINS. If it does not, the connection test shows the command.'),
  },
  {
    ...ON_THIS_MACHINE,
    id: 'lm-studio',
    name: 'LM Studio',
    baseUrl: 'http://localhost:1234/v1',
    hint: mark('Start its server with CORS on: `lms server start --cors`, or in the app: Developer → Settings → Enable CORS.'),
  },
  {
    ...ON_THIS_MACHINE,
    id: 'llama-cpp',
    name: mark('llama.cpp server'),
    baseUrl: 'http://localhost:8080/v1',
    hint: mark('Start it with `llama-server -m model.gguf`; it allows every page by default.'),
  },
  {
    ...ON_THIS_MACHINE,
    id: 'vllm',
    name: 'vLLM',
    baseUrl: 'http://localhost:8000/v1',
    hint: mark('Start it with `vllm serve <model>`; it allows every page by default. Enter a key only if you started it with --api-key.'),
  },
  {
    ...OPENAI_COMPATIBLE,
    id: 'custom',
    name: mark('Another server'),
    baseUrl: '',
    needsKey: false,
    keyUrl: null,
    local: false,
    hint: mark('Any server with the OpenAI chat API that allows requests from web pages. The address usually ends in /v1.'),
  },
];

/** The preset whose server this is, by host and port; null for the user's own servers. */
export function presetOfUrl(baseUrl: string): ProviderPreset | null {
  if (!URL.canParse(baseUrl)) return null;
  const { host } = new URL(baseUrl.replace(/\/\/(127\.0\.0\.1|\[::1\])(?=[:/]|$)/, '//localhost'));
  return PROVIDER_PRESETS.find((preset) => preset.baseUrl !== '' && new URL(preset.baseUrl).host === host) ?? null;
}
