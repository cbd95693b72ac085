import type {Chess, Color} from "chess.js";

/** The positions of a game from its start on, in FEN, with how often each was on the board. */
export class Course {
  readonly fens: string[] = [];
  private readonly counts = new Map<string, number>();

  constructor(start: string) {
    this.add(start);
  }

  /** FEN of chess.js has an en passant square only where the capture is legal, as the rule of repetition wants it. */
  add(fen: string): void {
    this.fens.push(fen);
    const key = this.last();
    this.counts.set(key, (this.counts.get(key) ?? 0) + 1);
  }

  /** how often the last position was there */
  repeated(): number {
    return this.counts.get(this.last()) ?? 0;
  }

  /** moves of either side since a capture or a pawn's move, in plies */
  quiet(): number {
    return Number(this.fens.at(-1)!.split(" ")[4]);
  }

  private last(): string {
    return this.fens.at(-1)!.split(" ").slice(0, 4).join(" ");
  }
}

/**
 * How the board alone has ended a game; null where it goes on. By the FIDE Laws of Chess (2023): checkmate and stalemate
 * (5.1, 5.2.1), no possible mate (5.2.2), the fifth repetition (9.6.1) and 75 moves of each side without a capture or a
 * pawn's move (9.6.2), where mate goes first. Of the positions without a possible mate only those by their men are known:
 * bare kings, one minor piece, bishops of one colour.
 */
export function ending(game: Chess, course: Course): string | null {
  if (game.isCheckmate()) return `${nameOf(game.turn() === "w" ? "b" : "w")} wins by checkmate`;
  if (game.isStalemate()) return "draw by stalemate";
  return halted(game, course);
}

/** As `ending`, but without mate and stalemate, after which no move is legal in any case. */
export function halted(game: Chess, course: Course): string | null {
  if (game.isInsufficientMaterial()) return "draw by insufficient material";
  if (course.repeated() >= 5) return "draw by fivefold repetition";
  if (course.quiet() >= 150) return "draw by the seventy-five-move rule";
  return null;
}

/** Draws that the board lets a player claim (9.2 and 9.3), the first the one to name. */
export function claims(course: Course): string[] {
  return [
    ...(course.repeated() >= 3 ? ["draw by threefold repetition"] : []),
    ...(course.quiet() >= 100 ? ["draw by the fifty-move rule"] : [])
  ];
}

/** Whether a side has but its king, with which nobody wins on time (6.9). */
export function bare(game: Chess, side: Color): boolean {
  return game.board().every((rank) => rank.every((man) => man?.color !== side || man.type === "k"));
}

/**
 * What a game's outcome is where a stated one is wrong; null where it is right. What players agree, give up or run out of
 * happens beside the board: such a claim is refused only where the board had ended the game, or the winner on time is bare.
 */
export function refute(game: Chess, course: Course, stated: string | null): string | null {
  const over = ending(game, course);
  const claimed = claims(course);
  if (stated !== null && (stated === over || claimed.includes(stated)) && !decided(over, stated)) return null;
  if (over !== null) return over;
  if (stated === "draw by agreement" || stated === "White resigns" || stated === "Black resigns") return null;
  if (stated === "White wins on time" || stated === "Black wins on time") {
    const winner: Color = stated.startsWith("White") ? "w" : "b";
    return bare(game, winner) ? `no win for ${nameOf(winner)}, who has but a king` : null;
  }
  const real = claimed[0] ?? `unfinished, ${nameOf(game.turn())} to move`;
  return stated === real ? null : real;
}

// A repetition or a count that could be claimed is no outcome where mate, stalemate or the men ended the game.
function decided(over: string | null, stated: string): boolean {
  return over !== null && over !== stated && !/fivefold|seventy/.test(over);
}

function nameOf(side: Color): string {
  return side === "w" ? "White" : "Black";
}
