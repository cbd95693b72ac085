import type {LedgerFigures} from "../endpoints/ledger.js";

/**
 * What a recipe has spent over all its runs, in a line: money and tokens, beside the budget where there is one, and what is
 * reserved for requests under way.
 */
export function spentInWords({money, tokens, requests, lost}: LedgerFigures): string {
  const figure = (unit: string, {spent, reserved, budget}: LedgerFigures["tokens"]) => {
    const of = budget === null ? "" : ` of ${rounded(budget)}`;
    const held = reserved === 0 ? "" : ` and ${rounded(reserved)} reserved`;
    return `${rounded(spent)}${held}${of} ${unit}`;
  };
  const parts = [
    ...Object.entries(money).map(([currency, of]) => figure(currency, of)),
    figure("tokens", tokens),
    `${requests} requests paid${lost === 0 ? "" : `, ${lost} of unknown end`}`
  ];
  return `spent so far: ${parts.join(", ")}`;
}

function rounded(value: number): string {
  return Number.isInteger(value) ? String(value) : value.toPrecision(3);
}
