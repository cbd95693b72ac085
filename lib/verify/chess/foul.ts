/** Why a game is refused: a slug and a detail for a person. */
export class Foul extends Error {
  constructor(
    readonly reason: string,
    detail: string
  ) {
    super(detail);
  }
}
