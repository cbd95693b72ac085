/** One row of a chart's data. */
export type Datum = Readonly<Record<string, unknown>>;

/**
 * Rows as CSV (RFC 4180), columns in the order in which they appear.
 *
 * Text that a spreadsheet would run as a formula gets an apostrophe in front.
 */
export function toCsv(rows: Iterable<Datum>): string {
  const list = [...rows];
  const columns = [...new Set(list.flatMap((row) => Object.keys(row)))];
  const line = (cells: readonly unknown[]) => cells.map(cell).join(",") + "\r\n";
  return line(columns) + list.map((row) => line(columns.map((name) => row[name]))).join("");
}

function cell(value: unknown): string {
  if (value === null || value === undefined) return "";
  const text = typeof value === "object" ? JSON.stringify(value) : String(value);
  const safe = typeof value === "string" && /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** Rows as JSON, one row a line. */
export function toJson(rows: Iterable<Datum>): string {
  return `[\n${[...rows].map((row) => JSON.stringify(row)).join(",\n")}\n]\n`;
}

const inherited = [
  "fill",
  "stroke",
  "stroke-dasharray",
  "stroke-width",
  "opacity",
  "font-family",
  "font-size",
  "font-weight"
];

/** A chart as a file of its own: colours and fonts of the page written into it, on the page's ground. */
export function toSvg(svg: SVGSVGElement): string {
  const copy = svg.cloneNode(true) as SVGSVGElement;
  const originals = [svg, ...svg.querySelectorAll<SVGElement>("*")];
  const copies = [copy, ...copy.querySelectorAll<SVGElement>("*")];
  copies.forEach((element, i) => {
    const style = getComputedStyle(originals[i]);
    for (const name of inherited) {
      element.removeAttribute(name);
      element.style.setProperty(name, style.getPropertyValue(name));
    }
  });
  const {width, height} = svg.viewBox.baseVal;
  copy.setAttribute("xmlns", "http://www.w3.org/2000/svg");
  copy.setAttribute("width", String(width));
  copy.setAttribute("height", String(height));
  copy.style.setProperty("background", getComputedStyle(document.documentElement).backgroundColor);
  for (const element of copy.querySelectorAll("style")) element.remove();
  return new XMLSerializer().serializeToString(copy);
}

/** A chart as PNG, at `scale` device pixels a CSS pixel. */
export async function toPng(svg: SVGSVGElement, {scale = 2} = {}): Promise<Blob> {
  const {width, height} = svg.viewBox.baseVal;
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(toSvg(svg))}`;
  await image.decode();
  const canvas = document.createElement("canvas");
  canvas.width = Math.ceil(width * scale);
  canvas.height = Math.ceil(height * scale);
  canvas.getContext("2d")!.drawImage(image, 0, 0, canvas.width, canvas.height);
  return new Promise((resolve, reject) => {
    canvas.toBlob((blob) => (blob === null ? reject(new Error("expected a picture, got none")) : resolve(blob)));
  });
}

/** Hands a file to whoever is looking. */
export function save(name: string, content: string | Blob, type = "text/plain"): void {
  const blob = typeof content === "string" ? new Blob([content], {type}) : content;
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

/** A button that looks like a link and hands over a file. */
export function saveButton(label: string, name: string, make: () => string | Blob | Promise<Blob>): HTMLButtonElement {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "link-button";
  button.textContent = label;
  button.setAttribute("aria-label", `download ${name}`);
  button.addEventListener("click", async () => save(name, await make()));
  return button;
}
