import * as v from 'valibot';
import packageText from '../../../../package.json?raw';

const PACKAGE = v.object({ version: v.string(), license: v.string(), dependencies: v.record(v.string(), v.string()) });

export interface About {
  readonly version: string;
  readonly licence: string;
  /** The libraries that ship with the app. */
  readonly libraries: readonly { readonly name: string; readonly version: string }[];
}

/** From the project's own package.json, so that it cannot go stale. */
export function about(): About {
  const { version, license, dependencies } = v.parse(PACKAGE, JSON.parse(packageText));
  return { version, licence: license, libraries: Object.entries(dependencies).map(([name, range]) => ({ name: realName(name, range), version: range.slice(range.lastIndexOf('@') + 1) })) };
}

/** An alias `npm:@scope/name@1.2.3` hides the package behind it. */
function realName(name: string, range: string): string {
  return range.startsWith('npm:') ? range.slice('npm:'.length, range.lastIndexOf('@')) : name;
}
