const units = [
  [1e12, "T"],
  [1e9, "B"],
  [1e6, "M"],
  [1e3, "k"]
] as const;

/** A count in brief, three digits of it: 1.2 M, 20 B; in full below ten thousand. */
export function brief(value: number): string {
  const size = Math.abs(value);
  const [unit, name] = (size >= 1e4 && units.find(([one]) => size >= one)) || [1, ""];
  const digits = unit === 1 ? Math.round(value).toLocaleString("en") : String(Number((value / unit).toPrecision(3)));
  return name === "" ? digits : `${digits} ${name}`;
}
