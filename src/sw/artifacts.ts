/**
 * The build's file list, split in two. The shell (scripts, styles, icons, `models/manifest.json`: small) is precached at install. Artifacts
 * (model weights, wasm: tens of megabytes, of which one device needs a part) are cached when first used or asked for. Each artifact is
 * keyed by its own content hash, so that an update downloads only what changed, and an old version keeps its own files until it is gone.
 */
export interface ManifestEntry {
  /** Relative to the service worker. */
  readonly url: string;
  /** Content hash, or nothing when the name itself holds one. */
  readonly revision?: string | null;
}

export interface Artifact {
  /** Absolute, without query. */
  readonly url: string;
  /** Path below the app's root with the bundler's hash left out: the same file across versions. */
  readonly family: string;
  /** Absolute; unique for the content. */
  readonly cacheKey: string;
}

export interface SplitManifest {
  readonly shell: readonly ManifestEntry[];
  readonly artifacts: readonly Artifact[];
}

/** What belongs to the shell although it lies under `models/`: the contract between code and weights, always of the code's version. */
const SHELL_MODEL_FILE = /^models\/(manifest|fingerprints)\.json$/;
/** Weights, runtimes, the fonts of mathematics, and what draws diagrams. */
const ARTIFACT = /^models\/|\.wasm$|\.woff2$|^assets\/diagram\//;

/** `-` and the eight characters Vite puts before the extension. */
const BUNDLER_HASH = /-[\w-]{8}(?=\.\w+$)/;

const REVISION_PARAMETER = 'revision';

/** Splits the injected manifest; `scope` is the service worker's directory, absolute. */
export function splitManifest(entries: readonly (ManifestEntry | string)[], scope: string): SplitManifest {
  const shell: ManifestEntry[] = [];
  const artifacts: Artifact[] = [];
  for (const entry of entries.map(toEntry)) {
    if (ARTIFACT.test(entry.url) && !SHELL_MODEL_FILE.test(entry.url)) artifacts.push(toArtifact(entry, scope));
    else shell.push(entry);
  }
  return { shell, artifacts };
}

/** The artifact a request asks for; a query or fragment does not matter. */
export function findArtifact(artifacts: readonly Artifact[], requestUrl: string): Artifact | null {
  const url = new URL(requestUrl);
  const bare = url.origin + url.pathname;
  return artifacts.find((artifact) => artifact.url === bare) ?? null;
}

/** The artifact that a name stands for: a family, or the end of one after a slash. */
export function findByName(artifacts: readonly Artifact[], name: string): Artifact | null {
  return artifacts.find(({ family }) => family === name || family.endsWith(`/${name}`)) ?? null;
}

/** Cache keys that no artifact of this version has: to be deleted when this version takes over. */
export function outdatedKeys(artifacts: readonly Artifact[], cachedKeys: readonly string[]): readonly string[] {
  const current = new Set(artifacts.map((artifact) => artifact.cacheKey));
  return cachedKeys.filter((key) => !current.has(key));
}

/**
 * Artifacts that this version must fetch so that what worked offline with the version before still does: the family is in the cache, the
 * content is not.
 */
export function changedArtifacts(artifacts: readonly Artifact[], cachedKeys: readonly string[], scope: string): readonly Artifact[] {
  const keys = new Set(cachedKeys);
  const families = new Set(cachedKeys.map((key) => familyOf(key, scope)));
  return artifacts.filter((artifact) => !keys.has(artifact.cacheKey) && families.has(artifact.family));
}

function toEntry(entry: ManifestEntry | string): ManifestEntry {
  return typeof entry === 'string' ? { url: entry, revision: null } : entry;
}

function toArtifact(entry: ManifestEntry, scope: string): Artifact {
  const url = new URL(entry.url, scope).href;
  const key = new URL(url);
  if (typeof entry.revision === 'string') key.searchParams.set(REVISION_PARAMETER, entry.revision);
  return { url, family: familyOf(url, scope), cacheKey: key.href };
}

function familyOf(absoluteUrl: string, scope: string): string {
  const url = new URL(absoluteUrl);
  const path = (url.origin + url.pathname).slice(new URL('.', scope).href.length);
  return path.startsWith('models/') ? path : path.replace(BUNDLER_HASH, '');
}
