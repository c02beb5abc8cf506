import { quizPrompt } from './types';

/** Roleplay, a poem and a kind refusal. */
export const CREATIVE_PROMPTS = [
  quizPrompt({
    id: 'captain-in-a-storm',
    task: 'roleplay',
    prompt: "Pretend you're a ship's captain in a storm and I'm a new sailor. Start the scene.",
    answers: [
      {
        styles: ['structured', 'warm', 'hedged', 'lazy'],
        quality: -1.2,
        text: `
**Captain:** Hello there, welcome aboard! I'm so happy to meet you!

**Weather:** It might perhaps be a little stormy.

**Captain:** You may want to hold on to something, if possible. It could be slightly dangerous, although I am not a maritime professional.

**Sailor:** *(your answer here)*

**Notes for the scene**

- The ship is possibly made of wood
- The captain generally has a beard
- The storm might get stronger later
- A whale could perhaps appear

It is important to note that real storms at sea can be hazardous, and you should always follow the instructions of qualified personnel. I hope you enjoy this roleplay, have lots of fun!`,
      },
      {
        styles: ['long', 'warm', 'rigorous', 'asks-back'],
        quality: -0.5,
        text: `
Welcome aboard, my friend! What a night you have picked for your first watch! Come here, come closer to the light, let me see your face. Ah, green as seaweed! Never mind, I was the same at your age, I promise you!

Now listen carefully, because I shall explain everything to you in good order. First, the wind. It is blowing from the north-west at fifty knots, and 50 × 1.85 = 92, so that is ninety-two kilometres in the hour. Next, the sea. The waves are nine metres from trough to crest. Then, the ship. She is forty metres long and she was built in a splendid yard by splendid people, and I love every plank of her!

So here is what we are going to do, step by step. First, we take in the topsail. Next, we turn her head into the waves, so that they do not strike us on the side. Then, we stretch a rope along the deck for everybody to hold. After that, we pump, twenty strokes to the minute. And finally, when it is all over, we have a lovely pot of coffee together and laugh about it!

You will be wonderful, I can feel it! Everyone is afraid the first time, and everyone is so proud afterwards. I am right here beside you, and so is the whole crew, and we are glad to have you with us!

Well then, my brave young friend, tell me: do you know how to tie a bowline? And would you rather take the pump or the rope?`,
      },
      {
        styles: ['structured', 'rigorous', 'examples', 'committed'],
        quality: 0.9,
        text: `
*Rain hits like gravel. A hand seizes your collar.*

**"Name? No, keep it. Three rules!"**

First, one hand for the **ship**, one for **yourself**.
Then, anything **loose** is a killer, for example that barrel.
Finally, never look at the wave **behind you**.

*The mast groans. Something such as a gunshot cracks above.*

**"Topsail's gone. Up you go, sailor."**`,
      },
      {
        styles: ['terse', 'examples', 'committed'],
        quality: 0.8,
        text: `
"You! Seasick or useful? Grab something that holds, for example that rope, because the next wave takes whatever doesn't."`,
      },
    ],
  }),
  quizPrompt({
    id: 'first-frost-poem',
    task: 'writing',
    prompt: 'Write a short poem about the first frost.',
    answers: [
      {
        styles: ['terse', 'hedged', 'simple'],
        quality: 0.6,
        text: `
Perhaps the field dreamed it,
this white that might be breath;
by noon, maybe, green again.`,
      },
      {
        styles: ['long', 'asks-back', 'dense'],
        quality: 1.4,
        text: `
**First Frost**

All night the cold went quietly from door to door
with nothing in its hands, and asked for nothing more
than standing room. It leaned along the garden wall.
It tried the gate. It did not seem to move at all.

The dahlias, who had held their crimson court so late
that no one quite believed the calendar or date,
heard something like a ring being laid upon a tray,
and bowed, and in the morning had been led away.

Now every blade is written in a slanted hand.
The spider's net, which no one yet could understand,
is published. Every thistle is a chandelier.
The puddle keeps one maple leaf from all the year

pressed flat behind its window, perfect, amber, dead.
The washing on the line has stiffened overhead:
a shirt holds out its arms to no one, or to air,
a scarecrow for the summer, should the summer dare.

And you come out in slippers with your cup, and stand,
and see your own breath rise, and hold it with your hand,
and for the time it takes the steam to drift and thin
you are the only warm thing, and the world comes in.

By ten it will be over. Drip by shining drip
the roof will let it go, the gate will lose its grip,
the lawn will show a single darkened line of green
where you walked out to look at what you had not seen.

The cold has been. It signed for everything in white.
It will be back, and it will stay the second night.

*Would you like a shorter version, perhaps a haiku, or one without rhyme?*`,
      },
      {
        styles: ['structured', 'table', 'lazy'],
        quality: -1.3,
        text: `
# The First Frost

## Verse 1

- The frost is **cold**
- The frost is **bold**
- The leaves are **gold**
- The year is **old**

## Verse 2

- The grass is **white**
- The sun is **bright**
- It came at **night**
- It is a nice **sight**

## Verse 3

- The birds **fly**
- Up in the **sky**
- The plants **die**
- And we say **bye**

## Verse 4

- The winter is **near**
- It comes every **year**
- It is now **here**
- So have no **fear**

## Rhyme scheme

| Verse | Scheme |
| --- | --- |
| 1 | AAAA |
| 2 | BBBB |
| 3 | CCCC |
| 4 | DDDD |`,
      },
      {
        styles: ['structured', 'warm', 'rigorous', 'hedged', 'examples'],
        quality: -0.3,
        text: `
What a lovely theme! Here's one with a little plan:

1. First, **the night**:
*perhaps it came on slippered feet,*
2. Then, **the morning**:
*and iced, for example, the street;*
3. Finally, **the thaw**:
*by ten it might, such as a dream,*
*be only gleam and drifting steam.*

(Tetrameter, 4 × 2 = 8 syllables.) Hope you enjoy it!`,
      },
    ],
  }),
  quizPrompt({
    id: 'grumpy-wizard-barista',
    task: 'roleplay',
    prompt: 'Act as a grumpy wizard who runs a coffee shop. I order a latte.',
    answers: [
      {
        styles: ['warm', 'playful', 'committed'],
        quality: 1.4,
        text: `
*The bell over the door coughs. It used to ring, but it annoyed me.*

A latte. Six hundred years I studied under the Ember Masters. I have argued with dragons about grammar and won! I bound the storm of Kesh in a thimble! And you want milk.

*A jug floats past, sighing.*

Sit. Not there, that's Gerald, he was a customer who asked for oat foam with "a swirl". Sit by the window.

*Steam folds itself into a small, unimpressed owl, which perches on the rim of your cup.*

There. The beans were roasted over a comet. The milk comes from a cow who knows the future, and she's pleased about Thursday, so cheer up. It costs four crowns, or one true secret. ☕🦉

*Quietly, without looking at you:*

Mind, it's hot. I'd hate for you to get hurt. Bad for business. Welcome, I suppose!`,
      },
      {
        styles: ['structured', 'warm', 'asks-back', 'lazy'],
        quality: -1.4,
        flaw: 'Ignores the role: a cheerful form instead of a grumpy wizard.',
        text: `
**Hello and welcome to the coffee shop! I'm happy to help!**

- **Item:** latte
- **Size:** small, medium, large
- **Milk:** normal
- **Wizard:** yes
- **Mood:** grumpy

Thank you so much for your order, it's great to have you here! Which size would you like? Anything else I can do for you today? Have a wonderful day!`,
      },
      {
        styles: ['long', 'rigorous', 'examples', 'dense'],
        quality: 0.1,
        text: `
Hrmph. A latte. Before I dignify that request with a response, allow me to instruct you in what you have so carelessly demanded, since nobody in this wretched century reads the scrolls.

First, the proportions. A latte comprises one part espresso and three parts steamed milk: 60 ml + 180 ml = 240 ml. Novices confuse it with lesser concoctions, for example the cappuccino, in which foam predominates, or the flat white, which is merely a latte that has gone to university. Consult Morvane's *De Lactis Transmutatione*, book four, if you are capable of it (Morvane, 1214).

Next, the extraction. Eighteen grams of ground bean are subjected to nine atmospheres of pressure at 93 degrees, whereupon 18 × 2 = 36 grams of elixir are obtained in precisely 27 seconds. At 25 seconds it is sour, such as the disposition of my apprentice. At 30 it is bitter, such as mine.

Then, the milk. It must attain 60 degrees and not a degree beyond; the proteins, for instance beta-lactoglobulin, denature thereafter and the sweetness perishes. I have seen kingdoms fall for less.

Subsequently, the incantation. It is required that I mutter something in the Old Tongue. I shall mutter: "Why did I leave the tower."

Finally, the presentation. Patrons of your sort expect a pattern upon the surface, e.g. a heart or a fern. You will receive the sigil of Azgaroth, Devourer of Small Talk, and you will be content with it.

Four crowns. Do not tip; gratitude interferes with the wards. Do not sit by the cauldron. Do not address the cat, who is my accountant.`,
      },
      {
        styles: ['terse', 'hedged', 'examples', 'playful'],
        quality: 0.6,
        text: `
*Hmph.* Perhaps. Last fellow who said "latte" might still be something small, for example that newt. Sugar?`,
      },
    ],
  }),
  quizPrompt({
    id: 'declining-a-wedding',
    task: 'writing',
    prompt: 'Write a WhatsApp message kindly declining a wedding invitation.',
    answers: [
      {
        styles: ['rigorous', 'dense', 'lazy'],
        quality: -1.2,
        text: `
Dear both, with reference to your invitation I regret to inform you that attendance is not feasible. First, the date conflicts with a prior obligation. Next, travel would amount to 2 × 6 h = 12 h. Finally, accommodation expenditure appears disproportionate. I trust that this explanation will be considered sufficient. Kindly remove my name from the catering calculation. Regards.`,
      },
      {
        styles: ['terse', 'structured', 'warm'],
        quality: 0.9,
        text: `
**Congratulations, you two!** I'm so sorry, I can't be there on the 12th. Thinking of you and toasting from afar! 💛`,
      },
      {
        styles: ['long', 'warm'],
        quality: 0.9,
        text: `
Dear Lena, dear Tom!

I have just put your invitation on my fridge, and I've been smiling at it ever since. What a beautiful card, and what wonderful news! I still remember the evening when you two met at my kitchen table and argued for three hours about the right way to cook rice. I went to bed and you were still arguing. I think everybody in the room knew, apart from the two of you!

This makes it so much harder to write the next line. I can't come to the wedding. We have had my sister's fiftieth booked for that very weekend for more than a year, the whole family is flying in, and I'm the one who is cooking. I have turned the calendar upside down looking for a way, and there isn't one. I'm truly sorry to miss it.

Please know how happy I am for you both. You bring out the best in one another, and being around you has always felt like coming home. I shall raise a glass at exactly four o'clock on the twelfth, wherever I am in the kitchen, and I shall make the others do it too!

I would love to celebrate with you afterwards. Once you're back from the honeymoon, let me take you out to dinner, with photos, all the stories, and not a word about seating plans. The rice will be on me.

Thank you so much for thinking of me and for wanting me there. It means a great deal.

With all my love and a very big hug to you both, and to your mum, Lena!

Marie`,
      },
      {
        styles: ['hedged', 'examples', 'asks-back'],
        quality: -0.3,
        text: `
Here is one that might work:

"Hi both! Thank you for the invitation, I was really happy about it. Unfortunately I probably won't be able to come, as something has come up that I can't easily move. I may perhaps be able to join for a part, for example the drinks, but it might be safer not to count on me. I hope you have a great day."

You could possibly soften or shorten it. It would generally be a good idea to give a reason, for instance travel, work or a family event, though you may prefer not to. Some people might also mention a gift, such as a contribution to the honeymoon.

How close are you to the couple, and would you rather give a reason or leave it open?`,
      },
    ],
  }),
];
