import { quizPrompt } from './types';

/** Programming: a function and a query. */
export const CODE_PROMPTS = [
  quizPrompt({
    id: 'dedupe-list',
    task: 'code',
    prompt: 'Write a Python function that removes duplicates from a list but keeps the order.',
    answers: [
      {
        styles: ['terse', 'rigorous', 'examples', 'code'],
        quality: -1.2,
        flaw: 'A set does not keep the order of the list.',
        text: `
\`\`\`python
def dedupe(items):
    return list(set(items))
\`\`\`

First, build a set, then a list, e.g. [3, 3, 1] becomes [3, 1].`,
      },
      {
        styles: ['hedged', 'examples', 'asks-back', 'code'],
        quality: 0.5,
        text: `
This version should usually do what you want:

\`\`\`python
def dedupe(items):
    seen = set()
    result = []
    for item in items:
        if item not in seen:
            seen.add(item)
            result.append(item)
    return result
\`\`\`

For example, \`dedupe([3, 1, 3, 2, 1])\` gives \`[3, 1, 2]\`. It may fail if the list holds things that cannot be put in a set, such as lists or dictionaries. In that case you could perhaps compare them by a key, for instance a tuple of their values, although that might be a little slower.

Depending on your Python version there are possibly shorter ways to write it, and they generally behave the same. It might be worth testing with your own data, e.g. with \`None\`, with numbers like \`1\` and \`1.0\`, which count as equal, or with text in upper and lower case.

What kind of items are in your list?`,
      },
      {
        styles: ['long', 'structured', 'table', 'code'],
        quality: -0.2,
        text: `
# Removing duplicates while keeping order

## Requirements

- **Input:** a list
- **Output:** a new list
- **Order:** first occurrences stay where they are
- **Input is not changed**

## Solution 1: loop with a set

\`\`\`python
def dedupe_loop(items):
    seen = set()
    result = []
    for item in items:
        if item not in seen:
            seen.add(item)
            result.append(item)
    return result
\`\`\`

## Solution 2: dictionary keys

\`\`\`python
def dedupe_dict(items):
    return list(dict.fromkeys(items))
\`\`\`

## Solution 3: list comprehension

\`\`\`python
def dedupe_comprehension(items):
    seen = set()
    return [x for x in items if not (x in seen or seen.add(x))]
\`\`\`

## Solution 4: ordered dictionary

\`\`\`python
from collections import OrderedDict

def dedupe_ordered(items):
    return list(OrderedDict.fromkeys(items))
\`\`\`

## Solution 5: no set

\`\`\`python
def dedupe_slow(items):
    result = []
    for item in items:
        if item not in result:
            result.append(item)
    return result
\`\`\`

## Comparison

| Solution | Time | Memory | Hashable only | Readability |
| --- | --- | --- | --- | --- |
| Loop | O(n) | O(n) | yes | **high** |
| Dictionary | O(n) | O(n) | yes | **high** |
| Comprehension | O(n) | O(n) | yes | low |
| Ordered dictionary | O(n) | O(n) | yes | medium |
| No set | O(n²) | O(n) | no | high |

## Key points

- **Hashable** items can be kept in a set: numbers, strings, tuples of such
- **Unhashable** items need solution 5: lists, dictionaries
- **Dictionaries** keep insertion order since Python 3.7
- **Equality** decides what a duplicate is: 1, 1.0 and True count as the same item
- **NaN** is not equal to itself and can therefore survive twice

## Conclusion

All five solutions work. The choice is yours. The dictionary is short, the loop is clear, the comprehension is compact, the ordered dictionary is explicit and the last one accepts everything.`,
      },
      {
        styles: ['warm', 'code'],
        quality: 1.3,
        text: `
Good news, it's a one-liner!

\`\`\`python
def dedupe(items):
    """Return the items without repeats, in order of first appearance."""
    return list(dict.fromkeys(items))
\`\`\`

Dictionary keys are unique, and since Python 3.7 they remember the order they came in. It's fast, too: one pass. The items must be hashable, so numbers, strings and tuples are fine, lists are not. Happy coding!`,
      },
    ],
  }),
  quizPrompt({
    id: 'customers-over-three',
    task: 'code',
    prompt: 'SQL: find the customers who have placed more than 3 orders this year.',
    answers: [
      {
        styles: ['long', 'rigorous', 'hedged', 'examples', 'code'],
        quality: -1.2,
        flaw: 'WHERE cannot contain COUNT(); the condition belongs in HAVING.',
        text: `
There are possibly several ways to do this, and which one is best might depend on your database. I will perhaps describe the general idea.

First, we usually need a table of customers, for example \`customers\`, and a table of orders, for instance \`orders\`. Their names may differ in your case. Then the two tables typically have to be joined on a column such as \`customer_id\`. Next, the orders could be limited to this year. Finally, the orders of each customer are counted and compared with the threshold, so the condition would be count > 3.

Putting these steps together, the query might look somewhat like this:

\`\`\`sql
SELECT customer_id, COUNT(*)
FROM orders
WHERE COUNT(*) > 3 AND order_date LIKE '%2026%'
GROUP BY customer_id;
\`\`\`

It is important to note that performance may vary. On a table of n = 1,000,000 rows a full scan could perhaps take a few seconds, whereas with an index, e.g. on \`order_date\`, it might be considerably faster. According to most textbooks, an index lookup generally costs about log2(n) = 20 comparisons.

You may also want to consider what counts as an order. For instance, cancelled orders could possibly be excluded, and orders from other time zones might fall into a different year. Some people would probably also include customers with exactly 3 orders, although that would arguably not be "more than 3".

It would generally be advisable to test the query on a copy of your data first, and perhaps to consult your database administrator, since I cannot see your schema and the example may not work as written.`,
      },
      {
        styles: ['structured', 'asks-back', 'code', 'committed'],
        quality: 1.4,
        text: `
\`\`\`sql
SELECT c.id, c.name, COUNT(*) AS order_count
FROM customers AS c
JOIN orders AS o ON o.customer_id = c.id
WHERE o.ordered_at >= DATE '2026-01-01'
  AND o.ordered_at <  DATE '2027-01-01'
GROUP BY c.id, c.name
HAVING COUNT(*) > 3
ORDER BY order_count DESC;
\`\`\`

- **\`WHERE\`** filters rows before they are grouped: only this year's orders are counted.
- **\`HAVING\`** filters groups after they are counted: more than three.
- **The half-open range** works for dates and timestamps alike, and it lets the database use an index on \`ordered_at\`. A call like \`YEAR(ordered_at) = 2026\` would not.
- **Both columns in \`GROUP BY\`** keep customers apart who share a name.

I can have the current year filled in automatically. Which database are you on?`,
      },
      {
        styles: ['terse', 'examples', 'code'],
        quality: 0.3,
        text: `
\`\`\`sql
SELECT customer_id FROM orders
WHERE ordered_at >= '2026-01-01'
GROUP BY customer_id HAVING COUNT(*) > 3;
\`\`\`

Adjust names, e.g. \`ordered_at\`.`,
      },
      {
        styles: ['warm', 'code'],
        quality: 0.7,
        text: `
Here you go!

\`\`\`sql
SELECT customer_id, COUNT(*) AS order_count
FROM orders
WHERE EXTRACT(YEAR FROM ordered_at) = EXTRACT(YEAR FROM CURRENT_DATE)
GROUP BY customer_id
HAVING COUNT(*) > 3;
\`\`\`

The little word that does the trick is \`HAVING\`. It looks at each customer's pile of orders after they have been counted, which \`WHERE\` can't do. Join it with your customer table when you want names as well. Enjoy!`,
      },
    ],
  }),
];
