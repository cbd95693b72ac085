/** Characters that do nothing visible, or turn the direction of what follows: shown by their code points. */
const hidden = /[\p{C}\p{Zl}\p{Zp}]/u;

/**
 * A sample's text for the page, as text nodes alone: markup in it stays text, control characters are made visible, and
 * what is longer than `limit` characters unfolds at a click.
 */
export function sampleText(text: string, {limit = 900}: {limit?: number} = {}): HTMLElement {
  const holder = document.createElement("div");
  const pre = document.createElement("pre");
  // A text of millions of characters would stall the page even unfolded.
  const most = 100_000;
  const fold = text.length > limit * 1.2;
  pre.append(...shownText(fold ? cut(text, limit) : text));
  holder.append(pre);
  if (!fold) return holder;
  const button = document.createElement("button");
  button.type = "button";
  button.className = "link-button";
  const more = `show all ${text.length.toLocaleString("en")} characters`;
  button.textContent = more;
  button.setAttribute("aria-expanded", "false");
  button.addEventListener("click", () => {
    const open = button.getAttribute("aria-expanded") === "false";
    button.setAttribute("aria-expanded", String(open));
    button.textContent = open ? "show less" : more;
    pre.replaceChildren(...shownText(cut(text, open ? most : limit)));
  });
  holder.append(button);
  return holder;
}

function cut(text: string, length: number): string {
  return text.length <= length ? text : `${text.slice(0, length)}…`;
}

/** A text as nodes: markup in it stays text, and control characters are made visible. */
export function shownText(text: string): Node[] {
  const nodes: Node[] = [];
  let plain = "";
  // By code points: a surrogate that is left over is a lone one.
  for (const character of text) {
    if (character === "\n" || character === "\t" || !hidden.test(character)) {
      plain += character;
      continue;
    }
    if (plain !== "") nodes.push(document.createTextNode(plain));
    plain = "";
    const mark = document.createElement("span");
    mark.className = "control";
    mark.textContent = `U+${character.codePointAt(0)!.toString(16).toUpperCase().padStart(4, "0")}`;
    nodes.push(mark);
  }
  if (plain !== "") nodes.push(document.createTextNode(plain));
  return nodes;
}
