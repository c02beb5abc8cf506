/** Failure rules and the request log: what tests set and read. */

const KINDS = new Set(['status', 'opaque_401', 'no_cors', 'die', 'cut', 'stall', 'slow', 'malformed', 'error_chunk', 'html', 'huge_line', 'endless', 'silent', 'redirect']);
const ENDPOINTS = new Set(['chat', 'models', 'sign-in', 'any']);
const NUMBERS = ['status', 'afterChunks', 'msPerChunk', 'bytes', 'retryAfterSeconds'];
const REQUIRED = { status: ['status'], die: ['afterChunks'], cut: ['afterChunks'], stall: ['afterChunks'], malformed: ['afterChunks'], error_chunk: ['afterChunks'], slow: ['msPerChunk'], huge_line: ['bytes'], redirect: ['location'] };
const MAX_LOG = 2000;

export function createControl() {
  let rules = [];
  let log = [];
  let nextId = 1;
  return {
    fail(rule) {
      checkRule(rule);
      rules.push({ endpoint: 'chat', times: 1, ...rule });
    },
    reset() {
      rules = [];
    },
    log: () => structuredClone(log),
    clearLog() {
      log = [];
    },
    /** The failure for this request, used up by one; null when none matches. */
    take(endpoint, model) {
      const index = rules.findIndex((rule) => rule.failure.kind !== 'no_cors' && matches(rule, endpoint, model));
      if (index === -1) return null;
      const rule = rules[index];
      if (rule.times !== null && --rule.times <= 0) rules.splice(index, 1);
      return rule.failure;
    },
    /** A preflight does not tell the model, so a rule for one model hides the headers for all. */
    hidesCors: (endpoint) => rules.some((rule) => rule.failure.kind === 'no_cors' && matches({ ...rule, model: undefined }, endpoint, null)),
    record(entry) {
      const logged = { id: nextId++, ...entry };
      log.push(logged);
      if (log.length > MAX_LOG) log.shift();
      return logged;
    },
  };
}

function matches(rule, endpoint, model) {
  return (rule.endpoint === 'any' || rule.endpoint === endpoint) && (rule.model === undefined || rule.model === model);
}

/** Throws an Error that says what is wrong: a mistyped rule would silently test nothing. */
function checkRule(rule) {
  const failure = rule?.failure;
  if (!KINDS.has(failure?.kind)) throw new Error(`Unknown failure kind ${JSON.stringify(failure?.kind)}; known: ${[...KINDS].join(', ')}.`);
  if (rule.endpoint !== undefined && !ENDPOINTS.has(rule.endpoint)) throw new Error(`Unknown endpoint ${JSON.stringify(rule.endpoint)}.`);
  if (rule.times !== undefined && rule.times !== null && !(Number.isInteger(rule.times) && rule.times > 0)) throw new Error('times must be a positive whole number or null.');
  for (const name of REQUIRED[failure.kind] ?? []) if (failure[name] === undefined) throw new Error(`Failure ${failure.kind} needs ${name}.`);
  for (const name of NUMBERS) if (failure[name] !== undefined && !(Number.isFinite(failure[name]) && failure[name] >= 0)) throw new Error(`${name} must be a number ≥ 0.`);
}
