import {Chess} from "chess.js";
import {expect, test} from "vitest";
import {endgamePosition} from "../../lib/generate/chessEndgame.js";
import {chessGames} from "../../lib/generate/chessGames.js";
import {createRandom} from "../../lib/text/random.js";
import {draftsOf, stateSeeds} from "./context.js";

test("the same state gives the same game, another state another", async () => {
  const [a, b] = stateSeeds(2);
  expect(await draftsOf(chessGames, a, {count: 3})).toEqual(await draftsOf(chessGames, a, {count: 3}));
  expect((await draftsOf(chessGames, a))[0].text).not.toBe((await draftsOf(chessGames, b))[0].text);
});

test("a game is as long as the options allow", async () => {
  for (const seed of stateSeeds(20)) {
    const [{payload}] = await draftsOf(chessGames, seed, {options: {plies: 9, endgames: 0}});
    expect((payload.moves as string[]).length).toBeGreaterThanOrEqual(3);
    expect((payload.moves as string[]).length).toBeLessThanOrEqual(9);
  }
});

test("an option out of range is refused by name", async () => {
  await expect(draftsOf(chessGames, stateSeeds(1)[0], {options: {plies: 2}})).rejects.toThrow(/chess-games.*plies/);
});

test("an endgame starts from a legal position that has not ended", () => {
  const random = createRandom("endgames");
  for (let i = 0; i < 50; i++) {
    const game = new Chess(endgamePosition(random));
    const waiting = game.turn() === "w" ? "b" : "w";
    expect(game.isGameOver()).toBe(false);
    expect(game.isAttacked(game.findPiece({type: "k", color: waiting})[0], game.turn())).toBe(false);
  }
});
