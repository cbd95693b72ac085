import {html} from "npm:htl";
import type {RunsFile} from "../runsDatabase.js";
import type {Example} from "./examples.js";

export interface TableInputOptions {
  readonly examples: readonly Example[];
  /** called with what was dropped, chosen or pasted */
  readonly onFile: (file: RunsFile) => void;
  readonly onExample: (example: Example) => void;
}

/** A place to drop a table of runs, to choose a file, to paste text, or to take a table that the page brings. */
export function tableInput({examples, onFile, onExample}: TableInputOptions): {
  element: HTMLElement;
  /** shows which example is in use, "" for a table of the user's own */
  show(id: string, about: string): void;
  /** says what is wrong with the table; nothing with "" */
  refuse(message: string): void;
} {
  const chooser = html`<input
    id="runs-file"
    type="file"
    accept=".csv,.tsv,.txt,.jsonl,.ndjson,.json,.parquet"
  />` as HTMLInputElement;
  const choice = html`<select id="runs-example" class="choice">
    <option value="">a table of your own</option>
    ${examples.map(({id, label}) => html`<option value=${id}>${label}</option>`)}
  </select>` as HTMLSelectElement;
  const paste = html`<textarea
    id="runs-paste"
    rows="4"
    spellcheck="false"
    placeholder="n,d,loss&#10;70000000,1400000000,3.61"
  ></textarea>` as HTMLTextAreaElement;
  const usePaste = html`<button type="button" class="button">Use this text</button>`;
  const error = html`<p id="runs-error" class="field-error" role="alert"></p>`;
  const about = html`<p class="quiet" id="runs-about"></p>`;
  const zone = html`<div class="drop-zone">
    <label for="runs-file"><b>Drop a table of runs here</b>, or choose a file: CSV, TSV, JSONL or Parquet</label>
    ${chooser}
  </div>`;
  const take = async (file: File | undefined) => {
    if (file !== undefined) onFile({name: file.name, bytes: new Uint8Array(await file.arrayBuffer())});
  };
  chooser.addEventListener("change", () => {
    void take(chooser.files?.[0]);
    // The same file, changed and chosen again, is news too.
    chooser.value = "";
  });
  zone.addEventListener("dragover", (event) => {
    event.preventDefault();
    zone.classList.add("over");
  });
  zone.addEventListener("dragleave", () => zone.classList.remove("over"));
  zone.addEventListener("drop", (event) => {
    event.preventDefault();
    zone.classList.remove("over");
    void take(event.dataTransfer?.files[0]);
  });
  choice.addEventListener("change", () => {
    const example = examples.find(({id}) => id === choice.value);
    if (example !== undefined) onExample(example);
  });
  usePaste.addEventListener("click", () => {
    const first = paste.value.trimStart()[0];
    const name = first === "{" ? "pasted.jsonl" : first === "[" ? "pasted.json" : "pasted.csv";
    onFile({name, bytes: new TextEncoder().encode(paste.value)});
  });
  const element = html`<section aria-label="the table of runs">
    <div class="choices">
      <label class="field">start from<br />${choice}</label>
    </div>
    ${zone}
    <details class="paste">
      <summary>or paste text</summary>
      <label class="visually-hidden" for="runs-paste">the table as text</label>
      ${paste}
      <div class="buttons">${usePaste}</div>
    </details>
    ${about} ${error}
  </section>`;
  return {
    element,
    show(id, text) {
      choice.value = id;
      about.textContent = text;
      error.textContent = "";
      zone.classList.remove("wrong");
    },
    refuse(message) {
      error.textContent = message;
      zone.classList.toggle("wrong", message !== "");
    }
  };
}
