import { createStore, type StoreApi } from 'zustand/vanilla';

/** Views are told apart by the first segment of the hash; the rest belongs to the view, for example `#/memory/<pick id>`. */
export const VIEW_IDS = ['chat', 'taste', 'memory', 'models', 'spending', 'settings', 'help'] as const;
export type ViewId = (typeof VIEW_IDS)[number];

export interface Route {
  readonly view: ViewId;
  /** What follows the view in the address: a conversation, a pick, a section. */
  readonly argument: string | null;
  /** A place in it: a turn of the conversation. */
  readonly detail: string | null;
}

export function parseRoute(hash: string): Route {
  const [, name = '', argument = '', detail = ''] = /^#?\/?([^/]*)\/?([^/]*)\/?(.*)$/.exec(hash) ?? [];
  const view = VIEW_IDS.find((candidate) => candidate === name) ?? 'chat';
  return { view, argument: argument === '' ? null : decode(argument), detail: detail === '' ? null : decode(detail) };
}

/** An address typed by hand may hold a broken escape. */
function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

export function routeHref(view: ViewId, argument: string | null = null, detail: string | null = null): string {
  return [`#/${view}`, ...[argument, detail].filter((part) => part !== null).map(encodeURIComponent)].join('/');
}

/** The address bar, so that tests need none. */
export interface AddressBar {
  read(): string;
  push(hash: string): void;
  replace(hash: string): void;
  subscribe(listener: () => void): () => void;
}

export interface RouteSlice {
  readonly store: StoreApi<Route>;
  go(view: ViewId, argument?: string | null, detail?: string | null): void;
  /** Changes the address without a new history entry. */
  replace(view: ViewId, argument?: string | null): void;
  /** Asked before another place is shown. On false this one stays, and whoever said so may lift the guard (null) and go there later. */
  guard(mayShow: ((next: Route) => boolean) | null): void;
}

export function createRouteSlice(address: AddressBar): RouteSlice {
  const store = createStore<Route>(() => parseRoute(address.read()));
  let mayShow: ((next: Route) => boolean) | null = null;
  const isHeld = (next: Route) => mayShow !== null && !mayShow(next);
  address.subscribe(() => {
    const next = parseRoute(address.read());
    if (!isHeld(next)) return store.setState(next, true);
    const { view, argument, detail } = store.getState();
    address.push(routeHref(view, argument, detail));
  });
  return {
    store,
    guard: (guard) => (mayShow = guard),
    go: (view, argument = null, detail = null) => {
      if (isHeld({ view, argument, detail })) return;
      address.push(routeHref(view, argument, detail));
      store.setState({ view, argument, detail }, true);
    },
    replace: (view, argument = null) => {
      if (isHeld({ view, argument, detail: null })) return;
      address.replace(routeHref(view, argument));
      store.setState({ view, argument, detail: null }, true);
    },
  };
}
