import { mark } from '../core/phrase';

export interface ExamplePrompt {
  readonly id: string;
  /** Two to four words for the chip. */
  readonly label: string;
  /** What is put into the composer. */
  readonly prompt: string;
}

/** Starters for an empty chat: everyday requests that different models answer in visibly different ways. Shown and asked in the user's language. */
export const EXAMPLE_PROMPTS: readonly ExamplePrompt[] = [
  {
    id: 'fridge-dinner',
    label: mark('Dinner from the fridge'),
    prompt: mark('I have chickpeas, a lemon, spinach and yoghurt. What can I cook in 30 minutes?'),
  },
  {
    id: 'difficult-email',
    label: mark('A difficult email'),
    prompt: mark('Write a short email to my landlord: the heating has been broken for a week and I want it fixed by Friday.'),
  },
  {
    id: 'explain-inflation',
    label: mark('Explain inflation'),
    prompt: mark('Explain inflation to me as if I had never had an economics class.'),
  },
  {
    id: 'regex-dates',
    label: mark('A regex for dates'),
    prompt: mark('Write a JavaScript regular expression that finds dates like 2026-11-22 in a text, and show how to use it.'),
  },
  {
    id: 'weekend-trip',
    label: mark('Plan a weekend'),
    prompt: mark('Plan a relaxed weekend in Edinburgh for two people who like walking and good food.'),
  },
  {
    id: 'compound-interest',
    label: mark('Check my maths'),
    prompt: mark('I borrow 12,000 at 6% a year and pay it back over 4 years in equal monthly payments. What is the monthly payment?'),
  },
  {
    id: 'plain-language',
    label: mark('Say it more simply'),
    prompt:
      mark('Rewrite in plain language: "The undersigned hereby declares that the aforementioned equipment has been received in an undamaged condition."'),
  },
  {
    id: 'translate-thanks',
    label: mark('Translate a thank-you'),
    prompt: mark('Translate into Spanish, friendly but polite: "Thank you for your help yesterday. It made my day much easier."'),
  },
  {
    id: 'bedtime-story',
    label: mark('A bedtime story'),
    prompt: mark('Tell a two-minute bedtime story about a lighthouse that is afraid of the dark.'),
  },
  {
    id: 'buy-or-repair',
    label: mark('Buy or repair?'),
    prompt: mark('My seven-year-old washing machine leaks and the repair costs 220. Should I have it repaired or buy a new one?'),
  },
  {
    id: 'practise-interview',
    label: mark('Practise an interview'),
    prompt: mark('Interview me for a job as a project manager. Ask one question at a time and comment on my answers.'),
  },
  {
    id: 'why-leap-years',
    label: mark('Why leap years?'),
    prompt: mark('Why do we have leap years, and why was 1900 not one?'),
  },
];
