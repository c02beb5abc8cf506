import { useEffect } from 'react';
import { useApp, useSlice } from '../store/context';

/** Puts the chosen theme on the root element; without one the system's preference holds. */
export function useTheme(): void {
  const theme = useSlice(useApp().settings, (state) => state.theme);
  useEffect(() => {
    const root = document.documentElement;
    if (theme === 'system') delete root.dataset['theme'];
    else root.dataset['theme'] = theme;
  }, [theme]);
}
