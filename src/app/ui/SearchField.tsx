import { Search } from 'lucide-react';
import type { ComponentProps } from 'react';
import styles from './search-field.module.css';

/** `label` is for those who do not see the placeholder. */
export function SearchField({ label, ...rest }: { readonly label: string } & Omit<ComponentProps<'input'>, 'type' | 'className'>) {
  return (
    <label className={styles.search}>
      <Search size={16} aria-hidden />
      <span className="visually-hidden">{label}</span>
      <input type="search" {...rest} />
    </label>
  );
}
