import type {PiiType} from "./piiSpan.js";

const host = /(?:^|[.@/])(?:example\.(?:com|net|org|edu)|[a-z0-9-]+\.(?:example|test|invalid|localhost))(?=$|[:/?#])/i;
const ipv4 =
  /^(?:0|10|127|169\.254|172\.(?:1[6-9]|2\d|3[01])|192\.0\.(?:0|2)|192\.168|198\.1[89]|198\.51\.100|203\.0\.113|2(?:2[4-9]|[345]\d))\./;
const ipv6 = /^(?:::1?$|f[cd][0-9a-f]{2}:|fe[89ab][0-9a-f]:|ff[0-9a-f]{2}:|2001:0?db8:)/i;

/**
 * Whether a value is one that nobody can have, since its form is kept free for examples: hosts under example.org and its
 * like (RFC 2606), addresses of private, local and documentation networks (RFC 1918, 3849, 4193, 5737, 6890), US numbers
 * 555-0100 to 555-0199 (NANPA), social security numbers of area 000, IBANs of the country XX, cards that begin with 9999.
 * Stand-ins (see standIn) are made of these; dates, names and streets are never reserved.
 */
export function isReserved(type: PiiType, value: string): boolean {
  const digits = value.replace(/\D/g, "");
  switch (type) {
    case "EMAIL":
    case "URL":
      return host.test(value);
    case "IP":
      return value.includes(":") ? ipv6.test(value) : ipv4.test(value);
    case "PHONE":
      return /^(?:1?[2-9]\d\d)?55501\d\d$/.test(digits);
    case "SSN":
      return digits.startsWith("000");
    case "CARD":
      return digits.startsWith("9999");
    case "IBAN":
      return /^xx/i.test(value);
    default:
      return false;
  }
}
