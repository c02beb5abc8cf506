import 'katex/dist/katex.min.css';
import type { Options } from 'react-markdown';
import rehypeKatex, { type Options as KatexOptions } from 'rehype-katex';
import remarkMath from 'remark-math';

/** A reply is hostile input: nothing that links, loads or adds attributes (`trust`), no endless macros, nothing larger than a line of the page. */
const KATEX: KatexOptions = { trust: false, strict: false, errorColor: 'var(--danger)', maxSize: 20, maxExpand: 500 };

export const remarkPlugins: NonNullable<Options['remarkPlugins']> = [remarkMath];
export const rehypePlugins: NonNullable<Options['rehypePlugins']> = [[rehypeKatex, KATEX]];
