import type { OfflineResult } from '../protocol/offline';
import { changedArtifacts, findByName, outdatedKeys, type Artifact } from './artifacts';

/** The part of the Cache interface used here, so that a test can be its own cache. */
export type CacheLike = Pick<Cache, 'match' | 'put' | 'delete' | 'keys'>;

export type Fetch = (request: Request) => Promise<Response>;

/** Large files kept for offline use, one entry per content. */
export class ArtifactCache {
  constructor(
    private readonly artifacts: readonly Artifact[],
    private readonly scope: string,
    private readonly open: () => Promise<CacheLike>,
    private readonly fetch: Fetch,
  ) {}

  /**
   * Cache first. A request that insists on the network (`cache: 'reload' | 'no-store'`: how a corrupt file is fetched again) gets it,
   * and what comes replaces the copy. A copy that cannot be stored, for want of room, is no reason to fail.
   */
  async respond(artifact: Artifact, request: Request): Promise<Response> {
    const cache = await this.open();
    const insists = request.cache === 'reload' || request.cache === 'no-store';
    const cached = insists ? undefined : await cache.match(artifact.cacheKey);
    if (cached !== undefined) return cached;
    const response = await this.fetch(request);
    if (response.status === 200) await cache.put(artifact.cacheKey, response.clone()).catch(() => undefined);
    return response;
  }

  /** Brings files in, one after another; what is there already is not fetched again, so a broken-off attempt goes on where it was. */
  async warm(files: readonly string[], onProgress: (done: number, total: number) => void): Promise<OfflineResult> {
    const failures = new Map<string, string>();
    for (const [index, file] of files.entries()) {
      onProgress(index, files.length);
      const artifact = findByName(this.artifacts, file);
      const failure = artifact === null ? null : await this.bring(artifact);
      if (failure !== null) failures.set(file, failure);
    }
    onProgress(files.length, files.length);
    return this.status(files, failures);
  }

  async status(files: readonly string[], failures: ReadonlyMap<string, string> = new Map()): Promise<OfflineResult> {
    const cache = await this.open();
    const cached: string[] = [];
    const missing: { file: string; detail: string }[] = [];
    const unknown: string[] = [];
    for (const file of files) {
      const artifact = findByName(this.artifacts, file);
      if (artifact === null) unknown.push(file);
      else if ((await cache.match(artifact.cacheKey)) !== undefined) cached.push(file);
      else missing.push({ file, detail: failures.get(file) ?? 'Not fetched yet' });
    }
    return { cached, missing, unknown };
  }

  /** At install of an update: fetches the new content of files that are cached in an older one. Best effort. */
  async carryOver(): Promise<void> {
    for (const artifact of changedArtifacts(this.artifacts, await this.cachedKeys(), this.scope)) await this.bring(artifact);
  }

  /** At activation: the version before is gone, so are its files. */
  async removeOutdated(): Promise<void> {
    const cache = await this.open();
    for (const key of outdatedKeys(this.artifacts, await this.cachedKeys())) await cache.delete(key);
  }

  private async cachedKeys(): Promise<readonly string[]> {
    return (await (await this.open()).keys()).map((request) => request.url);
  }

  /** Null, or why it failed. `no-cache` asks the server whether the browser's own copy is still the right one. */
  private async bring(artifact: Artifact): Promise<string | null> {
    try {
      const cache = await this.open();
      if ((await cache.match(artifact.cacheKey)) !== undefined) return null;
      const response = await this.fetch(new Request(artifact.url, { cache: 'no-cache' }));
      if (response.status !== 200) return `The server answered ${response.status}`;
      await cache.put(artifact.cacheKey, response);
      return null;
    } catch (thrown) {
      return thrown instanceof Error ? thrown.message : String(thrown);
    }
  }
}
