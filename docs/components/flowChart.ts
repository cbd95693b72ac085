import * as d3 from "npm:d3";
import {svg} from "npm:htl";
import {tierIds, tierInfo} from "./colors.js";
import {brief} from "../lib/text/brief.js";

/** How many samples pass each stage, and where the kept ones go. */
export interface Flow {
  drafts: number;
  /** in the order of the stages */
  rejected: readonly {stage: string; rows: number}[];
  tiers: readonly {tier: string; rows: number}[];
}

/**
 * The way of the samples as a river: its width is their number, what a stage refuses leaves it downwards, and what is
 * kept parts into the tiers.
 */
export function flowChart({drafts, rejected, tiers}: Flow, {width}: {width: number}): SVGSVGElement {
  const narrow = width < 560;
  const font = narrow ? 11 : 13;
  const height = narrow ? 250 : 280;
  const top = 42;
  const left = 6;
  const right = narrow ? 92 : 190;
  const span = 120;
  const scale = d3.scaleLinear([0, Math.max(1, drafts)], [0, span]);
  const step = (width - left - right) / (rejected.length + 1);
  const parts: SVGElement[] = [];
  const label = (x: number, y: number, text: string, {anchor = "start", weight = "400", color = "currentColor"} = {}) =>
    parts.push(svg`<text x=${x} y=${y} text-anchor=${anchor} font-weight=${weight} fill=${color}>${text}</text>`);
  let flow = drafts;
  let x = left;
  label(x, top - 24, "drafts", {color: "var(--theme-foreground-muted)"});
  label(x, top - 8, brief(drafts), {weight: "600"});
  for (const {stage, rows} of rejected) {
    const before = scale(flow);
    const after = scale(flow - rows);
    const out = before - after;
    const end = x + step;
    const bend = x + step * 0.55;
    const floor = height - 44;
    parts.push(svg`<rect x=${x} y=${top} width=${step + 0.5} height=${after} fill="var(--river)"></rect>`);
    if (out > 0) {
      const r = Math.min(18, step * 0.2);
      const path = d3.path();
      path.moveTo(x, top + after);
      path.lineTo(bend, top + after);
      path.quadraticCurveTo(bend + r + out, top + after, bend + r + out, top + after + r + out);
      path.lineTo(bend + r + out, floor);
      path.lineTo(bend + r, floor);
      path.lineTo(bend + r, top + before + r);
      path.quadraticCurveTo(bend + r, top + before, bend, top + before);
      path.lineTo(x, top + before);
      path.closePath();
      parts.push(svg`<path d=${String(path)} fill="var(--refused)"></path>`);
    }
    const middle = bend + Math.min(18, step * 0.2) + out / 2;
    label(middle, floor + font + 4, stage, {anchor: "middle", color: "var(--theme-foreground-muted)"});
    label(middle, floor + 2 * font + 7, rows === 0 ? "0" : `−${brief(rows)}`, {anchor: "middle", weight: "600"});
    flow -= rows;
    x = end;
  }
  parts.push(svg`<rect x=${x} y=${top} width=${step * 0.5} height=${scale(flow)} fill="var(--river)"></rect>`);
  x += step * 0.5;
  label(x, top - 24, "kept", {anchor: "end", color: "var(--theme-foreground-muted)"});
  label(x, top - 8, brief(flow), {anchor: "end", weight: "600"});
  const ends = width - right + 4;
  let from = top;
  let to = top - 14;
  for (const tier of tierIds) {
    const rows = tiers.find((item) => item.tier === tier)?.rows ?? 0;
    const thick = scale(rows);
    const low = Math.max(thick, 1);
    const link = d3.path();
    const half = (x + ends) / 2;
    link.moveTo(x, from);
    link.bezierCurveTo(half, from, half, to, ends, to);
    link.lineTo(ends, to + low);
    link.bezierCurveTo(half, to + low, half, from + thick, x, from + thick);
    link.closePath();
    const color = tierInfo[tier].color;
    parts.push(svg`<path d=${String(link)} fill=${color}></path>`);
    label(ends + 7, to + low / 2 + font * 0.35, `${tier}  ${brief(rows)}`, {
      weight: "600",
      color: `color-mix(in srgb, ${color} 55%, var(--theme-foreground))`
    });
    if (!narrow)
      label(ends + 7, to + low / 2 + font * 1.5, tierInfo[tier].label, {color: "var(--theme-foreground-muted)"});
    from += thick;
    to += Math.max(low + 6, narrow ? 24 : 40);
  }
  return svg`<svg viewBox="0 0 ${width} ${height}" width=${width} height=${height} font-family="var(--sans-serif)" font-size=${font}>
    ${parts}
  </svg>` as SVGSVGElement;
}
