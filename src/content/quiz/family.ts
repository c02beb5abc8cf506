import { quizPrompt } from './types';

/** Parties, presents, bedtime and dishes. */
export const FAMILY_PROMPTS = [
  quizPrompt({
    id: 'birthday-party',
    task: 'advice',
    prompt: 'Plan a birthday party for twelve 7-year-olds. The budget is $150.',
    answers: [
      {
        styles: ['structured', 'rigorous', 'dense', 'lazy'],
        quality: -1.3,
        flaw: 'The items add up to $240, not $150.',
        text: `
## Event concept

1. **First: venue acquisition.** Indoor facility, $90.
2. **Next: catering.** 12 × $5 = $60.
3. **Then: entertainment.** Professional facilitator, $60.
4. **Finally: gratuities for attendees.** 12 × $2.50 = $30.

**Total expenditure:** 90 + 60 + 60 + 30 = 150.

### Schedule

- **T+0:** reception of attendees
- **T+15:** structured recreational activity
- **T+75:** consumption of refreshments
- **T+105:** unstructured recreational activity
- **T+180:** termination

### Risk register

- **Adverse meteorological conditions:** negligible probability
- **Interpersonal conflict:** escalation to guardians
- **Dietary intolerances:** delegation to guardians

### Deliverables

- invitation
- attendance register
- post-event evaluation`,
      },
      {
        styles: ['rigorous', 'hedged', 'examples'],
        quality: 0.7,
        text: `
A park party might work best. First 20 minutes of free play, then a treasure hunt, next three games, for example musical statues, and finally cake; two hours are usually enough. Rough costs: hunt 25 + pizza 55 + cake 25 + party bags 30 = 135, which perhaps leaves 15 for rain plans such as a craft table.`,
      },
      {
        styles: ['terse', 'structured', 'warm'],
        quality: 0.7,
        text: `
**Pirate park party!** Map hunt $30, pizza $60, cake $25, gold-coin bags $25. **Total $140.** Have a blast!`,
      },
      {
        styles: ['long', 'examples', 'asks-back', 'simple'],
        quality: -0.3,
        text: `
You can do a lot with $150 if you have it at home or in a park and make a few things yourself. Pick a theme first, as it makes all the other choices easy. Kids this age tend to like animals, space, superheroes, pirates, fairies, or sports. Let your child choose.

Send the invites three weeks ahead. Paper ones are nice, but a message to the parents is free. Put a start and an end on it, for example two till four. Ask about food the guests can't have, such as nuts or milk.

For the space, balloons and paper chains go a long way. You can hang up streamers, draw a sign, or use what you have, for instance fairy lights from last winter. A cloth in one colour on the table looks good.

Games do not need to cost a thing. For example, you can play musical chairs, hot potato, pass the parcel, tag, a sack race, or an egg and spoon race. Have more games than you think you need. Some will be over in four minutes. Plan one calm thing too, such as drawing or a story, in case they go wild.

Keep the food plain. Pizza, fruit, crisps and juice will do, and then the cake. You can bake it or buy it. Cupcakes are easy to hand out.

Give each guest a small bag to take home, for example with stickers, a pencil and a sweet.

Get one or two other adults to help. Twelve is a lot for one person. Is your party inside or outside, and what is your child into right now?`,
      },
    ],
  }),
  quizPrompt({
    id: 'gift-for-dad',
    task: 'advice',
    prompt: 'Gift idea for my dad, 65: he likes gardening and says he needs nothing. Up to €50.',
    answers: [
      {
        styles: ['long', 'warm', 'examples'],
        quality: -0.3,
        text: `
Aww, what a sweet thing to do for your dad! The ones who say they need nothing are often the ones who are secretly most touched when somebody thinks of them, so you're on the right track already!

Gardeners are a joy to buy presents for, because there is always something lovely to discover. You could go for something practical, for example a good pair of gloves, a kneeling cushion, a watering can, a set of hand tools or a pretty apron with lots of pockets. He'll think of you every time he heads out of the back door!

Or how about something that grows? There are so many wonderful plants, such as roses, lavender, a little olive tree, a fig, a blueberry bush, or a bag of mixed spring bulbs. You might even find one that shares his name, or yours, which would make it really special!

Then there are the cosy things for rainy days, for instance a beautiful book about famous gardens, a magazine subscription, a calendar, a jigsaw puzzle with flowers on it, or a big mug for his tea. A bird feeder is a delightful idea too, and he can watch his little visitors from the kitchen window!

You could also give him something for the senses, such as a scented candle or hand cream, since gardeners' hands work hard.

And don't forget a card with a few kind words. Honestly, that's often the best part! Whatever you choose, it comes from the heart, and I'm sure he'll love it. Have fun shopping, and give your dad a big hug!`,
      },
      {
        styles: ['structured', 'rigorous', 'committed'],
        quality: 1.1,
        text: `
**A Japanese hori-hori knife (about €35) and a day together.**

1. First, he won't have one: it digs, cuts roots, and its blade has a depth scale.
2. Then it lasts: forged steel, decades of use.
3. Finally, add a handmade voucher for one Saturday of digging with you.

**Sum in euros:** 35 + 10 (sheath) + 0 = 45.`,
      },
      {
        styles: ['hedged', 'simple'],
        quality: 0.7,
        text: `
People who need nothing often like things that get used up, so I would perhaps go that way.

A bag of really good spring bulbs might suit him. He plants them in November and they come up in April, long after the birthday. Fifty euros probably buys around a hundred, which is enough for a patch he will notice from the window.

If his knees are sore, a folding stool that is also a kneeler could be worth more to him than he would admit. They usually cost thirty to forty euros.

You may also want to ask what broke lately. It is often a hose, or a pair of shears that he has been meaning to replace. It might not sound like much, but it tends to be what gets used every week.`,
      },
      {
        styles: ['terse', 'asks-back', 'lazy'],
        quality: -1.1,
        text: `
Maybe a plant or a voucher. What does he like, and have you asked your mum?`,
      },
    ],
  }),
  quizPrompt({
    id: 'bedtime-battle',
    task: 'advice',
    prompt: 'My four-year-old refuses to go to bed. What can I do?',
    answers: [
      {
        styles: ['structured', 'hedged', 'asks-back', 'lazy'],
        quality: -1,
        text: `
- It might be a phase
- He may perhaps not be tired
- You could possibly try being firmer
- Or maybe less firm

It is important to note that every child is different, so what works may vary. You might want to consult a professional, for instance a paediatrician, as I cannot give medical advice. What have you tried, and what happened?`,
      },
      {
        styles: ['terse', 'warm', 'rigorous'],
        quality: 1.1,
        text: `
First, a bath; then two books and one goodbye pass for a last hug. Same order nightly. Enjoy the quiet!`,
      },
      {
        styles: ['structured', 'committed'],
        quality: 0.5,
        text: `
## Tonight

- **Start earlier.** An overtired child fights sleep. Move everything forward by 20 minutes.
- **Screens off** an hour before bed.
- **Same four steps** every evening: bath, pyjamas, two books, light out.
- **Offer small choices:** which pyjamas, which books. Bedtime itself is not a choice.

## When he gets up

- Walk him back. Say "It's bedtime, I love you", and nothing else.
- Repeat, as often as it takes, without scolding.
- The first nights are hard. By the fifth it is much better.

## In the morning

- Wake him at the **same time** every day.
- **Praise** the evening: "You stayed in bed!"
- **No nap** after three o'clock.

## See a doctor if

- he snores or gasps
- he is afraid every night for weeks`,
      },
      {
        styles: ['long', 'rigorous', 'examples', 'dense'],
        quality: -0.1,
        text: `
Bedtime resistance is among the most prevalent behavioural sleep problems of early childhood, reported for roughly 20 to 30% of children (Mindell et al., 2006). A systematic procedure is therefore preferable to improvisation.

First, establish the sleep requirement. The American Academy of Sleep Medicine recommends 10 to 13 hours per 24 hours at ages three to five (Paruthi et al., 2016). With a wake time of 07:00 and no nap, bedtime follows from 07:00 − 11 h = 20:00. If sleep onset regularly occurs at 21:00, the scheduled time is simply too early relative to circadian phase.

Next, apply bedtime fading. Set bedtime to the observed onset, for example 21:00, so that the association between bed and wakefulness is weakened. Then advance it by 15 minutes every two to three nights once onset latency falls below 20 minutes. The target is reached after (21:00 − 20:00)/15 min = 4 steps, that is, within about 12 nights.

Then select an extinction procedure. Variants include unmodified extinction, graduated extinction (for instance checks after 3, 5 and 10 minutes), and parental presence with gradual withdrawal, for example moving a chair towards the door. Their efficacy is comparable; adherence is the principal determinant of outcome, so the variant should be chosen according to parental tolerance.

Furthermore, modify antecedents: limit light, particularly of short wavelength, standardise the sequence of pre-sleep activities, and deliver positive reinforcement contingently, such as tokens exchangeable in the morning.

Finally, record latency, curtain calls and total sleep time for 14 days, e.g. in a table, and evaluate. Persistent snoring, apnoea or restless legs constitute indications for referral.`,
      },
    ],
  }),
  quizPrompt({
    id: 'flatmate-dishes',
    task: 'advice',
    prompt: 'My flatmate never does the dishes. How do I bring it up?',
    answers: [
      {
        styles: ['structured', 'hedged', 'asks-back'],
        quality: -0.3,
        text: `
**You might consider:**

- **Timing:** perhaps a calm moment
- **Tone:** possibly a question rather than a complaint
- **Plan:** maybe a rota, which usually helps

**Bear in mind**

- They may not have noticed
- They could feel differently about mess

How long has it been going on, and do you generally get along?`,
      },
      {
        styles: ['terse', 'rigorous', 'committed'],
        quality: 1.1,
        text: `
First, pick a calm moment. Then say: "Dishes pile up and it stresses me. Can we agree: same day, each our own?"`,
      },
      {
        styles: ['long', 'examples', 'lazy'],
        quality: -1.3,
        text: `
People who never do the dishes usually only understand when they feel it themselves, so make it impossible to overlook. Words are cheap and a talk leads nowhere. There are many ways of doing this and they all work.

You can stop washing up altogether. For example, buy paper plates for yourself and let the pile grow until there is no cup left in the flat. You can also carry the dirty plates into their room and put them where they get in the way, such as on the desk, on the chair or on the bed. They will notice.

Notes are another good method. Write them in large letters and hang them where guests see them, for instance on the front door or over the sink. Something such as "Your mother does not live here" always gets a reaction. You can also post a photo of the kitchen in a group chat with your friends, for example with a funny caption, so that others see what you have to live with.

Then you can hide the good pans, lock the cupboard, or label every fork. You can take something of theirs for each day that the plates are left, for instance the remote control or the router cable, and give it back when the sink is empty.

Keep a list of everything that they have left lying around, with dates, such as cups, pans and cutlery, and read it to them when they are about to leave for work. If none of it helps, move out. Living with other people never works in the long run.`,
      },
      {
        styles: ['warm', 'hedged', 'examples', 'simple'],
        quality: 0.7,
        text: `
I'm sorry, that's a really tiring thing to live with! The good news is that it can usually be solved with one friendly talk.

Try to pick a time when you are both relaxed, perhaps over a cup of tea, and not when you have just walked into a messy kitchen. Start with something true and kind, for example "I like living with you". Then say what you see and how it feels, and leave out words such as "never" and "always", since they tend to start a fight. You might say: "When the sink is full in the evening I can't cook, and I get grumpy."

After that, ask for their side. Maybe they'd rather do another job, for instance the bins or the bathroom, and you could swap. A simple deal will probably last longer than a strict rota.

You'll do great, good luck!`,
      },
    ],
  }),
];
