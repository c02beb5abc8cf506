import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFileSync, readdirSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import type { Settings } from './protocols/protocol';
import type { Workbench } from './workbench';

/** What a file of figures must say about where they come from. */
export function provenance(dataFolder: string, modelsFolder: string, bench: Workbench, settings: Settings) {
  const { manifest } = bench.artifacts;
  return {
    schemaVersion: 1,
    gitCommit: gitCommit(modelsFolder),
    dataSha256: folderHash(dataFolder),
    router: { artifactVersion: manifest.artifactVersion, sha256: manifest.files['router.onnx']?.sha256 ?? null, trainingSeed: manifest.seed },
    settings: { ...settings, picksFile: settings.picksFile === null ? null : 'yes' },
  };
}

/** With `+` when the working tree differs from it; null outside a repository. */
function gitCommit(folder: string): string | null {
  const git = (...args: string[]) => execFileSync('git', args, { cwd: folder, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim();
  try {
    return git('rev-parse', 'HEAD') + (git('status', '--porcelain', '--untracked-files=no') === '' ? '' : '+');
  } catch {
    return null;
  }
}

/** sha256 over the names and contents of all files, in order. */
export function folderHash(folder: string): string {
  const hash = createHash('sha256');
  for (const path of filesBelow(folder).sort()) hash.update(`${relative(folder, path)}\0`).update(readFileSync(path)).update('\0');
  return hash.digest('hex');
}

function filesBelow(folder: string): string[] {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    return statSync(path).isDirectory() ? filesBelow(path) : [path];
  });
}
