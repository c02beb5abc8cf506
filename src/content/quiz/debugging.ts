import { quizPrompt } from './types';

/** A puzzling loop and a slip with git. */
export const DEBUGGING_PROMPTS = [
  quizPrompt({
    id: 'three-three-three',
    task: 'code',
    prompt:
      'Why does this print 3 three times? `for (var i = 0; i < 3; i++) { setTimeout(() => console.log(i), 0); }`',
    answers: [
      {
        styles: ['structured', 'examples', 'asks-back', 'code'],
        quality: 0.7,
        text: `
## One variable, three readers

- **\`var\` has no block scope.** All three callbacks share a single \`i\`.
- **Timers run later.** The loop ends first, and by then \`i\` is 3.

## Fixes

**Use \`let\`**, which makes a new \`i\` each round:

\`\`\`js
for (let i = 0; i < 3; i++) {
  setTimeout(() => console.log(i), 0);
}
// 0 1 2
\`\`\`

**Or pass the value**, for example in old code where \`let\` is not available:

\`\`\`js
for (var i = 0; i < 3; i++) {
  setTimeout(console.log, 0, i);
}
\`\`\`

The same trap waits in other callbacks that run later, such as click handlers and promises, for instance a handler attached to each row of a table.

- **Rule:** \`const\` first, \`let\` when it changes, \`var\` never

Are you working in a code base that still has to use \`var\`?`,
      },
      {
        styles: ['terse', 'hedged', 'examples'],
        quality: -0.2,
        text: `
It's probably the scope: all callbacks usually share one \`i\`. You might try \`let\`, for example.`,
      },
      {
        styles: ['structured', 'warm', 'rigorous', 'code'],
        quality: -1.2,
        flaw: 'Blames the delay of 0; a longer delay prints 3 three times as well.',
        text: `
Great question, happy to help!

1. **First**, the delay is 0, so all timers fire at once.
2. **Then** they collide: 1 + 1 + 1 = 3.
3. **Finally**, wait longer:

\`\`\`js
for (var i = 0; i < 3; i++) {
  setTimeout(() => console.log(i), 1000);
}
\`\`\`

That gives them time to print 0, 1 and 2. Have fun!`,
      },
      {
        styles: ['long', 'warm', 'code'],
        quality: 1.4,
        text: `
You've just met one of JavaScript's most famous traps, and everybody falls into it once. Let's look at what happens, slowly.

Think of \`i\` as a whiteboard. With \`var\` there is only one whiteboard for the whole loop, because \`var\` belongs to the surrounding function and not to the block. Each round of the loop wipes the board and writes the next number.

Inside the loop you make three little functions. None of them looks at the board yet. \`setTimeout\` just puts them in a queue, and JavaScript has a firm rule: whatever is waiting in the queue has to wait until the code that is running now has finished. A delay of 0 means "as soon as you can", and that is still later than "now".

So the loop runs to the end. It writes 0, 1, 2, and then 3, which is the number that makes the test \`i < 3\` fail. Only now do the three functions get their turn. Each walks up to the same board, and each reads 3.

The nicest cure is a single word:

\`\`\`js
for (let i = 0; i < 3; i++) {
  setTimeout(() => console.log(i), 0);
}
\`\`\`

With \`let\`, the language gives each round its own fresh whiteboard. The first function keeps the one that says 0, the second keeps 1, the third keeps 2, and that is exactly what gets printed.

A function that holds on to the variables around it is called a closure. What matters is that it holds on to the variable itself and not to a copy of its value. Once that has clicked, a whole family of strange bugs stops being strange. Well spotted, and enjoy the rest of your debugging!`,
      },
    ],
  }),
  quizPrompt({
    id: 'wrong-branch',
    task: 'code',
    prompt: "I committed to the wrong git branch and haven't pushed. How do I move the commit?",
    answers: [
      {
        styles: ['long', 'structured', 'examples', 'code'],
        quality: 0.8,
        text: `
# Moving an unpushed commit

In the commands below, \`main\` is the branch that got the commit by mistake and \`feature\` is where it belongs.

## Case A: the right branch exists already

\`\`\`bash
git switch feature
git cherry-pick main
git switch main
git reset --hard HEAD~1
\`\`\`

- **\`cherry-pick main\`** copies the newest commit of \`main\` to \`feature\`
- **\`reset --hard HEAD~1\`** takes \`main\` back by one commit

## Case B: the right branch does not exist yet

\`\`\`bash
git branch feature
git reset --hard HEAD~1
git switch feature
\`\`\`

- **\`git branch feature\`** puts a name on the commit, so nothing can be lost
- the reset then moves \`main\` back

## Case C: more than one commit

Replace the 1 by the number of commits. For example, for three commits:

- case A: \`git cherry-pick main~3..main\` and \`git reset --hard HEAD~3\`
- case B: \`git reset --hard HEAD~3\`

## Case D: you want the changes back as plain edits

This is handy when the commit mixes two things, for instance a bug fix and a new feature:

\`\`\`bash
git reset --soft HEAD~1
git switch feature
git commit
\`\`\`

## Warnings

- **\`--hard\` deletes uncommitted changes.** Put them aside with \`git stash\` and bring them back with \`git stash pop\`.
- **Pushed already?** Do not reset a branch that others use, such as \`main\`. Use \`git revert\`.

## If something goes wrong

- \`git reflog\` lists every place where \`HEAD\` has been, for example \`a1b2c3d HEAD@{1}\`
- \`git reset --hard a1b2c3d\` takes you back there
- Commits stay in the reflog for at least 30 days by default

## Check the result

- \`git log --oneline -3 main\`
- \`git log --oneline -3 feature\``,
      },
      {
        styles: ['terse', 'hedged'],
        quality: -0.6,
        text: `
You could probably cherry-pick it onto the right branch, then perhaps reset the wrong one by one commit.`,
      },
      {
        styles: ['structured', 'rigorous', 'asks-back', 'code'],
        quality: 1.4,
        text: `
**Do it in four steps.** Here the commit sits on \`main\` and belongs on \`feature\`.

1. **First, save loose changes:** \`git stash\`. Step 4 would delete them.
2. **Next, go to the right branch:** \`git switch feature\`, or \`git switch -c feature\` if it does not exist yet.
3. **Then copy the commit:** \`git cherry-pick main\`. Skip this step if you have just created the branch, since it already contains the commit.
4. **Finally, take it off the wrong branch:**

\`\`\`bash
git switch main
git reset --hard HEAD~1
\`\`\`

**Verify:** \`git log --oneline -2\` on both branches. The commit must appear on \`feature\` and not on \`main\`.

**Undo:** according to git-reflog(1), \`git reset --hard HEAD@{1}\` takes back the last move.

Is it one commit, or are there several?`,
      },
      {
        styles: ['warm', 'hedged', 'lazy'],
        quality: -1.5,
        flaw: 'Deleting and cloning again throws the unpushed commit away.',
        text: `
Oh no, I'm sorry, that happens to all of us! The easiest thing might be to delete the folder and clone the repository again, since it hasn't been pushed, so the mistake will probably be gone. Then you could maybe switch to the right branch and type your changes in once more. It may take a while, but don't worry, you've got this!`,
      },
    ],
  }),
];
