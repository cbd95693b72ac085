import {countryCodes} from "./countries.js";
import type {Find} from "./piiSpan.js";

const email =
  /(?<![\p{L}\p{N}._%+-])[\p{L}\p{N}_%+][\p{L}\p{N}._%+'-]{0,63}@(?:[\p{L}\p{N}](?:[\p{L}\p{N}-]{0,62})\.){1,8}[\p{L}]{2,24}(?![\p{L}\p{N}@])/gu;
const scheme =
  /(?<![a-z])(?:https?|ftp|wss?):\/\/[^\s<>"'`\\^{}|「」，。]{1,2048}|(?<![\p{L}\p{N}.@])www\.[^\s<>"'`\\^{}|「」，。]{2,2048}/giu;
const bare =
  /(?<![\p{L}\p{N}.@/_-])(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.){1,6}[a-z]{2,6}(?![\p{L}\p{N}@_-]|\.[\p{L}\p{N}])(?::\d{1,5})?(?:\/[^\s<>"'`\\^{}|，。]{0,2048})?/giu;
const ipv4 = /(?<![\p{L}\p{N}.])(?:\d{1,3}\.){3}\d{1,3}(?!\p{L}|\p{N}|\.\d)/gu;
const ipv6 = /(?<![\p{L}\p{N}:.])[0-9a-f:]{2,39}(?:(?<=:)(?:\d{1,3}\.){3}\d{1,3})?(?![\p{L}\p{N}:])/giu;

const generic = new Set("com org net edu gov mil int info biz dev app name museum online site shop store".split(" "));
// Endings of file names that are endings of domains too: without a path or www they say nothing.
const files = new Set("py sh rs md pl cc so ps ml am as mk ai me st is it in to be no at my us do so id la".split(" "));

/**
 * E-mail addresses, URLs, host names and IP addresses. A host name without scheme or www must end in a usual generic domain
 * or a country's; where the country's ending is a word or a file's ending too, a path must follow.
 */
export function findWebForms(folded: string): Find[] {
  const found: Find[] = [];
  const add = (type: Find["type"], rule: string, start: number, value: string) =>
    found.push({start, end: start + value.length, type, rule});
  if (folded.includes("@")) for (const {index, 0: value} of folded.matchAll(email)) add("EMAIL", "email", index, value);
  // Most texts have neither, and are not searched.
  if (folded.includes("://") || /\.\S/.test(folded)) addDotted(folded, add);
  // "::", or groups of at most four digits between colons.
  if (/:[0-9a-f]{0,4}:/i.test(folded))
    for (const {index, 0: value} of folded.matchAll(ipv6)) if (isIpv6(value)) add("IP", "ipv6", index, value);
  return found;
}

/** What has a scheme, or a dot with something behind it. */
function addDotted(
  folded: string,
  add: (type: Find["type"], rule: string, start: number, value: string) => void
): void {
  for (const {index, 0: value} of folded.matchAll(scheme)) {
    const url = trimmed(value);
    if (!/^(?:www\.|\w+:\/\/)$/i.test(url)) add("URL", "url", index, url);
  }
  for (const {index, 0: value} of folded.matchAll(bare)) if (isHost(value)) add("URL", "host", index, trimmed(value));
  for (const {index, 0: value} of folded.matchAll(ipv4)) {
    const octets = value.split(".");
    if (!octets.every((octet) => Number(octet) < 256 && !/^0\d/.test(octet))) continue;
    // 1.2.3.4 is also how versions and sections are numbered.
    if (/(?:\bv|version|release|section|chapter|§)[ .:]{0,2}$/i.test(folded.slice(Math.max(0, index - 12), index)))
      continue;
    add("IP", "ipv4", index, value);
  }
}

/** Without what ends the sentence and not the address; a bracket stays where it was opened inside. */
function trimmed(url: string): string {
  const count = (c: string) => url.split(c).length;
  const extra = {")": count(")") - count("("), "]": count("]") - count("[")};
  let end = url.length;
  for (; end > 0; end--) {
    const last = url[end - 1];
    if (last === ")" || last === "]") {
      if (extra[last]-- <= 0) break;
    } else if (!".,;:!?*…".includes(last)) break;
  }
  return url.slice(0, end);
}

function isHost(value: string): boolean {
  const [host] = value.split(/[/:]/, 1);
  const labels = host.split(".");
  const top = labels[labels.length - 1].toLowerCase();
  if (/^www$/i.test(labels[0]) || labels.every((label) => label.length < 2)) return false;
  // A sentence that ends without a blank: "the end.In".
  if (/^\p{Lu}/u.test(labels[labels.length - 1]) && host !== host.toUpperCase()) return false;
  if (generic.has(top)) return labels[labels.length - 2].length > 1;
  if (!countryCodes.has(top.toUpperCase()) && !["io", "eu", "co", "tv"].includes(top)) return false;
  return value.includes("/") || (!files.has(top) && labels[labels.length - 2].length > 2);
}

function isIpv6(value: string): boolean {
  if (!/[0-9a-f]/i.test(value)) return false;
  const halves = value.split("::");
  if (halves.length > 2) return false;
  const groups = halves.flatMap((half) => (half === "" ? [] : half.split(":")));
  const last = groups.at(-1) ?? "";
  const size = groups.length + (last.includes(".") ? 1 : 0);
  if (halves.length === 1 ? size !== 8 : size > 7) return false;
  // "a::b" names something in C++ and Rust.
  if (halves.length === 2 && size < 3 && !/\d/.test(value)) return false;
  return groups.every((group, i) => {
    if (i === groups.length - 1 && group.includes(".")) return group.split(".").every((octet) => Number(octet) < 256);
    return /^[0-9a-f]{1,4}$/i.test(group);
  });
}
