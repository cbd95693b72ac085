import {html} from "npm:htl";
import {saveButton, toCsv, toJson, toPng, toSvg, type Datum} from "./download.js";
import {drawn} from "./drawn.js";
import {picture} from "./picture.js";

export interface FigureOptions {
  /** what is seen, as a sentence */
  title: string;
  /** axes and units in words, under the title */
  subtitle?: string;
  /** what it was made from and what it does not show */
  caption?: string;
  /** names of colours, in order */
  legend?: readonly {label: string; color: string}[];
  /** file name of downloads, without ending */
  name: string;
  /** the rows that are drawn */
  data: Iterable<Datum>;
}

/** A chart with its title, legend and caption; its data can be downloaded as CSV and JSON, its picture as SVG and PNG. */
export function figure(
  chart: (width: number) => SVGSVGElement | HTMLElement,
  {title, subtitle, caption, legend = [], name, data}: FigureOptions
): HTMLElement {
  const rows = [...data];
  const holder = drawn((width) => picture(chart(Math.max(280, width)), title));
  const svg = () => {
    const found = holder.querySelector("svg");
    if (found === null) throw new Error("expected the chart to be drawn by now, found none");
    return found;
  };
  const scroll = html`<div class="figure-chart">${holder}</div>`;
  return html`<figure class="figure">
    <div class="figure-title">${title}</div>
    ${subtitle ? html`<div class="figure-subtitle">${subtitle}</div>` : null}
    ${
      legend.length > 0
        ? html`<ul class="legend">
            ${legend.map(({label, color}) => html`<li style=${{"--color": color}}><i></i>${label}</li>`)}
          </ul>`
        : null
    }
    ${scroll} ${caption ? html`<figcaption>${caption}</figcaption>` : null}
    <div class="figure-foot">
      <span>${rows.length.toLocaleString("en")} rows</span>
      ${saveButton("CSV", `${name}.csv`, () => toCsv(rows))} ${saveButton("JSON", `${name}.json`, () => toJson(rows))}
      ${saveButton("SVG", `${name}.svg`, () => toSvg(svg()))} ${saveButton("PNG", `${name}.png`, () => toPng(svg()))}
    </div>
  </figure>`;
}
