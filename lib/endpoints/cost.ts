import type {Endpoint} from "../schema/endpoint.js";
import type {RequestTokens} from "./requestTokens.js";

/** Billionths of a currency's unit, so that sums are of whole numbers and exact. */
export const billionths = 1e9;

/** What a request costs. */
export interface Cost {
  tokens: number;
  /** billionths of the currency's unit; 0 where the endpoint has no price */
  money: number;
  currency: string | null;
}

/** What drawn pictures cost by an endpoint's price of one; nothing where it has none, as with tokens. */
export function costOfPictures(pictures: number, price: Endpoint["price"]): Cost {
  if (price?.image === undefined) return {tokens: 0, money: 0, currency: null};
  return {tokens: 0, money: Math.round(pictures * price.image * billionths), currency: price.currency};
}

/** What tokens cost by an endpoint's price, in a batch at its rate. */
export function costOf(
  {input, cached, output}: Omit<RequestTokens, "estimated">,
  price: Endpoint["price"],
  {batch = false}: {batch?: boolean} = {}
): Cost {
  const tokens = input + output;
  if (price === undefined) return {tokens, money: 0, currency: null};
  const millionths = (input - cached) * price.input + cached * (price.cached ?? price.input) + output * price.output;
  return {tokens, money: Math.round(millionths * (batch ? price.batch : 1) * 1000), currency: price.currency};
}
