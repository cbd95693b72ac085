import {execFileSync} from "node:child_process";
import {accessSync, constants} from "node:fs";
import {chromium, type Browser, type Page} from "playwright-core";

const candidates = [
  process.env.CHROMIUM,
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/usr/bin/google-chrome-stable",
  "/snap/bin/chromium",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe",
  chromium.executablePath()
];

const flags = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync"
];

/** The path of a Chromium: CHROMIUM, the usual places, playwright's own; root on Debian installs it. Null without one. */
export function findChromium(): string | null {
  const found = candidates.find(runs);
  if (found !== undefined) return found;
  if (process.getuid?.() !== 0 || !runs("/usr/bin/apt-get")) return null;
  try {
    execFileSync("apt-get", ["update", "-qq"], {stdio: "ignore"});
    execFileSync("apt-get", ["install", "-y", "-qq", "--no-install-recommends", "chromium"], {stdio: "ignore"});
  } catch {
    return null;
  }
  return candidates.find(runs) ?? null;
}

/** A browser that asks nothing of the network by itself. */
export async function launch(executablePath: string): Promise<Browser> {
  return chromium.launch({executablePath, args: flags});
}

/** Waits until the shards page says what it holds and has answered its first query: DuckDB starts after the network is quiet. */
export async function databaseAnswered(page: Page): Promise<void> {
  await page.locator("#shown").waitFor({state: "attached", timeout: 60_000});
  await page
    .locator(".editor [role=status]", {hasText: /rows in/})
    .first()
    .waitFor({timeout: 60_000});
}

/** Waits until the scaling page shows the fit of what is asked: the form is busy until the result is drawn. */
export async function fitted(page: Page): Promise<void> {
  await page.locator("form.workbench[aria-busy=false]").waitFor({timeout: 120_000});
  await page.locator("#finding.lead").waitFor();
}

function runs(path: string | undefined): path is string {
  if (!path) return false;
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
