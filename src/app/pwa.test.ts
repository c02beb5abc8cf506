import { beforeEach, describe, expect, it, vi, type Mock } from 'vitest';
import type { OfflineRequest } from '../protocol/offline';
import { startPwa, type PwaPlatform } from './pwa';

type PostMessage = (request: OfflineRequest, transfer: Transferable[]) => void;

class Page {
  controller: { postMessage: Mock<PostMessage> } | null = null;
  isolated = false;
  time = 0;
  readonly reload = vi.fn<() => void>();
  readonly skipWaiting = vi.fn<() => void>();
  readonly update = vi.fn<() => Promise<void>>(async () => undefined);
  readonly stored = new Map<string, string>();
  readonly events = {
    onUpdateAvailable: vi.fn<() => void>(),
    onOfflineReady: vi.fn<() => void>(),
    onUpdatedElsewhere: vi.fn<() => void>(),
    onUnavailable: vi.fn<(detail: string) => void>(),
    mayReload: vi.fn<() => boolean>(() => true),
  };
  private readonly listeners = new Map<string, (event: { isUpdate?: boolean }) => void>();

  fire(type: string, event: { isUpdate?: boolean } = {}): void {
    this.listeners.get(type)?.(event);
  }

  takeControl(): void {
    this.controller = { postMessage: vi.fn<PostMessage>() };
    this.fire('controllerchange');
  }

  platform(changes: Partial<PwaPlatform> = {}): PwaPlatform {
    const addEventListener = (type: string, listener: (event: { isUpdate?: boolean }) => void) => void this.listeners.set(type, listener);
    const controller = () => this.controller;
    return {
      createWorkbox: () => ({ addEventListener, register: async () => undefined, update: this.update, messageSkipWaiting: this.skipWaiting }),
      serviceWorkers: {
        get controller() {
          return controller();
        },
        addEventListener,
      },
      isIsolated: () => this.isolated,
      reload: this.reload,
      session: { getItem: (key) => this.stored.get(key) ?? null, setItem: (key, value) => void this.stored.set(key, value) },
      onVisible: (listener) => addEventListener('visible', listener),
      now: () => this.time,
      ...changes,
    };
  }
}

let page: Page;

beforeEach(() => {
  page = new Page();
});

function refuse(): never {
  throw new DOMException('denied', 'SecurityError');
}

describe('a first visit', () => {
  it('reloads once to become isolated, when nothing would be lost', () => {
    startPwa('sw.js', page.events, page.platform());
    page.fire('activated', { isUpdate: false });
    page.takeControl();
    expect(page.events.onOfflineReady).toHaveBeenCalledTimes(1);
    expect(page.reload).toHaveBeenCalledTimes(1);

    // The page after the reload, on a browser where the headers did not help.
    startPwa('sw.js', page.events, page.platform());
    page.fire('controllerchange');
    expect(page.reload).toHaveBeenCalledTimes(1);
  });

  it('does not reload a page that would lose something', () => {
    page.events.mayReload.mockReturnValue(false);
    startPwa('sw.js', page.events, page.platform());
    page.takeControl();
    expect(page.reload).not.toHaveBeenCalled();
  });

  it('does not reload a page that the host has isolated already', () => {
    page.isolated = true;
    startPwa('sw.js', page.events, page.platform());
    page.takeControl();
    expect(page.reload).not.toHaveBeenCalled();
    expect(page.events.onUpdatedElsewhere).not.toHaveBeenCalled();
  });

  it('does not reload where the mark against loops cannot be kept', () => {
    startPwa('sw.js', page.events, page.platform({ session: { getItem: refuse, setItem: refuse } }));
    page.takeControl();
    expect(page.reload).not.toHaveBeenCalled();
  });
});

describe('an update', () => {
  beforeEach(() => {
    page.controller = { postMessage: vi.fn<PostMessage>() };
    page.isolated = true;
  });

  it('waits for the user, then reloads when the new version is in control', () => {
    const pwa = startPwa('sw.js', page.events, page.platform());
    page.fire('waiting');
    expect(page.events.onUpdateAvailable).toHaveBeenCalledTimes(1);
    expect(page.skipWaiting).not.toHaveBeenCalled();
    pwa.applyUpdate();
    expect(page.skipWaiting).toHaveBeenCalledTimes(1);
    expect(page.reload).not.toHaveBeenCalled();
    page.takeControl();
    expect(page.reload).toHaveBeenCalledTimes(1);
  });

  it('taken in another tab is only told here', () => {
    startPwa('sw.js', page.events, page.platform());
    page.takeControl();
    expect(page.reload).not.toHaveBeenCalled();
    expect(page.events.onUpdatedElsewhere).toHaveBeenCalledTimes(1);
  });

  it('is looked for when the page comes back into view, once an hour', () => {
    startPwa('sw.js', page.events, page.platform());
    page.fire('visible');
    expect(page.update).not.toHaveBeenCalled();
    page.time = 61 * 60 * 1000;
    page.fire('visible');
    page.fire('visible');
    expect(page.update).toHaveBeenCalledTimes(1);
  });
});

describe('talking to the service worker', () => {
  it('passes progress on and resolves with the result', async () => {
    const result = { cached: ['a'], missing: [], unknown: [] };
    page.controller = {
      postMessage: vi.fn<PostMessage>((_request, [port]) => {
        if (!(port instanceof MessagePort)) throw new Error('no port came along');
        port.postMessage({ type: 'PROGRESS', done: 1, total: 2 });
        port.postMessage({ type: 'RESULT', result });
      }),
    };
    const onProgress = vi.fn<(done: number, total: number) => void>();
    const pwa = startPwa('sw.js', page.events, page.platform());
    expect(await pwa.warm(['a'], onProgress)).toEqual(result);
    expect(onProgress).toHaveBeenCalledExactlyOnceWith(1, 2);
    expect(page.controller.postMessage).toHaveBeenCalledWith({ type: 'WARM', files: ['a'] }, expect.anything());
  });

  it('says null when none is in control', async () => {
    const pwa = startPwa('sw.js', page.events, page.platform());
    expect(await pwa.status(['a'])).toBeNull();
  });

  it('goes on without service workers', async () => {
    const pwa = startPwa('sw.js', page.events, page.platform({ serviceWorkers: undefined }));
    expect(page.events.onUnavailable).toHaveBeenCalledTimes(1);
    expect(await pwa.warm(['a'])).toBeNull();
  });
});
