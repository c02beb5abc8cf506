import { describe, expect, it } from 'vitest';
import { english } from '../../core/phrase';
import { refusal } from './diagram-safety';

describe('a diagram', () => {
  it.each([
    'flowchart LR\n  a@{ img: "https://example.com/x.png", label: "x" }',
    'flowchart LR\n  a["<img src=x>"]',
    'flowchart LR\n  a-->b\n  style a fill:url(https://example.com/x)',
    'flowchart LR\n  a-->b\n  style a fill:\\75 rl(x)',
    '%%{init: {"themeCSS": "@import \'https://example.com/x.css\'"}}%%\nflowchart LR\n  a-->b',
  ])('that asks for something from elsewhere is refused: %s', (source) => {
    expect(english(refusal(source) ?? '')).toMatch(/from elsewhere/);
  });

  it.each(['flowchart LR\n  A[Start] --> B{Is it?}\n  B -- yes --> C[End]', 'sequenceDiagram\n  Alice->>Bob: Hello, see https://example.com', 'pie title Pets\n  "Dogs" : 386'])(
    'that is only a diagram is drawn: %s',
    (source) => {
      expect(refusal(source)).toBeNull();
    },
  );
});
