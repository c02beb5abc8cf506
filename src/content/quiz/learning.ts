import { quizPrompt } from './types';

/** Explaining, history, everyday science. */
export const LEARNING_PROMPTS = [
  quizPrompt({
    id: 'vaccines-for-ten',
    task: 'knowledge',
    prompt: 'Explain how vaccines work to a ten-year-old.',
    answers: [
      {
        styles: ['terse', 'simple'],
        quality: -0.3,
        text: `
A vaccine shows your body a harmless bit of a germ. Your body learns to fight it before the real germ comes.`,
      },
      {
        styles: ['long', 'structured', 'hedged', 'examples'],
        quality: 1.1,
        text: `
## Your body has guards

Inside you live millions of tiny guards, called **white blood cells**. They look for things that do not belong, for example a cold virus or the bacteria in a dirty cut. When they meet a new germ, they need some days to work out how to beat it. That is usually when you feel ill.

## The clever part: memory

Once the guards have won, some of them remember the germ. If it comes back, they recognise it and may beat it before you even notice. That is why people generally catch chickenpox only once.

## What a vaccine does

A vaccine is a **practice game**. It shows the guards what the enemy looks like without the danger of a real match. There are a few ways to do that, such as

- a germ that is dead or very weak
- one small piece of the germ, for instance the spikes on its coat
- a recipe that lets your own cells make that one piece for a short time

The guards study it, train, and remember.

## Why your arm may hurt

Training is hard work! You might have a sore arm or a warm forehead for a day. It usually means the guards are busy.

## Why some need more than one

Some memories fade, and some germs change their costume. The flu, for example, looks a little different almost every year, so doctors often offer a new vaccine each autumn.

A vaccine cannot promise that you will never be ill, but you will probably be much less ill, and you are less likely to pass the germ on to a baby or to your grandma.`,
      },
      {
        styles: ['dense', 'lazy'],
        quality: -1.3,
        text: `
Vaccination entails the administration of immunogenic preparations containing attenuated, inactivated or subunit antigens, whereupon antigen-presenting cells initiate clonal proliferation of lymphocytes, culminating in the differentiation of memory populations. Subsequent exposure to the corresponding pathogen elicits an accelerated anamnestic response, thereby conferring immunological protection upon the vaccinated individual. Adjuvants potentiate immunogenicity.`,
      },
      {
        styles: ['warm', 'rigorous', 'asks-back', 'simple'],
        quality: 0.6,
        text: `
Great question! Let's pretend your body is a castle.

First, a spy arrives with a drawing of a robber. That is the vaccine. The robber himself is not there, so nobody gets hurt.

Next, the guards study the drawing. They build a special key that fits only his handcuffs. Scientists call those keys antibodies. This takes about two weeks.

Then most of the guards go home, but a few stay awake for years with a copy of the drawing.

Finally, one day the real robber climbs over the wall. Without the drawing, the guards would need a week to make a plan. With it, they need only a day or so. Click! He is caught before he can steal a thing.

That's how a little prick in the arm keeps you well. You explained the castle to me if you got this far, well done! What would you like to know next: who invented it, or why it needs a needle?`,
      },
    ],
  }),
  quizPrompt({
    id: 'fall-of-rome',
    task: 'knowledge',
    prompt: 'Why did the Roman Empire fall?',
    answers: [
      {
        styles: ['terse', 'rigorous', 'asks-back'],
        quality: -0.6,
        text: `
First lost tax land, then unpaid armies, finally foreign kings: 476 in the West, says Heather (2005). Do you mean the West?`,
      },
      {
        styles: ['long', 'warm', 'hedged'],
        quality: 1.1,
        text: `
I'm glad you asked, because historians have argued about this one for centuries and probably always will! A German scholar once counted more than two hundred proposed causes. Let me give you the version that many specialists would roughly accept today.

The part that fell was the western half. The eastern half, ruled from Constantinople, went on for almost another thousand years, until 1453, so any explanation should perhaps tell us what was different in the West.

What seems to have mattered most is a slow loss of money. The western government lived on land tax and spent most of it on soldiers. From 406 onwards, groups such as the Vandals, Alans and Goths settled on land inside the borders, often because the Huns were pressing them from behind. Each lost province meant less tax, fewer soldiers, and so a weaker defence of the next one. The loss of North Africa to the Vandals in 439 was possibly the decisive blow, since it was the richest region the West had left.

Politics made it worse. Generals fought each other for the throne while the borders were thinly held, and emperors were often children or puppets. Some also point to epidemics and a cooler climate, though how much they contributed is still debated.

When a commander called Odoacer removed the last western emperor in 476, few people may have noticed much of a change. Laws, Latin and the Church largely carried on. So it might be fairer to say that the state ran out of money and authority than that a civilisation ended overnight.

I hope that helps, and enjoy the rabbit hole, it's a lovely deep one!`,
      },
      {
        styles: ['structured', 'rigorous', 'examples'],
        quality: 0.5,
        text: `
**Short answer:** the western state lost the tax base that paid its army.

### The chain of causes

1. **Pressure.** First the Huns moved west around 370 and pushed others before them, for example the Goths, who won at Adrianople in 378.
2. **Settlement.** Then, from 406, Vandals, Suebi and Alans crossed the Rhine and stayed.
3. **Revenue.** Next, provinces stopped paying, for instance Britain after 410 and Africa after 439.
4. **Army.** Therefore the field army shrank.
5. **Politics.** Civil wars used up what was left.
6. **End.** Finally, Odoacer deposed Romulus Augustulus in 476.

### Evidence and debate

- Heather (2005) stresses outside pressure.
- Ward-Perkins (2005) shows the material decline, e.g. in pottery and roof tiles.
- Goffart (1980) argues for accommodation.`,
      },
      {
        styles: ['structured', 'hedged', 'lazy'],
        quality: -1.2,
        flaw: 'Dates the fall of the western empire to 1476; it was 476.',
        text: `
**Possible reasons**

- Perhaps it got too big
- The emperors may have been bad
- There might have been too much luxury
- Barbarians could have attacked
- Lead pipes possibly poisoned people

It generally fell in about 1476, although opinions may differ. It is important to note that history is complicated, and each of these factors might have played some role, or perhaps none of them did.`,
      },
    ],
  }),
  quizPrompt({
    id: 'sky-and-sunset',
    task: 'knowledge',
    prompt: 'Why is the sky blue but sunsets are red?',
    answers: [
      {
        styles: ['structured', 'hedged'],
        quality: 1.1,
        text: `
**Both colours come from the same effect: air scatters blue light much more than red.**

- **What scatters.** Sunlight holds all colours. Air molecules are far smaller than the waves of light, and such small things scatter short waves best. Violet and blue are spread roughly four to nine times as much as red.
- **Noon.** Light takes a short path through the air. The scattered blue reaches you from every direction, so the whole sky looks blue.
- **Sunset.** Light skims along the ground and may cross nearly forty times as much air. Most of the blue has been spread out of the beam by then, and what is left is mostly orange and red.

**Why not violet?** Probably for two reasons: the sun sends less violet, and our eyes are usually less sensitive to it. Dust and smoke can make a sunset redder still, though too much generally turns it grey.`,
      },
      {
        styles: ['terse', 'warm', 'asks-back'],
        quality: -0.3,
        text: `
Lovely question! Air scatters blue light most. At sunset the light crosses more air, leaving red. Would you like details?`,
      },
      {
        styles: ['examples', 'simple'],
        quality: -1.4,
        flaw: 'Claims the sky reflects the sea, a common myth.',
        text: `
The sky is blue because it reflects the sea. For example, over the ocean it looks very blue, and over a desert, such as the Sahara, it looks paler. At sunset the sun is further from us and cooler, so it looks red, for instance like a fire or a piece of iron that is cooling down.`,
      },
      {
        styles: ['long', 'rigorous', 'dense'],
        quality: 0.5,
        text: `
The colour of the sky is a consequence of Rayleigh scattering, which applies whenever the scatterer is much smaller than the wavelength. Nitrogen and oxygen molecules measure about 0.3 nm, visible light between 400 and 700 nm, so the condition holds comfortably.

First, the wavelength dependence. An oscillating electric field induces a dipole in the molecule, and the power that a dipole radiates is proportional to the fourth power of frequency. Hence the scattered intensity obeys I ∝ 1/λ^4. For blue at 450 nm and red at 700 nm the ratio is (700/450)^4 = 5.9. Blue light is therefore scattered about six times as strongly.

Next, the daytime sky. Looking away from the sun, an observer receives only scattered light, whose spectrum is the solar spectrum multiplied by 1/λ^4. Violet is scattered still more strongly, but solar output declines below 450 nm, ozone absorbs a little of it, and the short-wavelength cones respond weakly there. Consequently the perceived hue is blue.

Then, the sunset. At an elevation of zero degrees the optical path corresponds to an air mass of about 38, compared with 1 at the zenith. Direct transmission follows T = exp(−τ m). With zenith optical depths of roughly τ = 0.22 at 450 nm and τ = 0.04 at 700 nm, the transmissions are exp(−0.22 × 38) = 0.0002 and exp(−0.04 × 38) = 0.22. The transmitted beam is thus depleted of blue by a factor of about one thousand relative to red.

Finally, aerosols modify the result: particles comparable to the wavelength scatter all colours similarly (Bohren and Huffman, 1983), which whitens the daytime sky and dulls the sunset.`,
      },
    ],
  }),
  quizPrompt({
    id: 'noise-cancelling',
    task: 'knowledge',
    prompt: 'How do noise-cancelling headphones work?',
    answers: [
      {
        styles: ['examples', 'simple'],
        quality: 1.1,
        text: `
Sound is a pattern of pressure: a little more, a little less, many times a second. Noise-cancelling headphones add the exact opposite pattern, so that the two add up to almost nothing.

A tiny microphone on the outside hears the noise, for example the hum of a plane. A chip flips the wave over, so every peak becomes a dip. The speaker plays the flipped wave together with your music. Where the noise pushes, the headphones pull.

It works best on steady, low sounds, such as engines, fans and trains, because the next moment looks like the last one. Sudden or high sounds, for instance a barking dog or a voice across the table, change faster than the chip can follow. Those are blocked mostly by the padding around your ears.`,
      },
      {
        styles: ['terse', 'warm', 'hedged', 'lazy'],
        quality: -1.3,
        flaw: 'They cancel with an opposite wave; they do not simply play louder sound.',
        text: `
Hi there! They might just play sound loud enough to perhaps cover the noise. Hope that helps!`,
      },
      {
        styles: ['structured', 'rigorous'],
        quality: 0.5,
        text: `
1. **Sense.** First, a microphone samples the outside noise n(t).
2. **Invert.** Then a processor computes −n(t), corrected for the speaker and the ear cup.
3. **Play.** Next, the speaker emits it with the music: n(t) + (−n(t)) = 0.
4. **Correct.** Finally, an inner microphone measures the remainder and adjusts.

**Limit:** delay. At 100 Hz one wave lasts 10 ms; at 2,000 Hz only 0.5 ms.`,
      },
      {
        styles: ['long', 'warm', 'asks-back'],
        quality: -0.3,
        text: `
What a fun question! I love this one, because it feels like magic, and yet the idea behind it is so simple and elegant. Let me walk you through it!

Imagine you are sitting beside a lovely calm pond. You throw in a pebble and little waves spread out in rings. Now a friend throws in a second pebble at just the right moment. In some places the two sets of waves meet and make a bigger wave. But in other places something wonderful happens: one wave goes up while the other goes down, and the water stays flat! They have cancelled each other out.

Your headphones do the very same thing with sound. Sound is a wave in the air, and it travels to your ear just like the ripples on the pond. The clever little headphones listen to the world around you with tiny microphones. They work out the wave that would cancel that noise, and they play it right into your ear. The noise goes up, the headphones go down, and you get peace and quiet. Isn't that neat?

It all happens so quickly that you never notice, thousands and thousands of times every second. It does need a bit of power, which is why the battery runs down faster when you switch it on.

I hope you enjoyed that little tour! There is so much more to say about sound and music and how your ears work, and I'm always happy to chat about it. Are you thinking of buying a pair, or were you just curious? Let me know, and would you like to hear how the transparency mode works as well?`,
      },
    ],
  }),
];
