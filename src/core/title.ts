const LIMIT = 60;
/** Scripts without spaces say more with a character. */
const WIDE_LIMIT = 28;
const SHORTEST = 8;

const FENCED_CODE = /(`{3,}|~{3,})[\s\S]*?(?:\1|$)/g;
const MARKDOWN_START = /^(?:#{1,6}\s+|[-*+>]\s+|\d+[.)]\s+|["'“”„«»*_`]+)+/;
/** "Hi there!", "Good morning,", "Hallo zusammen", "你好，": said to begin, and the same in every chat. */
const GREETING =
  /^(?:(?:hi|hello|hey|hiya|greetings|good (?:morning|afternoon|evening)|hallo|guten (?:morgen|tag|abend)|moin|servus|bonjour|salut|bonsoir|hola|buen[oa]s (?:d[ií]as|tardes|noches)|ciao|salve|buongiorno|ol[áa]|bom dia|boa tarde|hej|привет|здравствуйте)\b(?:\s+(?:there|all|everyone|again|zusammen|à tous))?|你好|您好|こんにちは|안녕하세요)[\s,.!?，。！？:;–-]*/iu;
const POLITE =
  /^(?:(?:can|could|would|will) you (?:please |kindly )?|please |i(?:'d| would) like you to |i (?:want|need) you to |kannst du (?:bitte )?|könn(?:test du|ten sie) (?:bitte )?|bitte |peux-tu |pouvez-vous |pourriez-vous |s['’]il (?:te|vous) pla[iî]t,? |puedes |podrías |por favor,? |请(?:你)?(?:帮我)?|帮我)/iu;
const SENTENCE_END = /[.!?…](?=\s)|[。！？]/u;
const WIDE = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]/u;

/**
 * A title from the first prompt by rule: its first sentence that says something, without greeting, politeness, code and markdown, cut at a
 * word. Empty when the prompt holds nothing to go by.
 */
export function titleFromPrompt(prompt: string): string {
  const prose = prompt.replace(FENCED_CODE, '\n');
  const lines = prose.split('\n').map(plain).filter((line) => /[\p{L}\p{N}]/u.test(line));
  const told = lines.map(withoutOpening);
  const chosen = told.find((line) => line.length >= SHORTEST || WIDE.test(line)) ?? told.find((line) => line !== '') ?? lines[0];
  return shorten(chosen === undefined ? plain(codeLine(prompt)) : capital(chosen));
}

/** A model's suggestion, if it can be used as a title. */
export function titleFromModel(reply: string): string {
  const line = reply.trim().split('\n', 1)[0] ?? '';
  return shorten(plain(line.replace(/^(?:title|titel|titre|título|标题)\s*[:：]\s*/iu, '')).replace(/["'“”„«»*_`.。]+$/u, ''));
}

function plain(line: string): string {
  return line.replace(/\s+/g, ' ').trim().replace(MARKDOWN_START, '').trim();
}

function withoutOpening(line: string): string {
  const spoken = line.replace(GREETING, '').replace(POLITE, '').trim();
  const end = SENTENCE_END.exec(spoken);
  // A title needs no full stop, but a question keeps its mark.
  const sentence = end && end.index + 1 >= SHORTEST ? spoken.slice(0, end.index + 1) : spoken;
  return sentence.replace(/[.。,:;，：；]+$/u, '');
}

function codeLine(prompt: string): string {
  return prompt.split('\n').find((line) => /[\p{L}\p{N}]/u.test(line) && !/^\s*(?:`{3,}|~{3,})/.test(line)) ?? '';
}

function capital(text: string): string {
  const [first = ''] = text;
  return first.toLocaleUpperCase() + text.slice(first.length);
}

function shorten(text: string): string {
  const characters = [...text];
  const limit = WIDE.test(text) ? WIDE_LIMIT : LIMIT;
  if (characters.length <= limit) return text;
  const cut = characters.slice(0, limit).join('');
  const space = cut.lastIndexOf(' ');
  return `${(space > limit / 2 ? cut.slice(0, space) : cut).replace(/[\s,;:，；：–-]+$/u, '')}…`;
}
