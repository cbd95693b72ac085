import * as Plot from "npm:@observablehq/plot";

/** The error of a law on the unseen runs of a set. */
interface Reach {
  readonly set: string;
  readonly law: string;
  readonly rmse: number;
  /** over the least of any law on this set, 1 or more */
  readonly times: number;
  readonly kind: "published" | "tier law" | "auto";
}

/** Errors beyond this many times the least are drawn at the edge. */
const most = 30;

/** Every law's error on every set, as many times the least there, on a logarithmic axis; a ring is what was picked. */
export function reachChart(rows: readonly Reach[], {width}: {width: number}) {
  const sets = [...new Set(rows.map(({set}) => set))];
  const narrow = width < 560;
  const x = (d: Reach) => Math.min(most, Math.max(1, d.times));
  const of = (kind: Reach["kind"]) => rows.filter((row) => row.kind === kind);
  const place = {x, y: "set"} as const;
  return Plot.plot({
    width,
    height: sets.length * (narrow ? 42 : 28) + 60,
    marginLeft: narrow ? 16 : Math.min(380, 20 + 6.6 * Math.max(...sets.map(({length}) => length))),
    marginRight: 20,
    marginTop: 8,
    marginBottom: 44,
    style: {fontSize: "12px"},
    x: {
      type: "log",
      domain: [1, most],
      label: "error, times the least on the set",
      labelOffset: 38,
      ticks: [1, 1.5, 2, 3, 5, 10, 20, 30],
      tickFormat: (v: number) => `${v}×`,
      grid: true,
      inset: 10
    },
    y: {label: null, domain: sets, tickSize: 0, axis: narrow ? null : "left"},
    marks: [
      ...(narrow ? [Plot.text(sets, {y: (d: string) => d, text: (d: string) => d, frameAnchor: "left", dy: -14})] : []),
      Plot.dot(of("published"), {...place, r: 3.5, fill: "var(--s0)", fillOpacity: 0.55}),
      Plot.dot(of("tier law"), {...place, r: 4, fill: "var(--s2)"}),
      Plot.dot(of("auto"), {...place, r: 7, stroke: "var(--s1)", strokeWidth: 2}),
      Plot.tip(
        rows as Reach[],
        Plot.pointer({...place, channels: {law: "law", "root mean square": "rmse"}, format: {x: false}})
      )
    ]
  });
}
