/** Why a text of SQL is not run: a slug and a detail for a person. */
export class Refusal extends Error {
  constructor(
    readonly reason: "syntax" | "unsupported" | "unreadable",
    detail: string
  ) {
    super(detail.slice(0, 300));
  }
}
