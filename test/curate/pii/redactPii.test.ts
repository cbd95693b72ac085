import {expect, test} from "vitest";
import {luhn, mod97} from "../../../lib/curate/pii/checkDigits.js";
import {findPii} from "../../../lib/curate/pii/findPii.js";
import {FoundPii} from "../../../lib/curate/pii/foundPii.js";
import {redactPii} from "../../../lib/curate/pii/redactPii.js";

const key = new TextEncoder().encode("a key of sixteen bytes or more");
const text =
  "My name is Grace Okafor, card 4111 1111 1111 1111, IBAN GB82WEST12345698765432, mail grace@mail.net, " +
  "call (212) 867-5309, born on 1990-05-17, SSN 078-05-1120, I live at 12 Oak Street, from 10.1.2.3.";

test("the same value gets the same stand-in in every text, and another under another key", () => {
  const value = (t: string, k = key) => {
    const {text: redacted, redactions} = redactPii(t, {key: k});
    return redactions.map(({start, end}) => redacted.slice(start, end));
  };
  const [mail] = value("write to grace@mail.net");
  expect(value("ask GRACE@mail.net or else")).toEqual([mail]);
  expect(value("write to grace@mail.net", new TextEncoder().encode("another key, as long as that"))).not.toEqual([
    mail
  ]);
});

test("stand-ins have the form of what they stand for, check digits too, from reserved ranges", () => {
  const {text: redacted, redactions} = redactPii(text, {key});
  const of = (type: string) => {
    const found = redactions.find((r) => r.type === type)!;
    return redacted.slice(found.start, found.end);
  };
  expect(of("CARD")).toMatch(/^9999( \d{4}){3}$/);
  expect(luhn(of("CARD").replaceAll(" ", ""))).toBe(true);
  expect(of("IBAN")).toMatch(/^XX\d{2}[A-Z]{4}\d{14}$/);
  expect(mod97(of("IBAN").slice(4) + of("IBAN").slice(0, 4))).toBe(1);
  expect(of("EMAIL")).toMatch(/^\w+\.\w+@example\.org$/);
  expect(of("PHONE")).toMatch(/^\(\d{3}\) 555-01\d\d$/);
  expect(of("DATE")).toMatch(/^2[1-9]\d\d-0[1-9]-0[1-9]$/);
  expect(of("SSN")).toMatch(/^000-\d\d-\d{4}$/);
  expect(of("ADDRESS")).toMatch(/^\d\d \p{Lu}\w+ Street$/u);
  expect(of("IP")).toMatch(/^198\.1[89]\./);
  expect(of("PERSON")).toMatch(/^\p{Lu}\w+ \p{Lu}\w+$/u);
});

test("a surname alone gets the surname of its full name's stand-in", () => {
  const redacted = redactPii("Mrs. Ann Okafor came. Mrs. Okafor left.", {key}).text;
  const [, , full] = /Mrs\. (\w+) (\w+) came/.exec(redacted)!;
  expect(redacted).toContain(`Mrs. ${full} left`);
});

test("tags name type and keyed hash", () => {
  const {text: redacted, redactions} = redactPii("ask Mr. Okafor", {key, style: "tag"});
  expect(redacted).toBe(`ask Mr. <PERSON_${redactions[0].hash.slice(0, 10)}>`);
});

test("nothing that was found is in the redacted text, and a search for it would find it", () => {
  for (const style of ["stand-in", "tag"] as const) {
    const found = new FoundPii({key});
    for (const {type, start, end} of findPii(text)) found.add(type, text.slice(start, end));
    expect(found.size).toBe(9);
    expect(found.find(redactPii(text, {key, style}).text)).toEqual([]);
    expect(found.find(text).length).toBe(9);
  }
});

test("a value is found however its letters are cased and its digits grouped, and not within a longer word", () => {
  const found = new FoundPii({key});
  found.add("CARD", "4111 1111 1111 1111");
  found.add("PERSON", "Grace Okafor");
  const at = (t: string) => found.find(t).map(({start, end}) => t.slice(start, end));
  expect(at("no 4111111111111111, 4111-1111-1111-1111")).toEqual(["4111111111111111", "4111-1111-1111-1111"]);
  expect(at("GRACE  OKAFOR and graceokafors")).toEqual(["GRACE  OKAFOR"]);
  expect(found.add("PERSON", "Kim")).toBeNull();
});

test("a short key and spans out of order are refused", () => {
  expect(() => redactPii("a", {key: new Uint8Array(8)})).toThrow("expected a key of at least 16 bytes, got 8");
  const span = {start: 2, end: 9, type: "PERSON", rule: "name", confidence: 0.5} as const;
  expect(() => redactPii("short", {key, spans: [span]})).toThrow("expected spans in order within [0, 5], got [2, 9)");
});
