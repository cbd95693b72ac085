import {FileAttachment} from "npm:@observablehq/stdlib";

/** What a page says of its own making. */
interface Stamp {
  revision: string;
  name: string;
  hash: string;
  cite: string;
}

// Framework's template names no language, has a label where a list may only hold items, and a box named by its title.
document.documentElement.lang = "en";
const close = document.querySelector("#observablehq-sidebar-close");
close?.parentElement?.querySelector("li")?.append(close);

document.querySelector("#observablehq-sidebar-toggle")?.setAttribute("aria-label", "Toggle sidebar");

const footer = document.querySelector("#stamp");
if (footer !== null) {
  const {revision, name, hash, cite} = (await FileAttachment("../data/stamp.json").json()) as Stamp;
  const line = (text: string) => Object.assign(document.createElement("div"), {textContent: text});
  const source = line(`Made by Ballast ${revision} from ${name}, data sha256 ${hash.slice(0, 16)}.`);
  source.title = `sha256 ${hash}`;
  footer.replaceChildren(source, line(`How to cite: ${cite}`));
}
