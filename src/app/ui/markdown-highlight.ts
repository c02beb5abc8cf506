import type { Options } from 'react-markdown';
import rehypeHighlight from 'rehype-highlight';
import './highlight.css';

/** The common languages; others show as they are. */
export const rehypePlugins: NonNullable<Options['rehypePlugins']> = [[rehypeHighlight, { detect: false, plainText: ['mermaid', 'text', 'txt', 'plaintext'] }]];
