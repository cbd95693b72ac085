import {createHash} from "node:crypto";
import {readFileSync} from "node:fs";
import {describe, expect, test} from "vitest";
import {hasPublicData, publicFile, publicSets} from "./publicData.js";

describe.runIf(hasPublicData)("public data sets (BALLAST_DATA)", () => {
  test.each(publicSets.flatMap(({set, files}) => Object.entries(files).map(([file, hash]) => ({set, file, hash}))))(
    "$set/$file is the listed revision",
    ({set, file, hash}) => {
      const bytes = readFileSync(publicFile(set, file));
      expect(createHash("sha256").update(bytes).digest("hex")).toBe(hash);
    }
  );
});
