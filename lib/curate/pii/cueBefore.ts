/** Whether a word that says what follows stands in the 48 units before a place, on the same line or the one above. */
export function cueBefore(text: string, at: number, cue: RegExp, reach = 48): boolean {
  return cue.test(text.slice(Math.max(0, at - reach), at));
}
