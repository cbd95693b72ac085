/** The tier that an input is the share of: "T2" for "share_T2"; any other name stands for itself. */
export function tierOf(input: string): string {
  return /^(?:.*[^A-Za-z0-9])?(T[0-3])$/.exec(input)?.[1] ?? input;
}
