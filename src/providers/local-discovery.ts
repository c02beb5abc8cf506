import { browserEnvironment, DEFAULT_LIMITS, type ProviderEnvironment } from './environment';
import { CORS_REFUSED, LOCAL_NETWORK_DENIED, says } from './details';
import { findProviderFailure } from './failure';
import type { AvailableModel, Connection, ProviderError } from './language-model';
import { PROVIDER_PRESETS, type ProviderPreset } from './presets';

/** What was found at a program's usual port on this machine. */
export type LocalFinding =
  | { readonly kind: 'found'; readonly preset: ProviderPreset; readonly models: readonly AvailableModel[] }
  /** It runs and wants a key. */
  | { readonly kind: 'wants_key'; readonly preset: ProviderPreset }
  /** It runs and does not allow this page. */
  | { readonly kind: 'refuses'; readonly preset: ProviderPreset }
  /** The browser does not tell whether it is down or refuses. */
  | { readonly kind: 'unclear'; readonly preset: ProviderPreset }
  | { readonly kind: 'absent'; readonly preset: ProviderPreset };

export type Discovery =
  | { readonly kind: 'looked'; readonly findings: readonly LocalFinding[] }
  /** The browser's own permission stands in the way of all of them. */
  | { readonly kind: 'denied' };

/** A program on this machine answers at once; a model need not be loaded to be listed. */
const LOOK_MS = 2_500;
/** While the browser asks the user for permission, every request waits for the answer. */
const ASKED_LOOK_MS = 60_000;

/** Where Ollama, LM Studio, llama.cpp and vLLM listen unless told otherwise. */
export const LOCAL_PRESETS: readonly ProviderPreset[] = PROVIDER_PRESETS.filter((preset) => preset.local);

/** Looks at all of them at once. Only on the user's word: Chrome may ask for permission. Never rejects. */
export async function lookForLocalServers(signal: AbortSignal, environment: ProviderEnvironment = browserEnvironment()): Promise<Discovery> {
  const permission = await environment.localNetworkPermission('loopback');
  if (permission === 'denied') return { kind: 'denied' };
  const firstByteMs = permission === 'prompt' ? ASKED_LOOK_MS : LOOK_MS;
  const quick: ProviderEnvironment = { ...environment, limits: { ...DEFAULT_LIMITS, firstByteMs: { remote: firstByteMs, local: firstByteMs }, idleMs: { remote: LOOK_MS, local: LOOK_MS }, probeMs: LOOK_MS } };
  const findings = await Promise.all(LOCAL_PRESETS.map((preset) => lookAt(preset, signal, quick)));
  const isDenied = (await environment.localNetworkPermission('loopback')) === 'denied';
  return isDenied ? { kind: 'denied' } : { kind: 'looked', findings };
}

async function lookAt(preset: ProviderPreset, signal: AbortSignal, environment: ProviderEnvironment): Promise<LocalFinding> {
  const connection: Connection = { id: preset.id, kind: preset.kind, name: preset.name, baseUrl: preset.baseUrl, apiKey: '', headers: {} };
  try {
    const { fetchModelList } = await import('./model-list');
    return { kind: 'found', preset, models: await fetchModelList(connection, signal, environment) };
  } catch (thrown) {
    const failure = findProviderFailure(thrown);
    return { kind: failure === null ? 'absent' : findingOf(failure.error), preset };
  }
}

function findingOf(error: ProviderError): Exclude<LocalFinding['kind'], 'found'> {
  if (error.kind === 'wrong_key') return 'wants_key';
  if (error.kind === 'cors_or_network') return says(error.detail, CORS_REFUSED) || says(error.detail, LOCAL_NETWORK_DENIED) ? 'refuses' : 'unclear';
  // Nothing there, or another program that has the port.
  return 'absent';
}
