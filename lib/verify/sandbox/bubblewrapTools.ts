import {accessSync, constants} from "node:fs";
import {join} from "node:path";

const places = ["/usr/local/bin", "/usr/bin", "/bin", "/usr/sbin", "/sbin"];

/** A tool's path in the system's own folders, whatever PATH says; null where it is not there. */
export function systemTool(name: string): string | null {
  for (const place of places) {
    const path = join(place, name);
    try {
      accessSync(path, constants.X_OK);
      return path;
    } catch {
      // not in this folder
    }
  }
  return null;
}
