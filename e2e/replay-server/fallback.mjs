import { wordsOf } from './prompt.mjs';

/**
 * Answers for prompts without a fixture: made by rule from the prompt's own words, the same for the same prompt, and in the model's style.
 * They say nothing true about the topic; they have the length, structure and tone that a style has.
 */
export function writeInStyle(modelId, prompt) {
  const write = STYLES[modelId];
  if (write === undefined) throw new Error(`No style for the model ${modelId}.`);
  const topic = topicOf(prompt);
  return write({ topic, kind: kindOf(prompt), pick: picker(`${modelId}\n${prompt}`) });
}

const STYLES = {
  'terse-mini': ({ topic, kind, pick }) =>
    ({
      code: `\`\`\`\nresult = solve(${topic.split(' ')[0]})\n\`\`\``,
      list: `${cap(topic)}: the first, the second, the third.`,
      text: `Short version: ${topic}. Done.`,
      question: pick([`${cap(topic)}: yes, in most cases.`, `Mostly ${topic}. Start small.`, `It depends on ${topic}; the usual answer holds.`]),
    })[kind],
  'thorough-large': ({ topic, kind, pick }) => `# ${cap(topic)}

${pick(['Let us take this step by step.', 'There are several sides to this.'])} The overview comes first, then the details, then what to do.

## Background

${cap(topic)} is easier to judge once its parts are separated: what is given, what can be changed, and what only looks important. Most advice mixes the three.

## Main points

1. **Start from the goal.** Write down what a good outcome for ${topic} looks like, and how you would notice it.
2. **List the options.** Two or three are enough; more make the choice slower without making it better.
3. **Compare them by cost and effort.** A cheap option that is done beats a better one that is not.
4. **Check the result.** Come back after a while and see whether it did what it should.

${kind === 'code' ? '## Sketch\n\n```python\ndef solve(items):\n    """Return the items in the wanted order."""\n    return sorted(items)\n```\n\n' : ''}## Common mistakes

- Treating ${topic} as one question instead of several.
- Skipping the check because the first result looks fine.
- Copying someone else's solution without their circumstances.

## Summary

Separate the parts, choose the simplest option that reaches the goal, and verify it. Each of these points can be taken further.`,
  'warm-chat': ({ topic, pick }) => `${pick(['Great question!', 'Oh, I like this one!', 'Happy to help with that!'])} ${cap(topic)} can feel like a lot at first, but you're already on the right track by asking.

I'd begin with the part you enjoy most, give it twenty minutes, and see how it feels. ${pick(['You can always adjust later.', "There's no wrong first step here."])}

What matters most to you about ${topic}? Tell me a bit more and we'll work it out together!`,
  'rigorous-pro': ({ topic, kind, pick }) => `The answer depends on two assumptions: that "${topic}" is meant in its usual sense, and that no special constraint applies.

Under these assumptions: (i) the dominant factor accounts for most of the effect; (ii) secondary factors matter only at the margin, typically below 10 %; (iii) the remaining uncertainty is ${pick(['moderate', 'small but not negligible'])}.${kind === 'code' ? '\n\n```python\ndef solve(items: list[int]) -> list[int]:\n    # O(n log n) time, O(n) space; stable.\n    return sorted(items)\n```' : ''}

Therefore the standard approach is justified, except where the first assumption fails. I have not verified the particulars of your case.`,
  'sloppy-free': ({ topic, pick }) => `${pick(['ok so', 'well', 'hmm'])} ${topic} is basically one of those things, theres lots of ways to do it and it kinda depends. people usualy just ${pick(['google it', 'try stuff'])} and it works out. ${cap(topic)} is important because it is important in many ways. hope that helps`,
};

const STOP_WORDS = new Set(
  'a an and are as at be best between but by can could did do does explain for from give had has have how i if in is it its list make me my name of on or our please should tell than that the their them there these they this to us was we were what when where which who why will with would write you your'.split(' '),
);

/** The first few words that carry meaning. */
function topicOf(prompt) {
  const words = wordsOf(prompt.slice(0, 2000)).filter((word) => !STOP_WORDS.has(word));
  return words.slice(0, 4).join(' ') || 'this';
}

function kindOf(prompt) {
  if (/\b(code|function|python|javascript|typescript|sql|regex|bash)\b/i.test(prompt)) return 'code';
  if (/\b(list|ideas|names|examples of|steps)\b/i.test(prompt)) return 'list';
  return /\b(write|draft|compose|poem|story|email|essay)\b/i.test(prompt) ? 'text' : 'question';
}

/** Chooses from lists by a hash (FNV-1a, 32 bits), each time another part of it. */
function picker(text) {
  let hash = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(text)) hash = Math.imul(hash ^ byte, 0x01000193) >>> 0;
  return (options) => {
    const chosen = options[hash % options.length];
    hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d) >>> 0;
    return chosen;
  };
}

function cap(text) {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
