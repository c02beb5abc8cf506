import type { ReactNode } from 'react';

/** A link inside a sentence; `Trans` fills in its text. */
export function TextLink({ href, children }: { readonly href: string; readonly children?: ReactNode }) {
  return <a href={href}>{children}</a>;
}
