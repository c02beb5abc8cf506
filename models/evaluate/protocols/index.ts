import { cost } from './cost';
import { drift } from './drift';
import { judged } from './judged';
import { newLlm } from './new-llm';
import { everyday, knownUser, misfit, newBoth, newUser } from './new-user';
import { offline } from './offline';
import { people } from './people';
import { personaroute } from './personaroute';
import type { Protocol } from './protocol';

/** In the order in which `all` runs them. */
export const PROTOCOLS: Readonly<Record<string, Protocol>> = {
  'new-user': newUser,
  everyday,
  'known-user': knownUser,
  'new-llm': newLlm,
  'new-both': newBoth,
  drift,
  misfit,
  cost,
  personaroute,
  people,
  judged,
  offline,
};
