import type { ResponseFailure } from '../../core/conversation';
import { phrase, sentences, type Phrase } from '../../core/phrase';
import { totalBytes, type LlmError, type ModelPlan } from '../../protocol/local-llm';

/** "118 MB", "1.2 GB", in the decimal units of downloads. */
export function bytesText(bytes: number): string {
  if (bytes >= 1e9) return `${(bytes / 1e9).toFixed(bytes < 1e10 ? 2 : 1)} GB`;
  if (bytes >= 1e6) return `${(bytes / 1e6).toFixed(bytes < 1e7 ? 1 : 0)} MB`;
  return `${Math.max(1, Math.round(bytes / 1e3))} kB`;
}

/** Why a download ended early, and what to do. Null when the user stopped it. */
export function describeLlmError(error: LlmError, plan: ModelPlan | null, freeBytes: number | null): ResponseFailure | null {
  const { kind } = error;
  switch (kind) {
    case 'cancelled':
      return null;
    case 'network':
      return { kind, message: phrase('The download server could not be reached, or broke off.'), advice: phrase('What has arrived is kept. Check your internet connection and go on. ({{detail}})', { detail: error.detail }) };
    case 'no_room': {
      const remedy = phrase('Free some disk space, delete another model here, or take a smaller one.');
      return { kind, message: phrase('There is not enough room on this device.'), advice: plan === null ? remedy : sentences(sizeAgainstRoom(plan, freeBytes), remedy) };
    }
    case 'corrupt':
      return { kind, message: phrase('A file arrived damaged, twice.'), advice: phrase('It was thrown away; the rest is kept. Go on later, or from another network.') };
    case 'busy':
      return { kind, message: phrase('Another tab is downloading this model.'), advice: phrase('Let it finish there, or close that tab and go on here.') };
    case 'missing_files':
      return { kind, message: phrase('The files of this model are not all in this browser.'), advice: phrase('Download it again.') };
    case 'context_too_long':
      return { kind, message: phrase('This conversation is too long for the model.'), advice: phrase('Choose a model with a longer context, or start a new chat.') };
    case 'device_failed':
      return { kind, message: phrase('This device cannot run the model.'), advice: error.detail };
  }
}

function sizeAgainstRoom(plan: ModelPlan, freeBytes: number | null): Phrase {
  const size = bytesText(totalBytes(plan));
  if (freeBytes === null) return phrase('The model takes {{size}}.', { size });
  return phrase('The model takes {{size}} and the browser has {{free}} left for this app.', { size, free: bytesText(freeBytes) });
}
