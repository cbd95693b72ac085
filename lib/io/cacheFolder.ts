import {access, chmod, constants, mkdir, stat} from "node:fs/promises";
import {createRequire} from "node:module";
import {tmpdir, userInfo} from "node:os";
import {dirname, join} from "node:path";

/**
 * The folder for what is made once on a machine: node_modules/.cache/ballast where that can be written, else a folder of
 * this user's under the temporary one.
 *
 * @throws Error where the latter is there and another user's
 */
export async function cacheFolder(): Promise<string> {
  const nodeModules = dirname(dirname(createRequire(import.meta.url).resolve("zod/package.json")));
  const near = join(nodeModules, ".cache", "ballast");
  try {
    await mkdir(near, {recursive: true});
    await access(near, constants.W_OK);
    return near;
  } catch {
    const {uid} = userInfo();
    const far = join(tmpdir(), `ballast-${uid}`);
    await mkdir(far, {recursive: true, mode: 0o700});
    const {uid: owner} = await stat(far);
    if (owner !== uid) throw new Error(`${far}: expected a folder of user ${uid}, got one of user ${owner}`);
    await chmod(far, 0o700);
    return far;
  }
}
