import {html} from "npm:htl";

let count = 0;

/** A labelled choice among a few; `changed` is called with what is chosen, not at the start. */
export function pick(
  label: string,
  options: readonly (readonly [value: string, text: string])[],
  changed: (value: string) => void,
  chosen = options[0]?.[0] ?? ""
): {element: HTMLElement; value(): string} {
  const id = `pick-${++count}`;
  const select = html`<select id=${id} class="choice">
    ${options.map(([value, text]) => html`<option value=${value} selected=${value === chosen}>${text}</option>`)}
  </select>` as HTMLSelectElement;
  // The page listens to "input" for new fits: a choice of what to look at is none.
  select.addEventListener("input", (event) => event.stopPropagation());
  select.addEventListener("change", () => changed(select.value));
  return {element: html`<label class="field" for=${id}>${label}<br />${select}</label>`, value: () => select.value};
}

/** Options whose text is their value. */
export const plain = (names: readonly string[]) => names.map((name) => [name, name] as const);
