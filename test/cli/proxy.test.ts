import {mkdtempSync, writeFileSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {describe, expect, it} from "vitest";
import {Misuse} from "../../lib/cli/command.js";
import {command} from "../../lib/cli/proxy.js";

const folder = mkdtempSync(join(tmpdir(), "ballast-proxy-"));
const empty = join(folder, "rounds.yaml");
writeFileSync(empty, "name: rounds\nrounds: {seeds: 1, supply: 10, heldOut: 10, drafts: 100, rounds: 1, leak: 0}\n");

describe("ballast proxy", () => {
  it.each([
    [[], "expected 1 argument, got 0"],
    [[folder, "--shares", "0,1.5"], '--shares: expected numbers from 0 to 1 with commas between, got "0,1.5"'],
    [[folder, "--shares", ""], '--shares: expected numbers from 0 to 1 with commas between, got ""'],
    [[folder, "--workers", "0"], '--workers: expected a whole number from 1 to 1024, got "0"'],
    [[folder, "--time-limit", "soon"], '--time-limit: expected a whole number from 1 to 10000000, got "soon"'],
    [[folder, "--recipe", empty, "--shares", "0,1"], "--shares: expected a recipe with the experiment share"]
  ])("is misused by %j", async (args, message) => {
    const failure = await command.run(args).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(Misuse);
    expect((failure as Misuse).message).toContain(message);
  });

  it("fails, naming the file, on a folder that is no data set", async () => {
    await expect(command.run([folder])).rejects.toThrow("seeds.parquet: expected a file, got nothing there");
    await expect(command.run([folder, "--recipe", join(folder, "none.yaml")])).rejects.toThrow(
      "none.yaml: expected a recipe of the proxy, got nothing there"
    );
  });
});
