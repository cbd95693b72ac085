/** Makes a chart one picture to those who hear the page: named as a whole, its parts not named one by one. */
export function picture<T extends Element>(chart: T, label: string): T {
  for (const part of chart.querySelectorAll("[aria-label]")) part.removeAttribute("aria-label");
  chart.setAttribute("role", "img");
  chart.setAttribute("aria-label", label);
  return chart;
}
