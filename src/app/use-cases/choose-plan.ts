import { modalitiesOf } from '../../core/attachments';
import type { Attachment, Turn } from '../../core/conversation';
import { connectionIdOf, type RoutingDecision } from '../../core/routing';
import type { App } from '../store/app';
import { route, ROUTING_DEADLINE_MS, routingKey, routingRequest, sameKey } from './routing-request';

/** `late`: the router was not ready, or took longer than a send may wait. */
export type Choice = { readonly kind: 'decided'; readonly decision: RoutingDecision } | { readonly kind: 'late' };

/**
 * The router's decision, from the preview when it was made for exactly this, otherwise within the deadline. Never rejects. A preview may plan a
 * comparison although `mayCompare` is false: its ranking holds all the same.
 */
export async function choose(app: App, prompt: string, path: readonly Turn[], mayCompare: boolean, attachments: readonly Attachment[] = []): Promise<Choice> {
  const { preview } = app.composer.store.getState();
  if (preview.kind === 'decided' && sameKey(preview.key, routingKey(app, prompt, path, attachments))) return { kind: 'decided', decision: preview.decision };
  if (!app.engine.isReady()) return { kind: 'late' };
  const abandoned = new AbortController();
  const decided = decide(app, { prompt, path, mayCompare, attachments }, abandoned.signal);
  let cancelDeadline: () => void = () => undefined;
  const deadline = new Promise<Choice>((resolve) => {
    cancelDeadline = app.platform.clock.after(ROUTING_DEADLINE_MS, () => resolve({ kind: 'late' }));
  });
  const choice = await Promise.race([decided, deadline]);
  cancelDeadline();
  if (choice.kind === 'late') abandoned.abort();
  return choice;
}

/** As long as it takes: for when no default may answer in the router's place, and to say why nothing qualifies. */
export async function choosePatiently(app: App, asked: Asked): Promise<Choice> {
  return app.engine.isReady() ? decide(app, asked, new AbortController().signal) : { kind: 'late' };
}

export interface Asked {
  readonly prompt: string;
  readonly path: readonly Turn[];
  readonly mayCompare: boolean;
  readonly attachments: readonly Attachment[];
}

async function decide(app: App, { prompt, path, mayCompare, attachments }: Asked, signal: AbortSignal): Promise<Choice> {
  try {
    return { kind: 'decided', decision: await route(app, await routingRequest(app, prompt, path, mayCompare, attachments), signal) };
  } catch {
    return { kind: 'late' };
  }
}

/** The user's default, if it can answer and takes what is attached, else the first model of the pool that does. */
export function defaultModelId(app: App, attachments: readonly Attachment[] = []): string | null {
  const needed = modalitiesOf(attachments);
  const { defaultModelId: wanted } = app.settings.store.getState();
  const allowed = app.pool.available().filter((model) => app.limits.allows(model.card) && !app.budget.isSpent(connectionIdOf(model.id)) && needed.every((modality) => model.card.modalities.includes(modality)));
  return allowed.find((model) => model.id === wanted)?.id ?? allowed[0]?.id ?? null;
}
