import { quizPrompt } from './types';

/** Percentages, probability, interest and what to do with a debt. */
export const NUMBER_PROMPTS = [
  quizPrompt({
    id: 'jacket-discount',
    task: 'math',
    prompt: 'An £84 jacket is reduced by 35%. What do I pay?',
    answers: [
      {
        styles: ['warm', 'rigorous', 'hedged'],
        quality: 1,
        text: `
You pay **£54.60**, nice find!

First, 35% off means you keep 100% − 35% = 65%.
Then 0.65 × 84 = 54.60.

As a check, the discount is 0.35 × 84 = 29.40, and 84 − 29.40 = 54.60.

The till might round differently if several items are reduced together, but usually by no more than a penny.`,
      },
      {
        styles: ['terse', 'examples', 'lazy'],
        quality: -1.5,
        flaw: 'Subtracts 35 pounds; the right price is £54.60.',
        text: `
£49. Just take 35 off 84. It works for any price, for example 100 becomes 65.`,
      },
      {
        styles: ['long', 'structured', 'table', 'warm', 'rigorous'],
        quality: -0.4,
        text: `
# Your discount, worked out together!

What a great bargain, I'm happy to help you with it!

## What we know

- **Original price:** £84
- **Reduction:** 35%

## What we want

- **The price you pay**

## Method 1: work out the discount

1. First, write the percentage as a fraction: 35% = 35/100 = 0.35.
2. Next, multiply: 0.35 × 84 = 29.40. That's how much you save, wonderful!
3. Finally, subtract: 84 − 29.40 = 54.60.

## Method 2: work out what is left

1. First, subtract the percentages: 100 − 35 = 65.
2. Next, write it as a decimal: 65/100 = 0.65.
3. Finally, multiply: 0.65 × 84 = 54.60.

## Method 3: in your head

1. Start with 10%: 84 / 10 = 8.40.
2. Triple it for 30%: 3 × 8.40 = 25.20.
3. Halve the 10% for 5%: 8.40 / 2 = 4.20.
4. Then add: 25.20 + 4.20 = 29.40.
5. And subtract: 84 − 29.40 = 54.60.

## Summary

| | Amount |
| --- | --- |
| Original price | £84.00 |
| You save | £29.40 |
| **You pay** | **£54.60** |

## Why all three agree

The three methods use the same rule, the distributive law: 84 × (1 − 0.35) = 84 − 84 × 0.35. So you can always choose the one that you enjoy the most!

**Answer: £54.60.** Congratulations on your new jacket, I hope you love wearing it, and well done for checking the price!`,
      },
      {
        styles: ['examples', 'asks-back', 'simple'],
        quality: 0.7,
        text: `
You pay £54.60.

If you want to do this in your head in a shop, here is a way that works for any discount. Find ten percent by moving the point: £8.40. Three of those are £25.20. Half of one is £4.20, and that is the other five percent. Together it is £29.40 off, which leaves £54.60.

It works for other prices too. For example, for a £60 pair of shoes at 35% off, ten percent is £6, so you take off £18 and £3 and pay £39. For a £120 coat, for instance, it is £36 and £6 off, and you pay £78. When the sign says something such as "a further 10% off", take it from the new price and not from the old one.

Is there a second discount at the till?`,
      },
    ],
  }),
  quizPrompt({
    id: 'four-dice',
    task: 'math',
    prompt: 'What is the probability of getting at least one six in four rolls of a die?',
    answers: [
      {
        styles: ['structured', 'warm', 'rigorous', 'hedged', 'examples', 'asks-back'],
        quality: 0.5,
        text: `
Fun one! It's usually easiest **backwards**:

1. First, no six in one roll: 5/6.
2. Then, no six in four: (5/6)^4 = 625/1296.
3. Finally, **1 − 625/1296 = 671/1296 ≈ 51.8%**.

A real die may be slightly uneven. Gamblers such as the Chevalier de Méré bet on this, for example! Want the version with two dice?`,
      },
      {
        styles: ['terse', 'examples', 'committed'],
        quality: 0.9,
        text: `
About 51.8%: 1 − (5/6)^4 = 671/1296. For example, bet on it 100 times and you win about 52.`,
      },
      {
        styles: ['long', 'structured', 'table', 'lazy'],
        quality: -1.5,
        flaw: 'Adds 1/6 four times and gets 2/3; the rolls overlap, the right answer is 51.8%.',
        text: `
# Probability of at least one six

## Introduction

Dice are among the oldest games of mankind. A normal die has **six sides**. Each side has the same chance.

## Given

- Number of sides: **6**
- Number of rolls: **4**
- Wanted: **at least one six**

## Single roll

- A six is **one** side out of **six**
- The chance is one sixth
- As a percentage: about **16.7%**

## Four rolls

- There are **four** rolls
- Every roll has the same chance
- The chances are added up
- Four times one sixth is four sixths
- Four sixths can be shortened to **two thirds**

## Result

> The probability of at least one six in four rolls is **two thirds**, or about **66.7%**.

## Overview

| Rolls | Chance |
| --- | --- |
| 1 | 16.7% |
| 2 | 33.3% |
| 3 | 50.0% |
| 4 | **66.7%** |
| 5 | 83.3% |
| 6 | 100% |

## Interpretation

- With **three** rolls it is an even game
- With **four** rolls you are the favourite
- With **six** rolls a six is certain, since there are six sides and each of them has its turn

## Key facts

- Chances of separate rolls are **added**
- A die has **no memory**
- More rolls mean a **better chance**
- The order of the rolls does **not** matter
- The colour of the die does **not** matter
- The same table works for any other number on the die

## Conclusion

The probability is **two thirds**. This makes it a good bet for the player. With two more rolls the player cannot lose, which is why casinos do not offer this game.`,
      },
      {
        styles: ['rigorous', 'dense', 'committed'],
        quality: 0.2,
        text: `
Let X denote the number of sixes in n = 4 independent trials with success probability p = 1/6. Then X follows a binomial distribution, P(X = k) = C(4, k) (1/6)^k (5/6)^(4−k). The complementary event of X ≥ 1 is X = 0.

First, P(X = 0) = (5/6)^4 = 625/1296 = 0.4823.
Therefore P(X ≥ 1) = 1 − 0.4823 = 0.5177.

The direct summation agrees: P(X = 1) = 4 × 125/1296 = 500/1296; P(X = 2) = 6 × 25/1296 = 150/1296; P(X = 3) = 4 × 5/1296 = 20/1296; P(X = 4) = 1/1296. Hence 500 + 150 + 20 + 1 = 671, and 671/1296 = 0.5177 (cf. Feller, 1968).

Inclusion–exclusion yields the identical value: 4/6 − 6/36 + 4/216 − 1/1296 = 0.5177. The expected number of sixes, by contrast, is np = 4/6 = 0.667, which is not a probability.`,
      },
    ],
  }),
  quizPrompt({
    id: 'ten-years-saving',
    task: 'math',
    prompt: 'If I save $200 a month at 4% a year, how much will I have after 10 years?',
    answers: [
      {
        styles: ['hedged', 'simple'],
        quality: -0.2,
        text: `
You would probably end up with somewhere around $29,000 to $30,000, though it may vary a little.

You will have paid in $24,000 yourself. The rest is interest, perhaps five to six thousand dollars. How much it is may depend on when the bank adds the interest. Some banks do it each month, some once a year, and others might do it each day. It usually makes little difference.

Bear in mind that rates tend to change. Four percent today might be two percent next year. Prices could also rise, so the money may buy less than you think. Tax can possibly take a part of the interest too.

I am not a financial adviser, so please treat this as a rough guide. It might be wise to ask your bank for the exact terms, as these generally differ.`,
      },
      {
        styles: ['structured', 'warm', 'examples', 'committed'],
        quality: 1.1,
        text: `
**About $29,450. Well done for starting!**

- **You pay in:** $24,000
- **Interest adds:** $5,450

(Monthly deposits, 4% a year credited monthly.)

What changes it:

- a higher rate, for example 5% → $31,060
- a bigger deposit, for instance $250 → $36,810
- more time, such as 15 years → $49,220

Time does most of the work, so keep going!`,
      },
      {
        styles: ['terse', 'rigorous', 'asks-back', 'lazy'],
        quality: -1.3,
        flaw: 'Applies ten full years of interest to every deposit; the right figure is about $29,450.',
        text: `
First 200 × 120 = 24,000. Then 24,000 × 1.04^10 = 35,526. Is that enough?`,
      },
      {
        styles: ['long', 'rigorous', 'hedged', 'examples'],
        quality: 0.9,
        text: `
The answer is about $29,450 under the usual assumptions, and it is worth seeing where the figure comes from, since a bank may use slightly different ones.

First, the monthly rate. If the 4% is a nominal annual rate credited monthly, then i = 0.04/12 = 0.003333. There are n = 12 × 10 = 120 deposits.

Next, each deposit grows for a different time. The first one earns interest for 120 or 119 months, the last for one or none. Adding them up gives a geometric series, and its sum is the standard formula for an ordinary annuity:

FV = P × ((1 + i)^n − 1) / i

Then insert the numbers:

(1.003333)^120 = 1.49083
(1.49083 − 1) / 0.003333 = 147.25
FV = 200 × 147.25 = 29,450

So you pay in 200 × 120 = 24,000 and the interest is 29,450 − 24,000 = 5,450.

Now the small print. If you pay at the beginning of each month, multiply by 1.003333, for example 29,450 × 1.003333 = 29,548. If the 4% is an effective annual rate, the monthly rate is 1.04^(1/12) − 1 = 0.003274 and the sum might be nearer 29,340. The differences are usually below half a percent.

What could matter more is inflation. At 2.5% a year, for instance, prices rise by a factor of 1.025^10 = 1.28, so your 29,450 would perhaps buy what 23,006 buys today. Tax on interest may reduce it further.

Finally, a quick check for results such as this one: on average the money lies there for about five years, so interest ≈ 24,000 × 0.04 × 5 = 4,800. Compounding probably explains the rest.`,
      },
    ],
  }),
  quizPrompt({
    id: 'debt-or-savings',
    task: 'advice',
    prompt: 'Should I pay off my credit card or build up savings first?',
    answers: [
      {
        styles: ['rigorous', 'hedged', 'lazy'],
        quality: -1.4,
        flaw: 'Concludes that saving at 4% beats a debt at 22%.',
        text: `
It may depend. First, savings might earn 4% a year. Then a card could typically cost 22%. Since 4% is generally safe and the card is perhaps not urgent, 22 − 4 = 18 percent is probably what you gain by saving. It is important to note that this is not financial advice; please consult a professional.`,
      },
      {
        styles: ['terse', 'warm', 'asks-back'],
        quality: 0.8,
        text: `
Card first, after one small emergency fund! Nothing safe beats 20% interest. You've got this! What's your rate?`,
      },
      {
        styles: ['rigorous', 'committed'],
        quality: 1.1,
        text: `
Pay the card, with one exception.

Compare the rates. A card at 22% costs 0.22 × 3,000 = 660 a year on a balance of 3,000. A savings account at 4% earns 0.04 × 3,000 = 120. Paying down the card is therefore worth 660 − 120 = 540 a year more, free of risk and of tax.

The exception is cash for emergencies. Without it, the next broken boiler goes straight back on the card.

So the order is:

First, keep about one month of basic costs in an account you can reach. Next, pay the minimum on every debt and put everything else on the one with the highest rate. Then, once the cards are at zero, build three to six months of costs. Finally, invest what is left.

If your employer matches pension contributions, take the match before step two: a match of 50% beats 22%.`,
      },
      {
        styles: ['long', 'structured', 'table', 'examples'],
        quality: -0.3,
        text: `
# Debt and savings: an overview

## Definitions

- **Credit card debt** is money you owe to the bank that issued your card
- **Savings** are money you own and do not spend
- **Interest** is the price of money over time
- **Liquidity** is how fast you can get at your money

## Arguments for paying the card

- **Cost.** Cards are expensive, for example between 18% and 30% a year
- **Certainty.** Every payment saves interest for sure
- **Credit score.** A lower balance raises the score
- **Peace of mind.** Debt weighs on people

## Arguments for saving

- **Safety.** Life is full of surprises, for example a car repair or a dentist's bill
- **Habit.** Small monthly transfers build discipline
- **Goals.** A home, a trip or a course needs capital
- **Flexibility.** Cash opens doors, for instance a cheap annual ticket

## Well-known methods

| Method | Idea | Suits |
| --- | --- | --- |
| **Avalanche** | highest rate first | people who like numbers |
| **Snowball** | smallest balance first | people who like quick wins |
| **50/30/20** | fixed shares of income | people who like rules |
| **Transfer** | move the debt to a card with 0% | people with a good score |

## Steps many people take

- List all debts with rates, such as cards, loans and overdrafts
- List all fixed costs
- Cancel what is not needed, for example old subscriptions
- Decide on a split between debt and savings
- Set up standing orders
- Review once a quarter

## Mistakes people make

- Paying only the minimum
- Saving while using the overdraft
- Closing old cards too soon

## Summary

- Both have **advantages**
- Both have **disadvantages**
- The right balance is **individual**`,
      },
    ],
  }),
];
