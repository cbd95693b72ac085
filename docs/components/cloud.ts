import * as Plot from "npm:@observablehq/plot";

/** Dots of one path: few enough that those of several still darken where they lie on each other. */
const together = 50;

/**
 * Dots of one colour, many in one path: some thousands are drawn in the time that as many circles would take hundreds of
 * milliseconds for.
 *
 * @param options.r radius, pixels
 */
export function cloud<Row>(
  rows: readonly Row[],
  {
    r,
    color,
    opacity,
    ...channels
  }: {r: number; color: string; opacity: number} & Pick<Plot.DotOptions, "x" | "y" | "fx" | "fy">
) {
  return Plot.dot(rows as Row[], {
    ...channels,
    r,
    render(index, _, {x, y}, __, {document}) {
      const namespace = "http://www.w3.org/2000/svg";
      const group = document.createElementNS(namespace, "g");
      group.setAttribute("stroke", color);
      group.setAttribute("stroke-width", String(2 * r));
      group.setAttribute("stroke-opacity", String(opacity));
      group.setAttribute("stroke-linecap", "round");
      for (let i = 0; i < index.length; i += together) {
        const path = document.createElementNS(namespace, "path");
        // A line of no length with a round end is a dot.
        const dot = (j: number) => `M${x![j].toFixed(1)},${y![j].toFixed(1)}h0`;
        path.setAttribute("d", Array.from(index.slice(i, i + together), dot).join(""));
        group.append(path);
      }
      return group;
    }
  });
}
