import type { MermaidConfig } from 'mermaid';
import { english, phrase, type Phrase } from '../../core/phrase';
import { refusal } from './diagram-safety';

/** Refused by this app, not by Mermaid. */
export class DiagramRefusal extends Error {
  override readonly name = 'DiagramRefusal';

  constructor(readonly reason: Phrase) {
    super(english(reason));
  }
}

export interface DrawnDiagram {
  /** A document of its own. */
  readonly svg: string;
  /** Natural width in CSS pixels. */
  readonly width: number;
  readonly scheme: 'light' | 'dark';
}

/** Settings that a diagram may not change, beside those Mermaid protects itself. */
const LOCKED = ['secure', 'securityLevel', 'startOnLoad', 'maxTextSize', 'suppressErrorRendering', 'maxEdges', 'themeCSS', 'fontFamily', 'altFontFamily', 'htmlLabels', 'flowchart', 'class', 'state', 'dompurifyConfig', 'deterministicIds'];

const CONFIG: MermaidConfig = {
  startOnLoad: false,
  securityLevel: 'strict',
  secure: LOCKED,
  suppressErrorRendering: true,
  // HTML in an image is left out by some browsers.
  htmlLabels: false,
  flowchart: { htmlLabels: false },
  fontFamily: 'system-ui, sans-serif',
  maxTextSize: 50_000,
};

let drawings = 0;
/** Mermaid keeps its settings in one place, so it draws one diagram at a time. */
let queue: Promise<unknown> = Promise.resolve();

/** Draws a Mermaid source. Rejects with a DiagramRefusal, or with Mermaid's own words. */
export function drawDiagram(source: string): Promise<DrawnDiagram> {
  const drawn = queue.then(() => draw(source));
  queue = drawn.catch(() => undefined);
  return drawn;
}

async function draw(source: string): Promise<DrawnDiagram> {
  const refused = refusal(source);
  if (refused !== null) throw new DiagramRefusal(refused);
  const { default: mermaid } = await import('mermaid');
  mermaid.initialize({ ...CONFIG, theme: isDark() ? 'dark' : 'neutral', darkMode: isDark() });
  const { svg } = await mermaid.render(`tacit-diagram-${(drawings += 1)}`, source);
  return { ...asDocument(svg), scheme: isDark() ? 'dark' : 'light' };
}

/** As an XML document with a size, without anything active: inside an image it would be inert anyway. */
function asDocument(markup: string): Omit<DrawnDiagram, 'scheme'> {
  const parsed = new DOMParser().parseFromString(markup, 'text/html').querySelector('svg');
  if (!parsed) throw new DiagramRefusal(phrase('Mermaid drew nothing.'));
  for (const element of parsed.querySelectorAll('script, iframe, object, embed, image, foreignObject img, foreignObject video, foreignObject audio')) element.remove();
  const [, , width = 0, height = 0] = (parsed.getAttribute('viewBox') ?? '').split(/[\s,]+/).map(Number);
  if (width > 0 && height > 0) {
    parsed.setAttribute('width', String(Math.ceil(width)));
    parsed.setAttribute('height', String(Math.ceil(height)));
  }
  return { svg: new XMLSerializer().serializeToString(parsed), width: Math.ceil(width) || 600 };
}

function isDark(): boolean {
  const theme = document.documentElement.dataset['theme'];
  return theme === 'dark' || (theme !== 'light' && matchMedia('(prefers-color-scheme: dark)').matches);
}
