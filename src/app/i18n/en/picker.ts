import type { Dictionary } from '../dictionary';

export const picker: Dictionary = {
  '{{count}} models of unknown price are not shown_one': 'One model of unknown price is not shown',
  '{{count}} models were left out by your limits: {{reasons}}._one': 'One model was left out by your limits: {{reasons}}.',
  '{{count}} other picks_one': 'One other pick',
  '{{count}} answers of models without a known price are not in this sum. Prices can be entered in Models._one':
    'One answer of a model without a known price is not in this sum. Prices can be entered in Models.',
  'These {{count}} turns cost_one': 'This turn cost',
  '{{model}} is the best single model as far as the router knows: over {{count}} of its decisions it had the highest mean score. Its cost is the tokens of the answers you got at its price; it might have written more or less._one':
    '{{model}} is the best single model as far as the router knows, from one decision. Its cost is the tokens of the answers you got at its price; it might have written more or less.',
  '{{count}} models off in this chat_one': 'One model off in this chat',
};
