import type { SignIn, SignInReturn } from './store/platform';

/** Where the verifier waits while the user is at OpenRouter: of this tab only, gone with it. */
const VERIFIER_KEY = 'tacit-openrouter-verifier';

/**
 * OpenRouter's sign-in around a full-page redirect, so that it works in an installed app as well as in a tab. What came back is taken out
 * of the address at once: a reload must not use the code twice, and it should not stay in the history.
 */
export function browserSignIn(): SignIn {
  let returned = readReturn();
  return {
    begin: async () => {
      const { planSignIn } = await import('../providers/openrouter-sign-in');
      const { verifier, url } = await planSignIn(`${location.origin}${location.pathname}`);
      sessionStorage.setItem(VERIFIER_KEY, verifier);
      location.assign(url);
    },
    takeReturn: () => {
      const taken = returned;
      returned = null;
      return taken;
    },
    exchange: async (exchange) => (await import('../providers/openrouter-sign-in')).exchangeCode(exchange),
  };
}

function readReturn(): SignInReturn | null {
  const url = new URL(location.href);
  const code = url.searchParams.get('code');
  const error = url.searchParams.get('error');
  if (code === null && error === null) return null;
  for (const name of ['code', 'error', 'error_description', 'state', 'user_id']) url.searchParams.delete(name);
  history.replaceState(null, '', `${url.pathname}${url.search}#/models`);
  const verifier = takeVerifier();
  if (code === null) return { kind: 'refused' };
  return verifier === null ? { kind: 'unknown' } : { kind: 'code', exchange: { code, verifier } };
}

function takeVerifier(): string | null {
  const verifier = sessionStorage.getItem(VERIFIER_KEY);
  sessionStorage.removeItem(VERIFIER_KEY);
  return verifier;
}
