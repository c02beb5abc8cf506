import { ImageOff } from 'lucide-react';
import { memo, useMemo, type ComponentProps } from 'react';
import { useTranslation } from 'react-i18next';
import ReactMarkdown, { type Components, type ExtraProps, type Options } from 'react-markdown';
import remarkGfm from 'remark-gfm';
import { CodeBlock } from './CodeBlock';
import { lazyPart, useLazyPart } from './lazy-part';
import { endsInsideCode, splitBlocks } from './markdown-blocks';
import styles from './Markdown.module.css';
import { hasMath, normalizeMath } from './math-text';

const SAFE_LINK = /^(https?:|mailto:)/i;
const FENCED_WITH_LANGUAGE = /^\s*(?:[-*+>]\s+|\d+[.)]\s+)?(?:`{3,}|~{3,})\s*\w/m;
/** Colouring an unfinished block again with every word is quick up to this many characters; a longer one is coloured when it ends. */
const LIVE_HIGHLIGHT_LIMIT = 3000;

const math = lazyPart(() => import('./markdown-math'));
const highlight = lazyPart(() => import('./markdown-highlight'));

function Link({ href, children }: ComponentProps<'a'>) {
  if (!href || !SAFE_LINK.test(href)) return <span>{children}</span>;
  return (
    <a href={href} target="_blank" rel="noopener noreferrer" referrerPolicy="no-referrer">
      {children}
    </a>
  );
}

/** Loading an image would tell its server that, and when, this reply was read. */
function BlockedImage({ src, alt }: ComponentProps<'img'>) {
  const { t } = useTranslation();
  const address = typeof src === 'string' ? src : '';
  return (
    <span className={styles.blockedImage} title={address}>
      <ImageOff size={14} aria-hidden /> {alt ? t('Image not loaded: {{name}}', { name: alt }) : t('Image not loaded')}
    </span>
  );
}

type Node = NonNullable<ExtraProps['node']>;

function Pre({ node, children }: ComponentProps<'pre'> & ExtraProps) {
  const code = node?.children.find((child): child is Node => child.type === 'element' && child.tagName === 'code');
  return (
    <CodeBlock language={code ? languageOf(code) : null} source={code ? textOf(code) : ''}>
      {children}
    </CodeBlock>
  );
}

function languageOf({ properties }: Node): string | null {
  const names = Array.isArray(properties['className']) ? properties['className'].map(String) : [];
  return names.find((name) => name.startsWith('language-'))?.slice('language-'.length) ?? null;
}

function textOf(node: Node): string {
  return node.children.map((child) => (child.type === 'text' ? child.value : child.type === 'element' ? textOf(child) : '')).join('');
}

function Table({ children }: ComponentProps<'table'>) {
  const { t } = useTranslation();
  return (
    <div className={styles.tableScroll} tabIndex={0} role="group" aria-label={t('Table')}>
      <table>{children}</table>
    </div>
  );
}

const COMPONENTS: Components = {
  a: ({ href, children }) => <Link href={href}>{children}</Link>,
  img: ({ src, alt }) => <BlockedImage src={src} alt={alt} />,
  pre: Pre,
  table: ({ children }) => <Table>{children}</Table>,
  // A reply's headings sit below the page's own.
  h1: ({ children }) => <h3>{children}</h3>,
  h2: ({ children }) => <h3>{children}</h3>,
  h3: ({ children }) => <h4>{children}</h4>,
};

const GFM: NonNullable<Options['remarkPlugins']> = [remarkGfm];

/** Re-parsed only when its own text changes, or when a part of the renderer that it needs has arrived. */
const Block = memo(function Block({ text }: { readonly text: string }) {
  const mathPart = useLazyPart(math, hasMath(text));
  const isHighlighted = FENCED_WITH_LANGUAGE.test(text) && !(text.length > LIVE_HIGHLIGHT_LIMIT && endsInsideCode(text));
  const highlightPart = useLazyPart(highlight, isHighlighted);
  const plugins = useMemo(
    () => ({
      remarkPlugins: [...GFM, ...(mathPart?.remarkPlugins ?? [])],
      rehypePlugins: [...(mathPart?.rehypePlugins ?? []), ...(highlightPart?.rehypePlugins ?? [])],
    }),
    [mathPart, highlightPart],
  );
  return (
    <ReactMarkdown {...plugins} components={COMPONENTS} urlTransform={(url) => url}>
      {text}
    </ReactMarkdown>
  );
});

/** Finished blocks keep their parse while the last one streams. */
export default function MarkdownBody({ text }: { readonly text: string }) {
  const blocks = useMemo(() => splitBlocks(normalizeMath(text)), [text]);
  return blocks.map((block, index) => <Block key={index} text={block} />);
}
