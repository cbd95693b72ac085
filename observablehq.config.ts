// Set here, since both `observable preview` and `observable build` read this file before they would report anything.
process.env.OBSERVABLE_TELEMETRY_DISABLE = "true";

/** The notebook's configuration for Observable Framework. */
export default {
  title: "Ballast",
  root: "docs",
  search: true,
  style: "style.css",
  globalStylesheets: [],
  duckdb: {extensions: {json: false, parquet: false}},
  pages: [
    {name: "Overview", path: "/"},
    {name: "Shards", path: "/shards"},
    {name: "Curves", path: "/curves"},
    {name: "Mixer", path: "/mixer"}
  ],
  head: `<link rel="icon" href="/icon.svg" type="image/svg+xml">
<script type="module" src="/components/page.js"></script>`,
  footer: `<div id="stamp"></div>`
};
