import {html} from "npm:htl";
import {plural} from "../format.js";
import {save} from "../download.js";
import {pressButton} from "../pressButton.js";
import {sampleText} from "../sampleText.js";
import {forgetTasks, keepTasks, keptTasks, labelStore} from "./labelStore.js";
import {createLabelling, type Labelling} from "./labelling.js";
import {tasksOf} from "./tasksOf.js";

/** What the page beside it follows: the way through the tasks, null before a file is opened. */
export type Labeller = HTMLElement & {value: {labelling: Labelling} | null};

const keys = "1234567890";

/**
 * Opens a file of tasks and shows one sample at a time, its source beside it, what verifiers said folded away. Everything can
 * be done by keys while it has the focus; labels are kept in this browser after every one. Nothing is sent anywhere.
 */
export function labeller({now = () => new Date()}: {now?: () => Date} = {}): Labeller {
  const picker = html`<input type="file" accept=".jsonl" />` as HTMLInputElement;
  const fault = html`<p class="beware" role="alert"></p>`;
  const work = html`<div></div>`;
  const heard = html`<p class="visually-hidden" role="status"></p>`;
  const root = html`<section class="labeller" aria-label="labelling" tabindex="-1">
    <label class="field">File of tasks ${picker}</label>
    ${fault} ${heard} ${work}
  </section>` as Labeller;
  root.value = null;

  picker.addEventListener("change", async () => {
    const [file] = picker.files ?? [];
    if (file === undefined) return;
    const text = await file.text();
    if (!open(file.name, text)) return;
    await keepTasks(text).catch((error: unknown) => {
      fault.textContent = `Labels are kept in this browser, the texts are not (${(error as Error).message}): open the file again next time.`;
    });
  });
  root.addEventListener("keydown", (event) => {
    if (root.value !== null && onKey(event, root.value.labelling)) event.preventDefault();
  });
  void keptTasks().then((text) => {
    if (text !== null && root.value === null) open("the file that was opened last", text);
  });
  return root;

  function open(name: string, text: string): boolean {
    fault.textContent = "";
    try {
      const file = tasksOf(name, text);
      if (file.tasks.length === 0) throw new TypeError(`${name}: expected at least one task, got none`);
      const {plan, labeller: who} = file.head;
      root.value = {labelling: createLabelling(file, labelStore(plan, who), {now})};
    } catch (error) {
      fault.textContent = (error as Error).message;
      return false;
    }
    show();
    root.focus({preventScroll: true});
    return true;
  }

  /** @returns whether the key meant something */
  function onKey(event: KeyboardEvent, labelling: Labelling): boolean {
    if (event.ctrlKey || event.metaKey || event.altKey) return false;
    const target = event.target as HTMLElement;
    if (target.tagName === "TEXTAREA") {
      if (event.key !== "Escape") return false;
      root.focus();
      return true;
    }
    if (target.tagName === "INPUT") return false;
    const reason = keys.indexOf(event.key);
    if (reason >= 0 && reason < labelling.file.head.reasons.length) return said("defect", reason);
    if (event.key === "a") return said("accept");
    if (event.key === "s") return said("skip");
    if (event.key === "u") return undo();
    if (event.key === "ArrowLeft" || event.key === "ArrowRight") return go(event.key === "ArrowLeft" ? -1 : 1);
    if (event.key !== "n" && event.key !== "d") return false;
    const selector = event.key === "n" ? "textarea" : ".reasons button";
    root.querySelector<HTMLElement>(selector)?.focus();
    return true;
  }

  function said(label: "accept" | "defect" | "skip", reason?: number): boolean {
    const {labelling} = root.value!;
    const word = reason === undefined ? "" : labelling.file.head.reasons[reason];
    labelling.say(label, word);
    return changed(`${label === "accept" ? "accepted" : label === "skip" ? "skipped" : word}; `);
  }

  function undo(): boolean {
    return changed(root.value!.labelling.undo() ? "taken back; " : "nothing to take back; ");
  }

  function go(by: number): boolean {
    root.value!.labelling.go(root.value!.labelling.at + by);
    return changed("");
  }

  function changed(word: string): true {
    const {labelling} = root.value!;
    // A new object, so that who follows the value sees that it changed.
    root.value = {labelling};
    show();
    heard.textContent = `${word}sample ${labelling.at + 1} of ${labelling.file.tasks.length}`;
    root.focus({preventScroll: true});
    return true;
  }

  function show(): void {
    const {labelling} = root.value!;
    const {file, said: all, at, task} = labelling;
    const {head, tasks} = file;
    const labels = Object.values(all.labels);
    const count = (word: string) => labels.filter(({label}) => label === word).length;
    const label = all.labels[task.id];
    const note = html`<textarea rows="2"></textarea>` as HTMLTextAreaElement;
    note.value = label?.note ?? all.notes[task.id] ?? "";
    note.addEventListener("input", () => {
      labelling.note(note.value);
      warn();
    });
    work.replaceChildren(
      html`<div>
        <div class="pager">
          <progress max=${tasks.length} value=${labels.length} aria-label="samples with a label"></progress>
          <span
            >${labels.length} of ${tasks.length}: ${count("accept")} accepted, ${plural(count("defect"), "defect")},
            ${count("skip")} skipped</span
          >
        </div>
        <h3 id="sample">
          Sample ${at + 1} of
          ${tasks.length}${label === undefined ? "" : `: ${label.label}${label.reason === "" ? "" : `, ${label.reason}`}`}
        </h3>
        <div class="pair">
          <article class="sample" style="--color: var(--t2)">
            <div class="about"><strong>sample</strong><span>${task.kind}</span><span>${task.domain}</span></div>
            ${sampleText(task.text, {limit: 20_000})}
            ${(task.pictures ?? []).map((path) => html`<p class="quiet">Look at ${path} in the data set's folder, too.</p>`)}
          </article>
          ${
            task.source === ""
              ? null
              : html`<article class="sample" style="--color: var(--t0)">
                  <div class="about"><strong>source</strong></div>
                  ${sampleText(task.source, {limit: 5000})}
                </article>`
          }
        </div>
        <div class="buttons">
          ${pressButton("Accept (a)", () => said("accept"), "button primary")}
          ${pressButton("Skip (s)", () => said("skip"))} ${pressButton("Undo (u)", undo)}
          ${pressButton("Previous (←)", () => go(-1))} ${pressButton("Next (→)", () => go(1))}
        </div>
        <div class="buttons reasons" role="group" aria-label="defect (d)">
          <span class="quiet">Defect:</span>
          ${head.reasons.map((reason, i) => pressButton(i < keys.length ? `${reason} (${keys[i]})` : reason, () => said("defect", i)))}
        </div>
        <label class="field">Note (n, Escape to leave) ${note}</label>
        <details class="quiet">
          <summary>what verifiers said</summary>
          ${
            task.verdicts.length === 0
              ? html`<p>Nothing was asked of a verifier.</p>`
              : html`<ul>
                  ${task.verdicts.map((v) => html`<li>${v.verifier}: ${v.ok ? "yes" : `no, ${v.reason}`}${v.detail === "" ? "" : `; ${v.detail}`}</li>`)}
                </ul>`
          }
        </details>
        <div class="buttons">
          ${pressButton("Save labels", () => save(`${head.dataset}-${head.labeller}-labels.jsonl`, labelling.jsonl()))}
          ${pressButton("Forget texts", forget)}
        </div>
      </div>`
    );
    warn();
    root.dispatchEvent(new Event("input"));
  }

  function warn(): void {
    const why = root.value!.labelling.fault;
    fault.textContent =
      why === null ? "" : `The last label was not kept in this browser (${why}): save the labels now.`;
  }

  async function forget(): Promise<void> {
    await forgetTasks();
    heard.textContent = "the texts are no longer kept in this browser, the labels are";
    fault.textContent = "The texts are no longer kept in this browser; the labels are.";
  }
}
