import { quizPrompt } from './types';

/** Plants, running, cars and the job interview. */
export const OUTDOOR_PROMPTS = [
  quizPrompt({
    id: 'yellow-tomato-leaves',
    task: 'advice',
    prompt: "My tomato plant's leaves are turning yellow from the bottom up. What's wrong?",
    answers: [
      {
        styles: ['long', 'structured', 'warm', 'hedged'],
        quality: 0.9,
        text: `
Don't worry, this is the most common tomato complaint of all, and the plant can usually be saved! Yellowing that starts at the bottom narrows it down quite a bit.

## Look closely first

**Even yellow, no spots**

- It may well be a lack of nitrogen. The plant moves it from old leaves to new ones, so the bottom suffers first.
- Pots are usually affected sooner than beds.
- *What to do:* a liquid tomato feed, perhaps once a week. You might see new green within ten days.

**Brown spots with rings**

- This could be early blight, a fungus that typically climbs from the soil.
- *What to do:* take off the leaves that are affected, put them in the bin rather than on the compost, and try to keep the others dry.

**Yellow between green veins**

- Possibly a lack of magnesium, which generally shows up once there is a lot of fruit.
- *What to do:* a pinch of Epsom salt in the watering can may help.

**Limp and yellow in wet soil**

- The roots are probably short of air.
- *What to do:* let the top few centimetres dry out before you water again.

## It might be nothing at all

The lowest two or three leaves often turn yellow simply because they sit in the shade. You can pinch them off, and the plant will hardly notice.

## A good habit

- Water the soil and not the leaves
- A layer of straw usually keeps splashes away
- Leave some room for air between plants

If the yellow perhaps reaches the top as well, have another look at the roots. Good luck, and enjoy the tomatoes!`,
      },
      {
        styles: ['warm', 'examples', 'asks-back'],
        quality: -0.3,
        text: `
Oh no, poor tomato! Let's get it back on its feet, it's lovely that you look after it so well!

Yellow leaves are the plant's way of telling you that it wants something, and it's our job to guess what. It can be thirsty or it can have had too much to drink. It can be hungry, for example for nitrogen or magnesium. It can be too hot or too cold. It can have visitors such as aphids or whitefly, so turn a leaf over and say hello! Some illnesses begin like this too, for instance early blight.

Give it a good drink, a little feed and a sunny place, and take off the saddest leaves.

How often do you water it, is it in a pot, and does it stand in the sun? Let me know if you have seen any spots!`,
      },
      {
        styles: ['hedged', 'examples'],
        quality: 1.1,
        text: `
It is most likely short of nitrogen: the plant takes it from the oldest leaves first. Give it a liquid feed, for example tomato fertiliser, once a week; new growth should usually look better within ten days. If you see brown spots with rings, it may instead be early blight. Remove those leaves and water only the soil. A few yellow leaves at the very bottom are probably just age.`,
      },
      {
        styles: ['terse', 'rigorous', 'lazy'],
        quality: -1.3,
        flaw: 'More water is wrong for a plant whose soil is already wet, and copper every day is harmful.',
        text: `
First, double the water. Then spray copper daily. Finally, cut off all yellow leaves.`,
      },
    ],
  }),
  quizPrompt({
    id: 'first-five-k',
    task: 'advice',
    prompt: "I'm a beginner and want to run 5 km in eight weeks. How should I train?",
    answers: [
      {
        styles: ['terse', 'warm', 'examples', 'lazy'],
        quality: -1.3,
        flaw: 'Running 5 km flat out every day is a good way to get hurt.',
        text: `
Just run 5 km as fast as you can every day, for example before work. You'll be amazing, go for it!`,
      },
      {
        styles: ['long', 'warm', 'rigorous', 'asks-back'],
        quality: 1,
        text: `
What a great goal, and eight weeks is just right for it! You'll train three times a week with at least one day off in between. The trick is to mix running and walking and to change the mix a little every week.

Always begin with five minutes of brisk walking and end in the same way. Run so slowly that you could talk in full sentences. If you can't, slow down; there is no such thing as too slow here.

First, in weeks one and two, run for one minute and walk for two, eight times. That is 8 × 3 = 24 minutes.

Next, in week three, run for two minutes and walk for two, six times: 6 × 4 = 24 minutes.

Then, in week four, run for three minutes and walk for one and a half, five times.

After that, in week five, run for five minutes and walk for two, four times: 4 × 7 = 28 minutes.

In week six, run for eight minutes and walk for two, three times: 3 × 10 = 30 minutes.

In week seven, run for twelve minutes, walk for two, and run for twelve again.

Finally, in week eight, do two easy runs of twenty minutes and then your 5 km on the weekend. At seven to eight minutes per kilometre that will take 5 × 7.5 = 37.5 minutes, and every one of them counts!

If a week feels too hard, repeat it. Sore muscles are fine, a sharp pain in a joint is a reason to stop. Good running shoes are the only thing that you really need.

You've got this! Have you run before, and is there a nice park nearby?`,
      },
      {
        styles: ['structured', 'table', 'examples'],
        quality: 0,
        text: `
| Week | Run | Walk | Repeats |
| --- | --- | --- | --- |
| 1–2 | 1 min | 2 min | 8 |
| 3–4 | 3 min | 2 min | 5 |
| 5–6 | 8 min | 2 min | 3 |
| 7 | 12 min | 2 min | 2 |
| 8 | **5 km** | none | 1 |

- **Three days a week**, for example Tuesday, Thursday, Sunday
- **Cross-training**, such as cycling
- **Gear**, e.g. shoes`,
      },
      {
        styles: ['hedged', 'simple'],
        quality: 1,
        text: `
Run three times a week, with a rest day in between, and go slower than you think you should. You ought to be able to chat while you run.

Start with one minute of running and two of walking, for about 25 minutes. Each week, make the runs a bit longer and the walks a bit shorter. By week five you will probably manage five minutes at a time, and by week seven perhaps twelve. In week eight, try the whole 5 km on fresh legs, with walks if you need them.

Most people who fail go too fast in the first two weeks. If your shins or knees hurt for more than a day or two, you may want to repeat the week. It might take nine weeks instead of eight, and that is usually the better deal.`,
      },
    ],
  }),
  quizPrompt({
    id: 'electric-car-now',
    task: 'advice',
    prompt: 'Should I buy an electric car now or wait?',
    answers: [
      {
        styles: ['long', 'hedged', 'simple'],
        quality: 1.1,
        text: `
It turns mostly on one thing: can you charge at home or at work? If you can, it is probably a good time to buy. If you can't, it may pay to wait.

With a plug at home you wake up to a full car, and the power usually costs much less than petrol. Over a year of normal driving that might save you several hundred euros or dollars, and there is less to service as well. If you rely on public fast chargers, the price of a mile can come close to that of petrol, and you will spend time in car parks.

The next point is how you drive. Most people cover less than fifty kilometres a day, which any electric car can do many times over. If you often drive five hundred in one go, you might want to rent one for such a trip first and see whether the stops bother you.

Then there is the price. New models are still getting cheaper and going further, so whatever you buy will probably look dear in three years. That is also true of waiting: there will always be a better one next year. A used electric car, two or three years old, may be the sweet spot, since someone else has paid for the steep first drop. Ask for a battery report; most packs seem to hold up well.

Last, look at your old car. If it runs well, keeping it for another year or two could be the cheapest choice of all. If it is about to need a big repair, that is perhaps your sign.

So: with a plug at home and a tired old car, I would buy now, and I would probably buy used.`,
      },
      {
        styles: ['structured', 'rigorous', 'examples', 'lazy'],
        quality: -1.5,
        flaw: 'Confuses kW and kWh and claims batteries die after two years.',
        text: `
## Calculation

1. First, consumption: 20 kW per 100 km.
2. Then, price: 20 × 0.30 = 6 per kilometre.
3. Next, petrol: 7 × 1.80 = 12.60 per 100 km.
4. Therefore electric is 6 × 100 = 600 against 12.60.

## Further points

- **Battery:** dead after 2 years, for example like a phone
- **Replacement:** 100% of the price of a new car
- **Winter:** it does not start, for instance below 5 degrees
- **Fire:** constant risk, such as in garages

## Sources

- Common knowledge [1]
- An article [2]

## Result

**600 > 12.60**, so **wait**. For example, until batteries are free of charge. Finally, note that in other countries, e.g. Norway, nobody buys them for the same reasons.`,
      },
      {
        styles: ['terse', 'warm', 'committed'],
        quality: 0.5,
        text: `
Can you charge at home? Then buy now, ideally two years old and used. You'll love it! If not, wait.`,
      },
      {
        styles: ['structured', 'warm', 'rigorous', 'hedged', 'examples', 'asks-back'],
        quality: -0.3,
        text: `
Exciting! **It may depend:**

1. First, charging: at home it's perhaps 0.30 × 17 = 5.10 per 100 km.
2. Then, petrol: typically 1.80 × 7 = 12.60.
3. Finally, **distance**: at 10,000 km that's about 750 a year.

Grants might change, for example in January. Where do you park, and how far do you drive?`,
      },
    ],
  }),
  quizPrompt({
    id: 'greatest-weakness',
    task: 'advice',
    prompt: 'How do I answer "What is your greatest weakness?" in a job interview?',
    answers: [
      {
        styles: ['long', 'committed', 'simple'],
        quality: 1.4,
        text: `
Name a real weakness, one that will not sink you in this job, and show what you do about it. That is the whole art. The people who ask have heard "I'm a perfectionist" a thousand times. What they want to know is whether you see yourself clearly and whether you act on what you see.

Pick something true and small enough. A nurse should not say she overlooks details, and a salesman should not say he is shy on the phone. Think of the last time you were given feedback that stung a little. There is your answer.

Build it in three parts. Say the weakness in one plain sentence. Say what it once led to, so that they believe you. Then say what you changed and how it is going now. Keep it under a minute, and stop. Do not fill the silence.

It may sound like this: "I used to take on too much, since I hate to let people down. Last spring I promised two reports for the same Friday and one of them was poor. Now I write down what I have agreed to, and before I say yes I look at the list. My manager has not had to move a deadline since the summer, but I still have to stop myself."

The last half sentence matters. A weakness that is fully cured was never one. By admitting that it is still work, you come across as honest, and honest people are easy to hire.

Practise it aloud three times, and not more. You want to know what you will say without sounding as if you were reading it off a card. When they ask for a second one, have a second one.`,
      },
      {
        styles: ['warm', 'rigorous', 'examples', 'lazy'],
        quality: -1,
        text: `
Congratulations on your interview, how exciting! I'm happy to share the secret with you.

First, remember that interviewers love confidence. Next, choose a weakness that is really a strength, for example "I'm a perfectionist", "I work too hard" or "I care too much". Then say it with a big smile! They have never heard it before, and they will be delighted.

It also helps to be funny, such as "My weakness is chocolate!" Everybody laughs, and the question is forgotten. Finally, turn it around: one weakness + nine strengths = 90% perfect, so tell them about your nine strengths, for instance punctuality, honesty, loyalty and modesty (Forbes, 2019).

Therefore you really can't go wrong with this one! Believe in yourself, be yourself, and you will shine like a star! Good luck, I'm so proud of you!`,
      },
      {
        styles: ['terse', 'structured', 'rigorous'],
        quality: 0.2,
        text: `
First, one **real, harmless** weakness.
Then, **what it cost** you.
Finally, **what you changed**, with proof.`,
      },
      {
        styles: ['hedged', 'examples', 'asks-back'],
        quality: -0.3,
        text: `
You could perhaps mention something that is not central to the job, for example public speaking or delegating, and describe what you are doing about it, such as a course. It might be best to avoid clichés, for instance perfectionism. Interviewers may differ, though, so it generally depends on the company. What sort of job is it?`,
      },
    ],
  }),
];
