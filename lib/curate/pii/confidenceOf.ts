/** How likely a find of a rule is right. */
export function confidenceOf(rule: string): number {
  return confidences[rule] ?? 0.5;
}

const confidences: Readonly<Record<string, number>> = {email: 0.99};
