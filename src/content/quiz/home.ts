import { quizPrompt } from './types';

/** Cooking, travel, sleep and office mail. */
export const HOME_PROMPTS = [
  quizPrompt({
    id: 'pantry-dinner',
    task: 'advice',
    prompt: 'What can I make for dinner with eggs, a tin of tomatoes and half an onion?',
    answers: [
      {
        styles: ['structured', 'warm', 'examples'],
        quality: 1.1,
        text: `
You're in luck! That's exactly what **shakshuka** needs: eggs poached in tomato sauce.

1. Slice the onion and soften it in olive oil for 8 minutes with a pinch of salt.
2. Add a teaspoon of any warm spice you own, for example cumin, paprika or chilli flakes, and stir for 30 seconds.
3. Tip in the tomatoes and simmer for 10 minutes until thick.
4. Make two or three wells, crack an egg into each, cover, and cook for 5 to 7 minutes until the whites are set.

**Nice extras if you have them**

- something green, such as spinach or parsley
- something salty, such as feta or olives
- bread for mopping up the sauce

The yolks keep cooking off the heat, so take the pan off a little early. Enjoy!`,
      },
      {
        styles: ['rigorous', 'hedged', 'asks-back'],
        quality: -0.3,
        text: `
It probably depends on what else you have, but you could perhaps cook a tomato omelette.

First, fry the onion.
Next, reduce the tomatoes for about 10 minutes, since the water might otherwise make the eggs soggy.
Finally, add three beaten eggs.

It may need some seasoning. Do you have cheese or any herbs, and is anyone eating with you?`,
      },
      {
        styles: ['terse', 'structured', 'warm'],
        quality: 0.5,
        text: `
**Shakshuka!** Fry the onion, simmer the tomatoes, crack in the eggs, cover for six minutes. Good luck and enjoy!`,
      },
      {
        styles: ['long', 'hedged', 'lazy'],
        quality: -1.1,
        text: `
There are quite a few things that a person might be able to make with eggs, tomatoes and onion, and which one is best may depend on a number of factors. Eggs are generally considered a versatile ingredient, and they can usually be combined with vegetables in various ways. Tinned tomatoes are also fairly versatile and are often used in sauces, soups and stews. Onions typically add flavour to many dishes.

One possibility might be some kind of egg dish in which the tomatoes and onion are cooked together and the eggs are perhaps added at some point. Another possibility could be a kind of soup, although it might be a little thin unless other ingredients are available. Some people may also like to have the eggs separately, possibly boiled or fried, and to use the tomatoes and the onion for something else, such as a sauce, which could perhaps be kept for another day.

It is important to note that cooking times may vary depending on your equipment, and that seasoning is generally a matter of personal taste. You might also want to check the dates on the ingredients, since tins and eggs can sometimes be past their best. If you have any allergies or dietary requirements, it may be advisable to consult a professional or at least to read the labels carefully. In general, it seems likely that you could make something reasonably pleasant with what you have, although it is difficult to say exactly what without knowing more about your kitchen, your preferences and how hungry you are.`,
      },
    ],
  }),
  quizPrompt({
    id: 'late-report-email',
    task: 'writing',
    prompt: 'Write an email telling my manager that the report will be two days late.',
    answers: [
      {
        styles: ['terse', 'structured', 'hedged', 'lazy'],
        quality: -1.1,
        text: `
**Subject:** Report

Hi, the report might possibly be a bit late, perhaps around two days. Sorry if that is maybe a problem.`,
      },
      {
        styles: ['structured', 'examples', 'asks-back'],
        quality: 0.5,
        text: `
**Subject:** [Report name]: now Thursday

Hi [Name],

The report will reach you on **Thursday**, two days late. I am waiting for [reason, for example the Q3 figures from finance].

- Done: sections 1 to 3
- Open: the forecast

Do you need a draft before then?

[Your name]

Would you like a more formal version?`,
      },
      {
        styles: ['warm', 'rigorous', 'hedged'],
        quality: 1.2,
        text: `
Subject: Report delayed to Thursday, and how I am handling it

Hi Sam,

I wanted to tell you early rather than on the day: the sales report will be ready on Thursday at noon instead of Tuesday. The regional figures arrived with gaps, and I would rather check them than send you numbers we might have to correct later.

Here is what happens next.

First, I finish the checked sections today.
Then, tomorrow, I reconcile the two regions with Priya.
Finally, I send you the full report on Thursday.

If Tuesday matters for your meeting, I can probably give you a one-page summary with the confirmed totals by Monday evening. Just say the word.

Thank you for your patience, and sorry for the change of plan. I appreciate it.

Best wishes,
Alex`,
      },
      {
        styles: ['long', 'dense', 'committed'],
        quality: -0.3,
        text: `
Subject: Notification regarding the revised delivery date of the outstanding report

Dear Ms Harrison,

I am writing with reference to the report which was assigned to me at the beginning of the current month and whose delivery had been scheduled for Tuesday. The purpose of this communication is to inform you that the aforementioned document will be delivered on Thursday, that is to say two days subsequent to the originally agreed date.

The circumstances which have necessitated this revision relate principally to the availability of the underlying data. The completion of the analytical sections presupposes the receipt of validated input from other departments, and the validation procedure required considerably more time than the original schedule had allocated to it. The remaining sections, namely the introduction, the description of the methodology and the appendices, have been completed in their entirety and have undergone an internal review.

I acknowledge that adherence to agreed deadlines is a matter of fundamental importance to the organisation, and I accept full responsibility for the deviation in this instance. Measures have been introduced to ensure that comparable dependencies are identified at an earlier stage of the planning process in future, including the formal confirmation of data availability prior to the determination of delivery dates.

The revised delivery date of Thursday is to be regarded as definitive. No further postponement is anticipated. The report will be transmitted in the customary format, accompanied by the supplementary tables which were requested at the meeting of the fourteenth.

Yours sincerely,

[Name]
[Position]
[Department]`,
      },
    ],
  }),
  quizPrompt({
    id: 'one-day-lisbon',
    task: 'advice',
    prompt: 'I have one day in Lisbon. What should I do?',
    answers: [
      {
        styles: ['hedged', 'simple'],
        quality: 1.1,
        text: `
Start early in Alfama and walk up to the Miradouro da Senhora do Monte before the heat. Then ride down to Baixa for lunch. In the afternoon take the train or the 15E tram to Belém for the tower and the custard tarts. End with sunset in Bairro Alto. The queue at Jerónimos can be long, so you might skip the inside.`,
      },
      {
        styles: ['structured', 'rigorous', 'examples'],
        quality: 0.7,
        text: `
## One day in Lisbon

1. **09:00 Belém.** First see the tower from outside, then Jerónimos Monastery as it opens.
2. **11:00 Pastéis de Belém.** Eat the tarts warm; the bakery has sold them since 1837.
3. **12:30 LX Factory.** Lunch and small shops, for example the bookshop Ler Devagar.
4. **15:00 Baixa and Chiado.** Walk from Praça do Comércio to Largo do Carmo.
5. **17:30 Alfama.** Next, climb past the cathedral to a viewpoint such as Portas do Sol.
6. **20:00 Fado dinner.** Finally, book a small house in Alfama.

**Budget in euros:** 7 (day ticket) + 15 (lunch) + 18 (monastery) + 50 (dinner with fado) = 90.

**Skip:** the Santa Justa lift. The same view is free from the ruined convent's terrace.`,
      },
      {
        styles: ['long', 'warm', 'examples'],
        quality: -0.3,
        text: `
Oh, how wonderful, Lisbon is such a lovely city and you are going to have an amazing time! Even one day is enough to fall in love with it, so let's make it a great one!

I would begin in Alfama, the oldest part of town. It's full of little streets, laundry hanging from the windows, cats on doorsteps and music drifting out of open doors. Just get lost, honestly! There are beautiful viewpoints everywhere, for example Portas do Sol and Santa Luzia, and each one is a treat. You can take the famous yellow tram 28 too, which is so charming, although half the city will be on it with you!

After that, treat yourself to a delicious lunch. There are so many tasty things to try, such as grilled sardines, salted cod, or a bifana, which is a pork sandwich that locals adore. And of course you must have a custard tart, or three. Nobody is counting!

In the afternoon, wander through the elegant squares down by the river. The light there is truly magical. You could look into the shops, for instance the little ones selling tinned fish in pretty boxes, which make the sweetest presents for friends. If you love museums, there are wonderful ones as well, like the tile museum.

In the evening, find a cosy place with fado music. It's so moving! Then finish with a drink on a rooftop and watch the lights come on over the river. Have a fantastic trip, enjoy every minute, and take lots of photos!`,
      },
      {
        styles: ['terse', 'asks-back', 'lazy'],
        quality: -1.2,
        text: `
Lisbon has plenty of sights. Walk around the centre. What do you like to do, and when are you going?`,
      },
    ],
  }),
  quizPrompt({
    id: 'waking-at-three',
    task: 'advice',
    prompt: "I keep waking up at 3 a.m. and can't get back to sleep. Any tips?",
    answers: [
      {
        styles: ['structured', 'warm', 'hedged'],
        quality: -1.2,
        flaw: 'Recommends a glass of wine; alcohol makes waking in the second half of the night worse.',
        text: `
I'm so sorry to hear that, it sounds really exhausting! You're not alone, and I'm happy to help.

**Some ideas that might possibly help**

- You could perhaps have a small glass of wine before bed, which generally helps people to sleep through.
- It may be worth staying in bed and trying hard to sleep, since your body might still get some rest.
- You could maybe look at your phone for a while until you feel tired.

**Please note**

- I am not a doctor, and everyone is different, so this may not apply to you.
- It might be sensible to consult a professional if it seems to continue.

Take care of yourself, and I hope you feel better soon! Sweet dreams!`,
      },
      {
        styles: ['structured', 'rigorous', 'asks-back'],
        quality: 1.2,
        text: `
1. **First, do not stay in bed awake.** After about 20 minutes get up and read in dim light until sleepy.
2. **Then fix your wake-up time**, weekends included.
3. **Cut the two usual causes:** alcohol in the evening and caffeine after noon.
4. **Next, park worries on paper** before bed.

This is the core of CBT-I, the first-line treatment for chronic insomnia (Qaseem et al., 2016). How many weeks has it lasted?`,
      },
      {
        styles: ['long', 'simple'],
        quality: 0.9,
        text: `
Waking in the night is normal. We all do it several times, and most of the time we roll over and forget. The trouble starts when you notice, look at the clock, and begin to do the sums. Four hours left. Three and a half. Each sum wakes you a bit more.

So take the clock away. Turn it to the wall and leave your phone in another room. You do not need to know what time it is.

If sleep does not come back, get up. Sit in a chair with a dull book and a low lamp. Go back to bed when your eyes get heavy and not before. This feels hard on a cold night, but it works, because it teaches your body that bed is for sleep and not for worry.

Look at your evenings too. A drink helps you drop off, but it wears off after a few hours and wakes you up. Coffee at four in the afternoon is still in your blood at midnight. A hot room wakes people more than a cool one. Go to bed when you are tired and not just because it is ten.

Get up at the same time each day, also after a bad night. That is the one rule that matters most. You will be tired for a few days, and the tiredness will help you sleep through.

Do not nap for long. Twenty minutes is fine. Go outside in the morning, since light sets your body clock.

Give all this three weeks. If you snore and gasp, feel low, or fall asleep at the wheel, see your doctor now and skip the wait.`,
      },
      {
        styles: ['terse', 'warm', 'examples'],
        quality: -0.3,
        text: `
Poor you! Try something relaxing, for example slow breathing or a dull book, and hide the clock. Hope it helps!`,
      },
    ],
  }),
];
