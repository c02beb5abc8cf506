import { lines, phrase, type Phrase } from '../core/phrase';
import { addressSpaceOf } from './address';
import { presetOfUrl } from './presets';

/** `start`: the server is down. `allow`: it runs and refuses this page. The third: the browser does not tell which. */
export type LocalServerTrouble = 'start' | 'allow' | 'start-and-allow';

/** The user's operating system, where the browser tells; null shows the commands of all. */
export type OperatingSystem = 'mac' | 'windows' | 'linux' | null;

/** At least one. */
type Steps = readonly [Phrase, ...Phrase[]];

interface ServerSteps {
  readonly start: Phrase;
  readonly allow: (origin: string, system: OperatingSystem) => Steps;
}

/** From `navigator.userAgent`: a phone runs none of these servers and gets everything. */
export function systemOf(userAgent: string): OperatingSystem {
  if (/Android|iPhone|iPad|CrOS/.test(userAgent)) return null;
  if (userAgent.includes('Windows NT')) return 'windows';
  if (userAgent.includes('Macintosh')) return 'mac';
  return userAgent.includes('Linux') ? 'linux' : null;
}

const LM_STUDIO: ServerSteps = {
  start: phrase('Start its server: `lms server start --cors` (or in the app: Developer → Status: Running).'),
  allow: () => [phrase('Allow web pages: `lms server stop`, then `lms server start --cors` (or in the app: Developer → Settings → Enable CORS).')],
};

/** https://github.com/ollama/ollama/blob/main/docs/faq.md: the variable is read when the server starts. */
const OLLAMA: ServerSteps = {
  start: phrase('Start Ollama: open its app, or run `ollama serve`.'),
  allow: (origin, system) => {
    const mac = phrase('macOS: `launchctl setenv OLLAMA_ORIGINS "{{origin}}"`, then quit and open Ollama.', { origin });
    const windows = phrase('Windows: `setx OLLAMA_ORIGINS "{{origin}}"`, then quit Ollama in the task bar and open it.', { origin });
    const linux = phrase(
      'Linux (service): `sudo systemctl edit ollama`, add `[Service]` and `Environment="OLLAMA_ORIGINS={{origin}}"`, then `sudo systemctl restart ollama`.',
      { origin },
    );
    const byHand = phrase('By hand: `OLLAMA_ORIGINS="{{origin}}" ollama serve`.', { origin });
    const own = { mac: [mac, byHand], windows: [windows], linux: [linux, byHand] };
    return [phrase('Allow this page, then restart Ollama:'), ...(system === null ? [mac, windows, linux, byHand] : own[system])];
  },
};

const LLAMA_CPP: ServerSteps = {
  start: phrase('Start it: `llama-server -m model.gguf --port 8080`.'),
  allow: (origin) => [phrase('It allows every page unless told otherwise: start it without `--cors-origins`, or with `--cors-origins {{origin}}`.', { origin })],
};

const VLLM: ServerSteps = {
  start: phrase('Start it: `vllm serve <model> --port 8000`.'),
  allow: (origin) => [phrase('Allow this page: start it with `--allowed-origins \'["{{origin}}"]\'`.', { origin })],
};

const ANY_SERVER: ServerSteps = {
  start: phrase('Start the server and check that the address and port are right.'),
  allow: (origin) => [phrase('Turn on CORS in the server for {{origin}}: it must send `Access-Control-Allow-Origin` and allow the headers content-type and authorization.', { origin })],
};

/** What to do so that this page reaches a server on the user's machine or network: one step a line. */
export function localServerSteps(
  baseUrl: string,
  pageOrigin: string | null,
  trouble: LocalServerTrouble,
  system: OperatingSystem = systemOf(globalThis.navigator?.userAgent ?? ''),
): Phrase {
  const steps = stepsOf(baseUrl);
  const origin = pageOrigin ?? 'https://address-of-this-page';
  const mixedContent = mixedContentStep(baseUrl, pageOrigin, trouble);
  if (trouble === 'start') return lines(steps.start, ...mixedContent);
  const allow: Steps = [...steps.allow(origin, system), permissionStep(baseUrl), ...mixedContent];
  return trouble === 'allow' ? lines(...allow) : lines(steps.start, ...allow);
}

function stepsOf(baseUrl: string): ServerSteps {
  switch (presetOfUrl(baseUrl)?.id ?? portFamily(baseUrl)) {
    case 'ollama':
      return OLLAMA;
    case 'lm-studio':
      return LM_STUDIO;
    case 'llama-cpp':
      return LLAMA_CPP;
    case 'vllm':
      return VLLM;
    default:
      return ANY_SERVER;
  }
}

/** Another machine in the home with a port that only one program uses. */
function portFamily(baseUrl: string): 'ollama' | 'lm-studio' | null {
  const port = URL.canParse(baseUrl) ? new URL(baseUrl).port : '';
  if (port === '11434') return 'ollama';
  return port === '1234' ? 'lm-studio' : null;
}

function permissionStep(baseUrl: string): Phrase {
  const what = addressSpaceOf(baseUrl) === 'loopback' ? phrase('apps on this device') : phrase('the local network');
  return phrase('If Chrome asks whether this page may access {{what}}, choose Allow; if it asked before: icon left of the address → Site settings → Local network access → Allow.', { what });
}

/** Browsers other than Chrome block http:// on the network from an https:// page outright; loopback is exempt. */
function mixedContentStep(baseUrl: string, pageOrigin: string | null, trouble: LocalServerTrouble): readonly Phrase[] {
  const blocked = trouble !== 'allow' && pageOrigin?.startsWith('https:') === true && baseUrl.startsWith('http:') && addressSpaceOf(baseUrl) !== 'loopback';
  return blocked ? [phrase('Firefox and Safari block http:// addresses on your network from this https:// page: use Chrome, or give the server https://.')] : [];
}
