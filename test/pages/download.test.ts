import {expect, test} from "vitest";
import {toCsv, toJson} from "../../docs/components/download.js";

test("CSV quotes what needs it, and has a column for every name that any row has", () => {
  expect(
    toCsv([
      {a: 1, b: 'say "x", y'},
      {a: null, c: "line\nbreak"}
    ])
  ).toBe('a,b,c\r\n1,"say ""x"", y",\r\n,,"line\nbreak"\r\n');
});

test("text that a spreadsheet would run as a formula is not run", () => {
  expect(toCsv([{text: "=1+1", number: -3}])).toBe("text,number\r\n'=1+1,-3\r\n");
});

test("JSON reads back as it was", () => {
  const rows = [{a: 1, b: "</script>\u2028"}, {a: null}];
  expect(JSON.parse(toJson(rows))).toEqual(rows);
});
