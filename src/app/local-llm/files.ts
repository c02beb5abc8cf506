import * as v from 'valibot';
import { CHECKED_FILE, localName, MODELS_FOLDER, PLAN_FILE, type ModelPlan } from '../../protocol/local-llm';

/** What of a model lies in this browser. */
export type LocalState =
  | { readonly kind: 'absent' }
  | { readonly kind: 'partial'; readonly plan: ModelPlan; readonly bytes: number }
  | { readonly kind: 'installed'; readonly plan: ModelPlan };

const Plan = v.object({
  modelId: v.string(),
  repository: v.string(),
  revision: v.string(),
  device: v.picklist(['webgpu', 'wasm']),
  dtype: v.string(),
  externalDataFiles: v.number(),
  files: v.array(v.object({ path: v.string(), bytes: v.number(), digest: v.object({ algorithm: v.picklist(['sha256', 'git-sha1']), hex: v.string() }) })),
}) satisfies v.GenericSchema<unknown, ModelPlan>;

/** Reads the plan and the list of checked files; whatever cannot be read counts as absent. */
export async function localState(modelId: string): Promise<LocalState> {
  try {
    const folder = await (await modelsFolder()).getDirectoryHandle(modelId);
    const plan = v.safeParse(v.pipe(v.string(), v.parseJson(), Plan), await textOf(folder, PLAN_FILE));
    if (!plan.success) return { kind: 'absent' };
    const checked = v.safeParse(v.pipe(v.string(), v.parseJson(), v.array(v.string())), await textOf(folder, CHECKED_FILE).catch(() => '[]'));
    const complete = new Set(checked.success ? checked.output : []);
    if (plan.output.files.every(({ path }) => complete.has(path))) return { kind: 'installed', plan: plan.output };
    const sizes = await Promise.all(plan.output.files.map(({ path }) => sizeOf(folder, path)));
    return { kind: 'partial', plan: plan.output, bytes: sizes.reduce((sum, size) => sum + size, 0) };
  } catch {
    return { kind: 'absent' };
  }
}

/** Not there is as good as removed. */
export async function removeLocal(modelId: string): Promise<void> {
  const folder = await modelsFolder();
  await folder.removeEntry(modelId, { recursive: true }).catch((thrown: unknown) => {
    if (!(thrown instanceof DOMException && thrown.name === 'NotFoundError')) throw thrown;
  });
}

/** Bytes that the browser would still let this app store; null where it does not tell. */
export async function freeBytes(): Promise<number | null> {
  const { quota, usage } = await navigator.storage.estimate();
  return quota === undefined || usage === undefined ? null : Math.max(0, quota - usage);
}

async function modelsFolder(): Promise<FileSystemDirectoryHandle> {
  return (await navigator.storage.getDirectory()).getDirectoryHandle(MODELS_FOLDER, { create: true });
}

async function textOf(folder: FileSystemDirectoryHandle, name: string): Promise<string> {
  return (await (await folder.getFileHandle(name)).getFile()).text();
}

async function sizeOf(folder: FileSystemDirectoryHandle, path: string): Promise<number> {
  try {
    return (await (await folder.getFileHandle(localName(path))).getFile()).size;
  } catch {
    return 0;
  }
}
