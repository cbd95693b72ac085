import {mkdtemp, readFile, rm} from "node:fs/promises";
import {tmpdir} from "node:os";
import {join} from "node:path";
import type {Browser, Download, Page} from "playwright-core";
import {serve} from "../../lib/run/serve.js";
import {buildSite} from "../../lib/run/site.js";
import {launch} from "./chromium.js";

/** A built site in a browser. */
export interface OpenSite {
  readonly url: string;
  /** of files that a test makes */
  readonly folder: string;
  /** requests to other hosts, and what consoles said, page by page */
  readonly elsewhere: readonly string[];
  readonly errors: readonly string[];
  /** A page of its own context, once Framework has drawn it. */
  open(path: string, options?: {width?: number}): Promise<Page>;
  close(): Promise<void>;
}

/** Builds a site over what `write` puts into a folder, with the pages it may put there too, serves it and starts a browser. */
export async function openSite(
  chromium: string,
  write: (folder: string) => Promise<{data: string; pages?: string}>
): Promise<OpenSite> {
  const folder = await mkdtemp(join(tmpdir(), "ballast-pages-"));
  const out = join(folder, "site");
  const [browser] = await Promise.all([launch(chromium), write(folder).then((made) => buildSite({...made, out}))]);
  return opened(browser, out, folder);
}

/** Serves a built site and starts a browser; the site stays when it is closed. */
export async function openBuilt(chromium: string, out: string): Promise<OpenSite> {
  return opened(await launch(chromium), out, null);
}

async function opened(browser: Browser, out: string, folder: string | null): Promise<OpenSite> {
  const elsewhere: string[] = [];
  const errors: string[] = [];
  const served = await serve(out, {port: 0});
  return {
    url: served.url,
    folder: folder ?? out,
    elsewhere,
    errors,
    open: (path, {width = 1280} = {}) => open(browser, served.url, path, {width, elsewhere, errors}),
    async close() {
      await browser.close();
      await served.close();
      if (folder !== null) await rm(folder, {recursive: true, force: true});
    }
  };
}

async function open(
  browser: Browser,
  url: string,
  path: string,
  {width, elsewhere, errors}: {width: number; elsewhere: string[]; errors: string[]}
): Promise<Page> {
  const page = await browser.newPage({viewport: {width, height: 900}});
  page.on("request", (request) => {
    if (!/^(blob|data):/.test(request.url()) && !request.url().startsWith(url)) elsewhere.push(request.url());
  });
  page.on("console", (message) => {
    if (message.type() === "error" || message.type() === "warning") errors.push(`${path}: ${message.text()}`);
  });
  page.on("pageerror", (error) => errors.push(`${path}: ${error.message}`));
  await page.goto(url + path, {waitUntil: "networkidle"});
  await page.waitForFunction(
    () =>
      (document.querySelector("#stamp")?.textContent ?? "") !== "" &&
      document.querySelector("observablehq-loading") === null
  );
  return page;
}

/** What a click saves. */
export async function saved(page: Page, click: () => Promise<void>): Promise<Buffer> {
  const [file]: [Download, void] = await Promise.all([page.waitForEvent("download"), click()]);
  return readFile(await file.path());
}
