import {mkdirSync, mkdtempSync, chmodSync, realpathSync, rmSync, statSync} from "node:fs";
import {tmpdir} from "node:os";
import {dirname, join} from "node:path";

/** A command in front of another, and the folders as that other finds them. */
export interface Reach {
  prefix: string[];
  folders: Readonly<Record<string, string>>;
}

// Binds pairs of folders up to the mark, in a mount namespace of its own, then becomes the command after it.
const script = 'while [ "$1" != // ]; do mount --bind "$1" "$2" || exit 125; shift 2; done; shift; exec "$@"';

/**
 * Makes folders reachable for a user without rights: those under a directory that only root may enter (a checkout in
 * /root) are bound, by root and in a private mount namespace, to empty folders that anybody may enter.
 *
 * It does not guard against files that nobody but root may read: such a folder is refused.
 */
export function createReach(unshare: string, shell: string) {
  let home: string | null = null;
  const made = new Set<number>();

  function place(i: number): string {
    if (home === null) {
      home = mkdtempSync(join(tmpdir(), "ballast-mounts-"));
      chmodSync(home, 0o755);
      process.once("exit", close);
    }
    const path = join(home, String(i));
    if (!made.has(i)) mkdirSync(path, {mode: 0o755});
    made.add(i);
    return path;
  }

  function close(): void {
    if (home !== null) rmSync(home, {recursive: true, force: true});
    process.removeListener("exit", close);
    home = null;
    made.clear();
  }

  return {
    /** @throws RangeError where a path is no folder or others may not read it */
    reach(folders: Readonly<Record<string, string>>): Reach {
      const bound: string[] = [];
      const reached: Record<string, string> = {};
      for (const [inside, host] of Object.entries(folders)) {
        const real = realpathSync(host);
        const stat = statSync(real);
        if (!stat.isDirectory()) throw new RangeError(`expected a folder, got ${host}`);
        if ((stat.mode & 0o005) !== 0o005) throw new RangeError(`expected a folder that others may read, got ${host}`);
        if (openToAll(dirname(real))) reached[inside] = real;
        else {
          reached[inside] = place(bound.length / 2);
          bound.push(real, reached[inside]);
        }
      }
      const mounts = [unshare, "--mount", "--propagation", "private", "--", shell, "-c", script, "sh", ...bound, "//"];
      return {prefix: bound.length === 0 ? [] : mounts, folders: reached};
    },
    close
  };
}

function openToAll(path: string): boolean {
  if ((statSync(path).mode & 0o001) === 0) return false;
  return path === dirname(path) || openToAll(dirname(path));
}
