import {existsSync, readdirSync} from "node:fs";
import type {watchArtefacts} from "./lib/run/watchArtefacts.js";

// Set here, since both `observable preview` and `observable build` read this file before they would report anything.
process.env.OBSERVABLE_TELEMETRY_DISABLE = "true";

const pages = [
  {name: "Overview", path: "/"},
  {name: "Shards", path: "/shards"},
  {name: "Verification", path: "/verification"},
  {name: "Duplicates", path: "/duplicates"},
  {name: "Leakage", path: "/leakage"},
  {name: "Teachers", path: "/teachers"},
  {name: "Critics", path: "/critics"},
  {name: "Audit", path: "/audit"},
  {name: "Curves", path: "/curves"},
  {name: "Scaling", path: "/scaling"},
  {name: "Mixer", path: "/mixer"},
  {name: "Laws", path: "/laws"},
  {name: "Tier law", path: "/tier-law"},
  {name: "The proxy", path: "/proxy"}
].filter(({path}) => path === "/" || existsSync(`docs${path}.md`));

// A user's own pages follow ours.
for (const file of readdirSync("docs").sort()) {
  const path = `/${file.slice(0, -3)}`;
  if (!file.endsWith(".md") || ["/index", "/404"].includes(path) || pages.some((page) => page.path === path)) continue;
  pages.push({name: path[1].toUpperCase() + path.slice(2).replaceAll("-", " "), path});
}

// A preview outlives its data: loaders' output is thrown away when the data set or lib/ change.
if (process.argv.includes("preview")) {
  // By way of the pages' link: it is there in every folder that Framework runs in, and the compiler leaves it alone.
  const path = "./docs/lib/run/watchArtefacts.js";
  const module = (await import(path)) as {watchArtefacts: typeof watchArtefacts};
  module.watchArtefacts("docs");
}

/** The notebook's configuration for Observable Framework. */
export default {
  title: "Ballast",
  root: "docs",
  search: true,
  style: "style.css",
  globalStylesheets: [],
  duckdb: {extensions: {json: false, parquet: false}},
  pages,
  head: `<link rel="icon" href="/icon.svg" type="image/svg+xml">
<script type="module" src="/components/page.js"></script>`,
  footer: `<div id="stamp"></div>`
};
