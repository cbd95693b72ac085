import * as Plot from "npm:@observablehq/plot";

/** A grid of panels with their names above them, a dashed diagonal in each. */
export interface Panels {
  readonly columns: number;
  readonly rows: number;
  /** the facet of a panel */
  place(panel: string): {fx: number; fy: number};
  readonly marks: readonly Plot.Markish[];
}

/**
 * Places panels in rows of `columns`, in the order of their first names.
 *
 * @param names may repeat
 * @param options.ends where the diagonal begins and ends on both axes
 */
export function panelGrid(
  names: Iterable<string>,
  {columns: most, ends}: {columns: number; ends: readonly [number, number]}
): Panels {
  const panels = [...new Set(names)];
  const columns = Math.min(panels.length, most);
  const place = (panel: string) => ({
    fx: panels.indexOf(panel) % columns,
    fy: Math.floor(panels.indexOf(panel) / columns)
  });
  const each = panels.map((panel) => ({panel, ...place(panel)}));
  const facet = {fx: "fx", fy: "fy"};
  const diagonal = each.flatMap(({fx, fy}) => ends.map((at) => ({fx, fy, at})));
  return {
    columns,
    rows: Math.ceil(panels.length / columns),
    place,
    marks: [
      Plot.frame({stroke: "var(--theme-foreground-faintest)"}),
      Plot.text(each, {...facet, text: "panel", frameAnchor: "top-left", dy: -16, fontWeight: 600}),
      Plot.line(diagonal, {
        ...{...facet, x: "at", y: "at"},
        ...{stroke: "currentColor", strokeDasharray: "3,3", strokeOpacity: 0.7}
      })
    ]
  };
}

/** The names of stacked panels above them. */
export function panelNames(panels: readonly string[]): Plot.Markish {
  const own = (panel: string) => panel;
  return Plot.text(panels, {fy: own, text: own, frameAnchor: "top-left", dy: -16, fontWeight: 600});
}
