import { Check, Copy, ImageOff } from 'lucide-react';
import { memo, useMemo, useRef, useState, type ComponentProps } from 'react';
import ReactMarkdown, { type Components } from 'react-markdown';
import remarkGfm from 'remark-gfm';
import { splitBlocks } from './markdown-blocks';
import styles from './Markdown.module.css';

const SAFE_LINK = /^(https?:|mailto:)/i;

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
  const address = typeof src === 'string' ? src : '';
  return (
    <span className={styles.blockedImage} title={address}>
      <ImageOff size={14} aria-hidden /> Image not loaded{alt ? `: ${alt}` : ''}
    </span>
  );
}

function CodeBlock({ children }: ComponentProps<'pre'>) {
  const block = useRef<HTMLPreElement>(null);
  const [copied, setCopied] = useState(false);
  const copy = async () => {
    await navigator.clipboard.writeText(block.current?.textContent ?? '');
    setCopied(true);
    setTimeout(() => setCopied(false), 1600);
  };
  return (
    <div className={styles.codeBlock}>
      <button type="button" className={styles.copyCode} onClick={() => void copy()}>
        {copied ? <Check size={14} aria-hidden /> : <Copy size={14} aria-hidden />}
        {copied ? 'Copied' : 'Copy'}
      </button>
      <pre ref={block} tabIndex={0}>
        {children}
      </pre>
    </div>
  );
}

function Table({ children }: ComponentProps<'table'>) {
  return (
    <div className={styles.tableScroll} tabIndex={0} role="group" aria-label="Table">
      <table>{children}</table>
    </div>
  );
}

const COMPONENTS: Components = {
  a: ({ href, children }) => <Link href={href}>{children}</Link>,
  img: ({ src, alt }) => <BlockedImage src={src} alt={alt} />,
  pre: ({ children }) => <CodeBlock>{children}</CodeBlock>,
  table: ({ children }) => <Table>{children}</Table>,
  // A reply's headings sit below the page's own.
  h1: ({ children }) => <h3>{children}</h3>,
  h2: ({ children }) => <h3>{children}</h3>,
  h3: ({ children }) => <h4>{children}</h4>,
};

const Block = memo(function Block({ text }: { readonly text: string }) {
  return (
    <ReactMarkdown remarkPlugins={[remarkGfm]} components={COMPONENTS} urlTransform={(url) => url}>
      {text}
    </ReactMarkdown>
  );
});

/** Finished blocks keep their parse while the last one streams. */
export default function MarkdownBody({ text }: { readonly text: string }) {
  const blocks = useMemo(() => splitBlocks(text), [text]);
  return blocks.map((block, index) => <Block key={index} text={block} />);
}
