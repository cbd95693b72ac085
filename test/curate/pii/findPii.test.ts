import {describe, expect, test} from "vitest";
import {findPii} from "../../../lib/curate/pii/findPii.js";

/** What is found, as type and value. */
const found = (text: string) => findPii(text).map(({type, start, end}) => `${type} ${text.slice(start, end)}`);

describe("what has a form", () => {
  // Numbers are the issuers' own test numbers or the documents' examples.
  test.each([
    ["write to jo.bloggs+news@mail.example.co.uk.", ["EMAIL jo.bloggs+news@mail.example.co.uk"]],
    ["card 4111 1111 1111 1111 and 3782-822463-10005", ["CARD 4111 1111 1111 1111", "CARD 3782-822463-10005"]],
    ["pay to GB82 WEST 1234 5698 7654 32, please", ["IBAN GB82 WEST 1234 5698 7654 32"]],
    ["de89370400440532013000", ["IBAN de89370400440532013000"]],
    ["her SSN is 078-05-1120", ["SSN 078-05-1120"]],
    ["DNI 12345678Z", ["NATIONAL_ID 12345678Z"]],
    ["codice RSSMRA85T10A562S", ["NATIONAL_ID RSSMRA85T10A562S"]],
    ["CPF 529.982.247-25", ["NATIONAL_ID 529.982.247-25"]],
    ["BSN 111222333", ["NATIONAL_ID 111222333"]],
    ["NHS number 943 476 5919", ["NATIONAL_ID 943 476 5919"]],
    ["from 192.168.0.1 and 2001:db8::8a2e:370:7334", ["IP 192.168.0.1", "IP 2001:db8::8a2e:370:7334"]],
    [
      "see (https://en.wikipedia.org/wiki/Ballast_(disambiguation)).",
      ["URL https://en.wikipedia.org/wiki/Ballast_(disambiguation)"]
    ],
    ["call +44 20 7946 0958 or (212) 555-0123", ["PHONE +44 20 7946 0958", "PHONE (212) 555-0123"]],
    ["Tel: 06 12 34 56 78", ["PHONE 06 12 34 56 78"]],
    ["<phone>03928 084483</phone>", ["PHONE 03928 084483"]],
    ["puedes llamar al 957 211 261", ["PHONE 957 211 261"]],
    ["on 2024-02-29 at noon, 3 March 1999 and 12/31/99", ["DATE 2024-02-29", "DATE 3 March 1999", "DATE 12/31/99"]],
    ["founded in 1977.", ["DATE 1977"]]
  ])("%s", (text, expected) => expect(found(text)).toEqual(expected));

  test("a wrong check digit is no card, IBAN or identity number without a word that says so", () => {
    for (const text of ["4111 1111 1111 1112", "GB83 WEST 1234 5698 7654 32", "12345678A", "529.982.247-26"])
      expect(
        found(`it was ${text} then`).filter((f) => !f.startsWith("PHONE")),
        text
      ).toEqual([]);
    expect(found("my card is 4111 1111 1111 1112")).toEqual(["CARD 4111 1111 1111 1112"]);
  });

  test("versions, times, sums, fractions, MAC addresses and paths of code are nothing personal", () => {
    for (const text of [
      "version 1.2.3.4 runs",
      "at 12:30:45 and 00:1B:44:11:3A:B7",
      "it cost $1,234,567 or 12 345 678 in all",
      "std::vector<int> a::b",
      "import os.path; main.py, index.js and e.g. this",
      "3.14159265 is 22/7, p = 0.05",
      "there were 2000 people",
      "Number: 502/9 - 49 = 70/9",
      "In kilometres: 56016 / 1000 = 56.016",
      "1800 - 5,304,937 - 35.02 1810 - 7,239,814",
      "Expenditures: 1946 1947 Defense"
    ])
      expect(found(text), text).toEqual([]);
  });

  test("digits of other scripts and full-width letters are read as what they are", () => {
    expect(found("card ４１１１ １１１１ １１１１ １１１１")).toEqual(["CARD ４１１１ １１１１ １１１１ １１１１"]);
    expect(found("card ٤١١١١١١١١١١١١١١١")).toEqual(["CARD ٤١١١١١١١١١١١١١١١"]);
  });
});

