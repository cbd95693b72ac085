import {html} from "npm:htl";
import {Fit} from "../../lib/schema/fit.js";

/** A form whose value is the fits that a reader brought; null until there are any. It tells of them by `input`. */
export type FitInput = HTMLElement & {value: readonly Fit[] | null};

/** Takes fit.json files, one a benchmark or one a domain, as the scaling page and `ballast fit --out` write them. */
export function fitInput(): FitInput {
  const chooser = html`<input id="fits-file" type="file" accept=".json" multiple />` as HTMLInputElement;
  const error = html`<p class="field-error" id="fits-error" role="alert"></p>`;
  const about = html`<p class="quiet" id="fits-about" role="status"></p>`;
  const element = Object.assign(
    html`<details class="aim">
      <summary>Mix for fits of your own</summary>
      <p>
        <label for="fits-file"
          >One or more fit.json, the first the benchmark that counts; they stay in this page.</label
        >
      </p>
      ${chooser} ${about} ${error}
    </details>`,
    {value: null as readonly Fit[] | null}
  ) as FitInput;
  for (const type of ["input", "change"])
    element.addEventListener(type, (event) => event.target === chooser && event.stopPropagation());
  chooser.addEventListener("change", () => {
    void Promise.all([...(chooser.files ?? [])].map(read)).then(
      (fits) => {
        if (fits.length === 0) return;
        error.textContent = "";
        about.textContent = fits.map(({target, law, n}) => `${target} (${law}, ${n} runs)`).join(", ");
        element.value = fits;
        element.dispatchEvent(new Event("input", {bubbles: true}));
      },
      ({message}: Error) => {
        error.textContent = message;
      }
    );
  });
  return element;
}

async function read(file: File): Promise<Fit> {
  let json: unknown;
  try {
    json = JSON.parse(await file.text());
  } catch (error) {
    throw new TypeError(`${file.name}: expected JSON: ${(error as Error).message}`, {cause: error});
  }
  const result = Fit.safeParse(json);
  if (result.success) return result.data;
  const [{path, message}] = result.error.issues;
  throw new TypeError(`${file.name}: ${path.join(".")}: ${message}`);
}
