/** What waits to be drawn: charts below what is seen, in the order in which they heard of their width. */
const waiting = new Set<() => void>();

/**
 * A place for a chart, drawn at its width and anew at another. A chart in view, or above it, is drawn at once; those
 * below wait and are drawn one a task, so that no task is long. The place is `aria-busy` until it is drawn.
 */
export function drawn(chart: (width: number) => Element): HTMLElement {
  const holder = document.createElement("div");
  let width = 0;
  const draw = () => {
    holder.replaceChildren(chart(width));
    holder.removeAttribute("aria-busy");
  };
  new ResizeObserver(([{contentRect}]) => {
    if (contentRect.width === 0 || contentRect.width === width) return;
    width = contentRect.width;
    if (holder.getBoundingClientRect().top < innerHeight) return draw();
    holder.setAttribute("aria-busy", "true");
    if (waiting.size === 0) setTimeout(drawNext);
    waiting.add(draw);
  }).observe(holder);
  return holder;
}

function drawNext(): void {
  const [draw] = waiting;
  waiting.delete(draw);
  if (waiting.size > 0) setTimeout(drawNext);
  draw();
}
