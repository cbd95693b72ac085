import * as Plot from "npm:@observablehq/plot";

/** A judge's rate with its interval. */
export interface JudgeRate {
  /** what the rate is of: a panel */
  readonly panel: string;
  readonly name: string;
  /** where it comes from: a gold set, or an estimate without one */
  readonly series: string;
  readonly value: number;
  readonly interval: readonly [number, number] | null;
  /** drawn hollow: estimated, not measured */
  readonly estimated: boolean;
}

/** Rates from 0 to 1 as dots with intervals, a row a judge, its sources one below the other; what is estimated is hollow. */
export function judgeRateChart(
  data: readonly JudgeRate[],
  {width, color}: {width: number; color: {domain: string[]; range: string[]}}
) {
  const names = [...new Set(data.map(({name}) => name))];
  const panels = [...new Set(data.map(({panel}) => panel))];
  const longest = Math.max(...names.map((name) => name.length));
  const row = Math.max(22, 10 + 11 * color.domain.length);
  return Plot.plot({
    width,
    height: panels.length * (names.length * row + 34) + 44,
    marginLeft: Math.min(width * 0.4, 14 + longest * 7),
    marginRight: 20,
    marginTop: 26,
    marginBottom: 40,
    style: {fontSize: "12px"},
    x: {domain: [0, 1], label: null, grid: true, tickFormat: "%", ticks: width < 500 ? 4 : 10},
    y: {domain: names, label: null, tickSize: 0, padding: 0.1},
    fy: {domain: panels, axis: null, padding: 0.14},
    color,
    marks: [
      Plot.text(panels, {
        fy: (d: string) => d,
        text: (d: string) => d,
        frameAnchor: "top-left",
        dy: -17,
        fontWeight: 600
      }),
      ...color.domain.flatMap((series, i) => {
        const rows = data.filter((d) => d.series === series);
        const dy = 11 * (i - (color.domain.length - 1) / 2);
        return [
          Plot.ruleY(
            rows.filter(({interval}) => interval !== null),
            {
              ...{y: "name", fy: "panel", dy, stroke: "series", strokeWidth: 2},
              x1: (d: JudgeRate) => d.interval![0],
              x2: (d: JudgeRate) => d.interval![1]
            } as Plot.RuleYOptions
          ),
          Plot.dot(
            rows.filter(({estimated}) => !estimated),
            {x: "value", y: "name", fy: "panel", dy, fill: "series", r: 4, tip: true}
          ),
          Plot.dot(
            rows.filter(({estimated}) => estimated),
            {
              ...{x: "value", y: "name", fy: "panel", dy, stroke: "series", fill: "var(--theme-background)"},
              ...{r: 4, symbol: "diamond", strokeWidth: 2, tip: true}
            }
          )
        ];
      })
    ]
  });
}
