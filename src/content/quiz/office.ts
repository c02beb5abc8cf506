import { quizPrompt } from './types';

/** Spreadsheets, translation, grammar and the debate about offices. */
export const OFFICE_PROMPTS = [
  quizPrompt({
    id: 'german-invoice',
    task: 'translation',
    prompt: "Translate into German: 'Could you please send me the invoice by Friday?'",
    answers: [
      {
        styles: ['hedged'],
        quality: 1.1,
        text: `
> Könnten Sie mir bitte die Rechnung bis Freitag schicken?

This uses *Sie*, which is usually right for business. With a colleague or friend you would probably write *Könntest du mir bitte die Rechnung bis Freitag schicken?* Note that *bis Freitag* generally includes Friday; if you need it before then, *vor Freitag* might be clearer.`,
      },
      {
        styles: ['structured', 'examples', 'lazy'],
        quality: -1.5,
        flaw: '"am Freitag" means on Friday, and "Faktura bekommen" says the speaker wants to receive; word order is wrong too.',
        text: `
## Translation

**Können Sie bitte senden mir die Faktura am Freitag bekommen?**

### Word by word

- **Können Sie** = could you
- **bitte** = please
- **senden mir** = send me
- **die Faktura** = the invoice
- **am Freitag** = by Friday
- **bekommen** = become, or in this sentence get

### More examples

- For example, "send me the letter": **senden mir den Brief**
- For instance, "by Monday": **am Montag**
- In phrases such as "please call me": **bitte rufen mir**

### Grammar

German verbs, e.g. *senden* and *bekommen*, can simply be put next to each other, as in English. Politeness is expressed by adding the word **bitte** as many times as you like.`,
      },
      {
        styles: ['terse', 'rigorous'],
        quality: 0.3,
        text: `
Könnten Sie mir bitte die Rechnung bis Freitag schicken? [Sie = formal; bis + Freitag = deadline, Duden]`,
      },
      {
        styles: ['long', 'warm', 'examples', 'asks-back'],
        quality: -0.3,
        text: `
Of course, I'd be delighted to help you with that! German emails can feel a bit scary at first, but you're going to do great!

Here is your sentence:

Könnten Sie mir bitte die Rechnung bis Freitag schicken?

Isn't that nice? It's polite and friendly and nobody could be cross with you for it! Let me tell you a little more, so that you feel really at home with it.

The word *könnten* is the soft form of "can", just like "could" in English. Germans love it in requests, for example *Könnten Sie mir helfen?* for "Could you help me?" or *Könnten wir morgen sprechen?* for "Could we talk tomorrow?" The word *Rechnung* is a handy one, since you will also meet it in restaurants, for instance when you ask *Die Rechnung, bitte!* at the end of a lovely meal.

There are other ways to say it too. You could use *zusenden* or *zuschicken* in place of *schicken*, and they all mean much the same thing. If you want to sound extra warm, you can add something such as *Vielen Dank im Voraus!*, which means "Many thanks in advance!" A cheerful greeting like *Liebe Frau Schmidt* makes the whole thing friendlier still.

And please don't worry about making mistakes. People are always happy when somebody makes the effort to write in their language!

I hope this helps, and good luck with your email! Who are you writing to? Would you like me to write the whole message for you, with a greeting and a nice ending, or shall I explain how to say the other days of the week?`,
      },
    ],
  }),
  quizPrompt({
    id: 'sum-where-paid',
    task: 'code',
    prompt: "What's the Excel formula to sum column B where column A says 'Paid'?",
    answers: [
      {
        styles: ['terse', 'hedged', 'asks-back', 'code'],
        quality: 1.2,
        text: `
\`\`\`
=SUMIF(A:A,"Paid",B:B)
\`\`\`

Some locales may need semicolons instead of commas. Do you have a second condition?`,
      },
      {
        styles: ['long', 'lazy'],
        quality: -1.2,
        text: `
Excel is a spreadsheet program with a large number of functions. A function is a kind of calculation that the program carries out for you. Functions begin with an equals sign and have a name and some arguments in brackets. There are functions for sums, for averages, for dates and for text, and there are many others as well.

To add the numbers in a column you can use the sum function. To decide whether something is the case you can use the if function. Both are among the best known functions in the program, and together they make it possible to do what you have in mind.

You begin by adding a helper column next to your data. In the first cell of the helper column you write an if function that looks at the cell in column A. When the cell says Paid, the function gives back the value in column B. When it says something else, the function gives back zero. You then copy the cell down as far as your data goes. This takes some time when there are many rows, but it only has to be done once, unless you add more rows later, in which case it has to be done again for those rows.

When the helper column is complete, you go to an empty cell and write a sum function that adds up the whole helper column. The result is the total of the paid amounts. You can hide the helper column afterwards so that nobody sees it. Save the file regularly so that you do not lose your work.`,
      },
      {
        styles: ['structured', 'table', 'code'],
        quality: 0.3,
        text: `
**Formula**

\`\`\`
=SUMIF(A:A,"Paid",B:B)
\`\`\`

**Arguments**

| Part | Meaning |
| --- | --- |
| \`A:A\` | range to test |
| \`"Paid"\` | condition |
| \`B:B\` | range to add |

**Notes**

- **Case** is ignored
- **Spaces** are not: "Paid " does not match
- **Text** in B counts as zero`,
      },
      {
        styles: ['structured', 'warm', 'rigorous', 'hedged', 'examples', 'code'],
        quality: 0.7,
        text: `
Happy to help! Use **SUMIF**:

\`\`\`
=SUMIF(A2:A100,"Paid",B2:B100)
\`\`\`

1. First, Excel looks for "Paid" in A2:A100.
2. Then it adds the numbers beside it in B2:B100.

For example, with 40 (Paid), 25 (Open) and 60 (Paid) you get 40 + 60 = 100.

**If it doesn't give what you expect**

- The text might have a hidden space, e.g. "Paid ". In that case \`"Paid*"\` usually works.
- The numbers could be stored as text; a small green corner typically shows that.

**Two conditions?** You may want \`SUMIFS\`, where the sum range comes first:

\`\`\`
=SUMIFS(B2:B100,A2:A100,"Paid",C2:C100,"March")
\`\`\`

Good luck, you've got this!`,
      },
    ],
  }),
  quizPrompt({
    id: 'remote-or-office',
    task: 'knowledge',
    prompt: 'Is remote work better than working in an office?',
    answers: [
      {
        styles: ['long', 'committed', 'simple'],
        quality: 0.6,
        text: `
For most people with a desk job the best answer is a mix, and the mix matters less than how well it is run.

Home wins on focus and on time. You skip the commute, which for many is an hour a day. You are not pulled into small talk while you try to think. You can fetch a child or sign for a parcel and lose ten minutes, not half a day. People who work from home part of the week quit less. A large trial at the travel firm Trip.com let staff stay home two days a week: fewer of them quit, and their work was rated just as good.

The office wins on people. New staff learn by sitting near those who know the ropes. Trust grows over lunch and in the hall. Hard talks go better face to face. A new idea is easier to start at a board with three pens than in a call with twelve squares. Those who are rarely seen get fewer promotions, which is unfair, and true.

Work that is fully remote is a different trade. It opens the door to a wider pool of staff and saves the rent, but it asks a lot of managers. Things must be written down. Goals must be clear. Newcomers need someone who looks after them. Firms that skip this get slow teams and lonely people.

So ask three things. How much of the job is quiet work? How new are you? What is your home like? A senior writer with a spare room should stay home four days. A trainee in a shared flat should come in.`,
      },
      {
        styles: ['rigorous', 'hedged', 'asks-back'],
        quality: -0.3,
        text: `
It may depend on the job, and the evidence is perhaps less clear than either side suggests.

First, productivity: a randomised trial of hybrid work found no measurable effect on performance and about one third fewer resignations (Bloom, Han and Liang, 2024). Fully remote work might be somewhat less productive on average, although estimates vary.

Second, collaboration: a study of 61,000 Microsoft employees suggests that remote work made networks more static (Yang et al., 2022), which could possibly slow the spread of new information.

Third, wellbeing: results are generally mixed. Less commuting probably helps; isolation may hurt.

It is important to note that most of this research covers office workers during unusual years, so it might not apply to you.

Which kind of work do you do, and are you choosing for yourself or for a team?`,
      },
      {
        styles: ['rigorous', 'examples', 'committed'],
        quality: 1.1,
        text: `
Hybrid beats both extremes for most desk jobs. In a six-month randomised trial with 1,612 employees, two days at home cut resignations by a third with no loss in performance (Bloom et al., 2024, *Nature*). Use home for focus, for example writing or analysis; use the office for what needs people, such as onboarding and conflict. Therefore fix the days per team, not per person.`,
      },
      {
        styles: ['terse', 'structured', 'warm', 'lazy'],
        quality: -1.3,
        text: `
**Remote!** Pyjamas beat meetings every time. You deserve it, enjoy your sofa, and good luck telling the boss!`,
      },
    ],
  }),
  quizPrompt({
    id: 'fix-the-grammar',
    task: 'transform',
    prompt: "Fix the grammar: 'Me and him was going to the shop when it start raining so we was wet.'",
    answers: [
      {
        styles: ['dense', 'lazy'],
        quality: -1.4,
        flaw: 'The corrected sentence is still wrong ("Him and me were") and much is invented.',
        text: `
The sentence requires correction with regard to several grammatical categories, including pronominal case, subject-verb agreement, tense consistency and lexical selection. A corrected and stylistically improved formulation would read as follows:

Him and me were in the process of proceeding to the retail establishment when precipitation commenced, as a consequence of which considerable saturation of our garments was experienced by both parties, which necessitated an immediate return to our respective residences for the purpose of obtaining dry clothing.

The revised formulation maintains the informational content of the original utterance whilst achieving an elevated register appropriate to formal written communication. Further elaboration of individual grammatical decisions is unnecessary, since the improvements are self-evident to any competent reader of the language.`,
      },
      {
        styles: ['terse', 'structured', 'hedged'],
        quality: 1.1,
        text: `
**He and I were going to the shop when it started raining, so we got wet.**

("Were wet" would perhaps also do.)`,
      },
      {
        styles: ['long', 'warm', 'examples', 'asks-back'],
        quality: 0.4,
        text: `
Happy to help! Your sentence was easy to follow, so there are just a few small things to polish:

> He and I were going to the shop when it started raining, so we got wet.

Let me go through the changes, because once you see the pattern you'll be able to do it yourself!

"Me and him" became "He and I", because these two people are the subject, the ones doing the action. Here's a nice trick: take one person away and listen. You would never say "Me was going", would you? You'd say "I was going". So it has to be "I", for example "My sister and I went home" or "Tom and I are late". We also tend to put ourselves last, just to be polite!

"Was" became "were", since there are two of you. One person was, two people were, for instance "she was happy" but "they were happy".

"Start" became "started". The whole story happened in the past, such as yesterday or last week, so every verb should wear its past tense: went, saw, started, got.

Finally, "was wet" became "got wet", because you were dry a moment earlier and then something changed. English likes "get" for changes like that, for example "get cold", "get tired" or "get lost". "We were wet" would be correct too, it just tells a slightly different story. The comma before "so" gives the reader a little pause.

You're doing really well, and these are the same slips that native speakers make every day! Would you like a few short sentences to practise on, or do you have another text you'd like me to look at?`,
      },
      {
        styles: ['structured', 'warm', 'rigorous', 'hedged', 'examples'],
        quality: -0.3,
        text: `
Sure, glad to help!

**He and I were going to the shop when it started raining, so we got wet.**

1. **Case:** first, subject pronouns, e.g. he + I.
2. **Agreement:** then we + were, for example "we were late".
3. **Tense:** finally, start → started.

"We were wet" might also do; usage may vary (Swan, *Practical English Usage*, 4th edition (2016)). Hope that helps!`,
      },
    ],
  }),
];
