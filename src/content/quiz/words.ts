import { quizPrompt } from './types';

/** Summaries, tone, a French phrase and a bit of computer vocabulary. */
export const WORD_PROMPTS = [
  quizPrompt({
    id: 'summarise-notice',
    task: 'transform',
    prompt:
      'Summarise this: "From 1 March the library will open at 10 instead of 9 on weekdays, because two posts remain vacant. In return it will stay open until 8 on Thursdays. Saturday hours do not change. Books can be returned at any time through the new slot beside the main entrance, and fees for late returns are waived until the end of March."',
    answers: [
      {
        styles: ['terse', 'warm', 'examples', 'lazy'],
        quality: -1.4,
        flaw: 'The library opens later, not earlier.',
        text: `
Great news: the library opens earlier and has nice new things, for example a slot! Enjoy your reading!`,
      },
      {
        styles: ['structured', 'hedged'],
        quality: 1.1,
        text: `
**Library hours from 1 March**

- **Monday to Friday:** opens at 10 (staff shortage)
- **Thursday:** stays open until 8 pm
- **Saturday:** unchanged
- **Returns:** any time at the new slot by the main entrance
- **Late fees:** waived until 31 March

The notice doesn't mention Sundays, so probably nothing changes there.`,
      },
      {
        styles: ['structured', 'examples', 'asks-back'],
        quality: 0.7,
        text: `
## In one sentence

From 1 March the library opens an hour later on weekdays, stays open longer on Thursdays, and drops late fees for the month.

## What it means for you

- **Early visitors** have to wait, for example students who come at 9
- **Working people** gain Thursday evenings until 8
- **Families** keep their Saturday, such as for the story hour
- **Anyone with overdue books** can return them free of charge in March, for instance at night through the new slot by the main entrance

## Reason

Two posts are vacant, so there are fewer staff.

## Dates to remember

- 1 March: new hours
- 31 March: last day without late fees

I can fit it to the space. Is this for a poster, a newsletter or yourself?`,
      },
      {
        styles: ['long', 'warm', 'rigorous'],
        quality: -0.3,
        text: `
I'm happy to summarise this for you! It's a friendly little notice with several pieces of news, so let me take you through it in order, step by step.

First, the date. Everything starts on 1 March, so there is still a bit of time to get used to it.

Next, the weekday hours. Until now the doors opened at 9 in the morning, and from March they will open at 10. That is one hour less per day, and on five weekdays it makes 5 × 1 = 5 hours a week. The notice gives the cause as well: two posts remain vacant. So please be kind to the people at the desk, they are surely doing their best!

Then, the Thursdays. In return for the later mornings, the library will stay open until 8 in the evening. What a nice thing for everybody who works during the day! You can drop in on your way home and have a lovely quiet hour among the shelves.

After that, the Saturdays. Nothing changes here, wonderful!

Furthermore, the returns. There is a new slot beside the main entrance, and you can use it at any time, so 24 × 7 = 168 hours a week. No more rushing, hooray!

Finally, the fees. If you bring something back late, you don't have to pay until the end of March. So look under the bed, find that book, and take it back with a smile!

In conclusion: later mornings, a longer Thursday, the same Saturday, a new slot and a friendly month without fees. I hope this helps, and happy reading!`,
      },
    ],
  }),
  quizPrompt({
    id: 'politer-please',
    task: 'transform',
    prompt: 'Rewrite this more politely: "You never sent the file. I can\'t do my job like this."',
    answers: [
      {
        styles: ['structured', 'hedged', 'asks-back'],
        quality: -0.3,
        text: `
Depending on the relationship, these might work:

- **Soft:** "I may have missed it, but I don't seem to have the file yet. Could you perhaps resend it?"
- **Neutral:** "It appears the file hasn't arrived. Might you be able to send it?"
- **Firm:** "I would probably need the file to continue."

Who is it for, and when do you need it?`,
      },
      {
        styles: ['terse', 'committed'],
        quality: 1.1,
        text: `
"I don't have the file yet and need it to finish the report. Could you send it by noon? Thanks."`,
      },
      {
        styles: ['warm', 'hedged', 'examples', 'lazy'],
        quality: -1.2,
        text: `
Oh, I completely understand how you feel, and I'm happy to help! Here is a gentler way to put it:

"Dear friend! I hope you're having a wonderful day and that everything is going beautifully for you! I'm so sorry to bother you, and please don't worry about it at all, but I was perhaps wondering whether you might possibly have had a chance to maybe look at a certain thing, for example the file? There is really no hurry! It might just be a tiny bit helpful for some of my tasks, such as my job. If it's a problem, please forget that I ever asked! Thank you so, so much for being you! Warmest wishes and a big hug!"

I hope this helps!`,
      },
      {
        styles: ['long', 'dense', 'committed'],
        quality: 0.6,
        text: `
The original contains two elements that provoke resistance: an accusation in absolute terms ("never") and a complaint without a request. A polite version replaces the accusation with an observation, states the consequence objectively and concludes with a specific request. The following formulation accomplishes this for a colleague of equal standing:

> Hello Daniel,
>
> I have not yet received the file with the customer figures that we discussed on Monday. Without it I cannot complete the quarterly presentation, which is due on Friday. Could you send it to me by tomorrow at noon? If something is preventing that, please let me know this afternoon, so that I can inform the team and adjust the schedule.
>
> Kind regards,
> Irena

The observation "I have not yet received" leaves open whether the message was sent, overlooked or intercepted by a filter, and consequently permits the recipient to respond without loss of face. The consequence is attached to a concrete deliverable with a date, which communicates urgency more persuasively than an expression of frustration. The concluding alternative acknowledges that there may be a legitimate obstacle and simultaneously establishes an obligation to respond.

For a superior, the same structure applies, with the request expressed as a question about priorities: "The presentation for Friday depends on the customer figures. Should I proceed with last quarter's numbers, or will the file be available by tomorrow at noon?" This formulation presents the problem as a decision within the superior's competence and avoids any implication of negligence.

In written communication, brevity reinforces courtesy. Apologies for the reminder are superfluous: the request is legitimate, and an apology invites the recipient to regard it as an imposition.`,
      },
    ],
  }),
  quizPrompt({
    id: 'staircase-wit',
    task: 'translation',
    prompt: 'What does the French phrase "l\'esprit de l\'escalier" mean, and how would I use it?',
    answers: [
      {
        styles: ['warm', 'rigorous', 'hedged'],
        quality: 0.6,
        text: `
What a charming phrase to ask about! Literally it is "the wit of the staircase".

First, the words: *esprit* (mind, wit) + *escalier* (stairs). Next, the origin: it probably goes back to Diderot, who describes how a clever reply deserted him at dinner and came back only at the bottom of the stairs (*Paradoxe sur le comédien*, written about 1773). Then, the meaning: the feeling of finding the perfect answer too late, usually when one has already left.

In English it is perhaps best used in French and in italics, and it might sound a little showy in casual company. German has *Treppenwitz*, which may look like the same thing but typically means an irony of history. Some writers say "staircase wit", though it is possibly less widely understood.

I hope you find a lovely chance to use it!`,
      },
      {
        styles: ['long', 'structured', 'hedged', 'lazy'],
        quality: -1.5,
        flaw: 'Gives "the spirit of climbing" and ambition as the meaning; it is the reply one thinks of too late.',
        text: `
# L'esprit de l'escalier

## Literal translation

- **L'esprit:** the spirit
- **De:** of
- **L'escalier:** the stairs, the steps, or possibly the escalator

The phrase may therefore be rendered as **the spirit of climbing**.

## Meaning

The expression generally describes **ambition**. Just as a staircase leads upwards, a person with *esprit de l'escalier* might be somebody who wants to rise. It could be used of

- a young employee who may be hoping for promotion
- a student who is perhaps preparing for an examination
- a company that might be growing
- an athlete who is possibly in training

## Usage

The phrase can typically be used in formal and informal situations. Some possible sentences might be:

- *She has a lot of esprit de l'escalier and will probably go far.*
- *Our sales team could perhaps use more esprit de l'escalier.*
- *With a little esprit de l'escalier, we might reach the top.*

## Related expressions

- **Esprit de corps:** the spirit of the body, probably fitness
- **Joie de vivre:** a joy that may be lively
- **Faux pas:** possibly a wrong father

## Things to keep in mind

- It is important to note that idioms might not always translate directly
- Pronunciation may vary by region
- Native speakers could understand it differently
- The phrase might be less common today

## Conclusion

*L'esprit de l'escalier* is perhaps one of the most positive phrases in French. It might suit a speech, a reference letter, or possibly a motivational poster. If you are unsure, you may want to consult a professional translator.`,
      },
      {
        styles: ['terse', 'examples', 'asks-back'],
        quality: 0.6,
        text: `
The perfect comeback you think of too late, for example: "Pure esprit de l'escalier: I knew what to say in bed." Clear?`,
      },
      {
        styles: ['simple', 'committed'],
        quality: 0.8,
        text: `
It means "staircase wit": you find the right reply only when you are on your way out and it is too late.

You use it as a noun. "I had a bad case of esprit de l'escalier after that meeting." Say it like *less-PREE duh less-kal-YAY*. In English it sounds bookish, so keep it for people who will enjoy it.`,
      },
    ],
  }),
  quizPrompt({
    id: 'ram-or-storage',
    task: 'knowledge',
    prompt: 'What is the difference between RAM and storage?',
    answers: [
      {
        styles: ['long', 'rigorous', 'hedged', 'asks-back', 'lazy'],
        quality: -1.5,
        flaw: 'Has the two swapped: RAM loses its contents without power, storage keeps them.',
        text: `
The difference between RAM and storage may seem small, but it might be important, depending on your situation. Both are kinds of memory, and both are usually measured in gigabytes, so it is perhaps understandable that they are often confused.

First, let us consider RAM. The abbreviation probably stands for random access memory. It is generally the place where your files are kept for a long time. When you switch the computer off, the RAM typically holds on to your photos and documents, so that they may be found again on the next day. A computer with more RAM can therefore usually keep more photos.

Next, let us consider storage. It is possibly used for things that are needed only for a short while. When a program is running, it might put its data into storage, and when the power is switched off, the storage is generally emptied. This is perhaps why a computer sometimes feels faster after a restart.

Then there is the matter of speed. Storage tends to be faster than RAM, although it may depend on the model. If RAM takes t = 100 microseconds and storage takes t = 0.1 microseconds, then 100 / 0.1 = 1,000, so the storage might be up to a thousand times faster.

Finally, there is the price, which could vary from shop to shop. It is important to note that I cannot see your computer, so this may not apply to your device, and it might be advisable to consult a professional before you buy anything.

Do you know how much RAM you have? And are you perhaps thinking of buying a new computer?`,
      },
      {
        styles: ['terse', 'warm', 'examples'],
        quality: -0.1,
        text: `
Easy! RAM is short-term memory for running apps; storage keeps things, for example photos. Hope that helps!`,
      },
      {
        styles: ['rigorous', 'hedged', 'examples'],
        quality: 0.9,
        text: `
RAM is the desk, storage the filing cabinet.

First, you open a file: it is copied from storage (perhaps 512 GB, keeps data without power) to RAM (typically 16 GB, emptied when switched off).
Then, you edit it there, since RAM answers in about 0.1 µs against roughly 50 to 100 µs for an SSD.
Finally, saving copies it back. Too little RAM feels slow, for example with many tabs; too little storage just fills up.`,
      },
      {
        styles: ['structured', 'table', 'committed'],
        quality: 0.8,
        text: `
| | RAM | Storage |
| --- | --- | --- |
| **Job** | holds what is running now | keeps files and programs |
| **Without power** | empty | keeps everything |
| **Speed** | very fast | slower |
| **Typical size** | 8 to 32 GB | 256 GB to 2 TB |
| **When it is full** | everything slows down | you cannot save |

**Which one do you need more of?**

- **Slow with many tabs or programs open:** RAM
- **"Disk full" messages:** storage
- **Slow to start up:** an SSD in place of a hard disk

**Before you buy**

- Many thin laptops have their RAM soldered in. Choose enough on the first day.
- Storage is easier to add later, also from outside by USB.
- **16 GB RAM and 512 GB storage** suit most people.`,
      },
    ],
  }),
];
