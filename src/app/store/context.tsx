import { createContext, useContext, type ReactNode } from 'react';
import { useStore } from 'zustand';
import type { StoreApi } from 'zustand/vanilla';
import type { App } from './app';

const AppContext = createContext<App | null>(null);

export function AppProvider({ app, children }: { readonly app: App; readonly children: ReactNode }) {
  return <AppContext value={app}>{children}</AppContext>;
}

/** Every slice and use case; never changes identity. */
export function useApp(): App {
  const app = useContext(AppContext);
  if (!app) throw new Error('useApp needs an AppProvider above it');
  return app;
}

/** Subscribes to one part of one slice. `select` must return a stable value for an unchanged state. */
export function useSlice<State, Selected>(slice: { readonly store: StoreApi<State> }, select: (state: State) => Selected): Selected {
  return useStore(slice.store, select);
}