describe("names and addresses", () => {
  test.each([
    ["My name is Oluwaseun Adébáyò.", ["PERSON Oluwaseun Adébáyò"]],
    ["Dear Dr. Margaret O'Neill,", ["PERSON Margaret O'Neill"]],
    ["we spoke with Jean-Luc van der Berg yesterday", ["PERSON Jean-Luc van der Berg"]],
    ["my name is priya raman", ["PERSON priya raman"]],
    ["I live at 221B Baker Street, London NW1 6XE", ["ADDRESS 221B Baker Street, London NW1 6XE"]],
    ["Adresse: Hauptstraße 12, 10115 Berlin", ["ADDRESS Hauptstraße 12, 10115 Berlin"]],
    ["Sie wohnt in der Ada-Lenz-Str. 7, 49581 Alt Lilia", ["ADDRESS Ada-Lenz-Str. 7, 49581 Alt Lilia"]],
    ['{"id": 4, "name": "Zarya Okonjo", "ward": "B2"}', ["PERSON Zarya Okonjo"]],
    ["date;customer;total\n1;Zarya Okonjo;3\n2;Quim Brandl;4", ["PERSON Zarya Okonjo", "PERSON Quim Brandl"]],
    ["[10:41] Zarya: are we on?\n[10:42] Quim: yes", ["PERSON Zarya", "PERSON Quim"]],
    ["Selon Zarya Okonjo, la route est dans un état qui ne va pas.", ["PERSON Zarya Okonjo"]],
    ["Unsere Kollegin Zarya Okonjo ist ab morgen wieder da.", ["PERSON Zarya Okonjo"]],
    [
      "Paquet: Zarya Okonjo, 12 rue de la Paix, 75002 Paris",
      ["PERSON Zarya Okonjo", "ADDRESS 12 rue de la Paix, 75002 Paris"]
    ],
    ["send it to P.O. Box 881, Austin, TX 78701", ["ADDRESS P.O. Box 881, Austin, TX 78701"]],
    ["she lives at 12 rue de la Paix, 75002 Paris", ["ADDRESS 12 rue de la Paix, 75002 Paris"]]
  ])("%s", (text, expected) => expect(found(text)).toEqual(expected));

  test("places, firms, days and ordinary capitals are no people", () => {
    for (const text of [
      "We flew from New Zealand to South Africa in March.",
      "The Bank of England and Stanford University agreed.",
      "Capital letters like Wisdom and Discipline mislead.",
      "I work for Miller Holdings Ltd in Vienna."
    ])
      expect(
        found(text).filter((f) => f.startsWith("PERSON")),
        text
      ).toEqual([]);
  });

  test("a surname alone is found where its owner was named in full", () => {
    expect(found("We met Ann J. Xyrqua. Later Xyrqua left.")).toEqual(["PERSON Ann J. Xyrqua", "PERSON Xyrqua"]);
  });
});

test("spans are in order, apart, within the text, with a confidence in (0, 1]", () => {
  const text = "Mr. John Smith, 12 Oak St, 555-867-5309, j@x.org\r\n\ud800 4111111111111111 😀 10.0.0.1".repeat(20);
  let last = 0;
  for (const {start, end, confidence} of findPii(text)) {
    expect(start).toBeGreaterThanOrEqual(last);
    expect(end).toBeGreaterThan(start);
    expect(confidence).toBeGreaterThan(0);
    expect(confidence).toBeLessThanOrEqual(1);
    last = end;
  }
  expect(last).toBeLessThanOrEqual(text.length);
  expect(findPii("")).toEqual([]);
});

test("hostile texts end: each of these grows without bound under a rule that looks back or ahead too far", () => {
  // 20 kB each: a rule of cubic growth would need 10^12 steps, far beyond the test's time limit.
  for (const part of ["1 ", "a@a.", "f:f::", "Ab, ", "www.)))", "12 Ab St, ", "GB00 ", "my name is ", "A. B. ", "1/1/"])
    expect(findPii(part.repeat(Math.ceil(20_000 / part.length))).length, part).toBeGreaterThanOrEqual(0);
});
