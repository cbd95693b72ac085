/**
 * The text with digits of every script, full-width letters, unusual dashes and blanks as their ASCII forms: one UTF-16
 * unit for one, so that positions stay what they were. Letters of other scripts that look Latin stay what they are, and so
 * do digits outside the basic plane and characters of no width between digits: numbers that hide behind those are not found.
 */
export function foldForms(text: string): string {
  if (!/[^\0-\x7f]/.test(text)) return text;
  return text.replace(/[^\0-\x7f]/g, (c) => {
    const unit = c.charCodeAt(0);
    if (unit >= 0xff01 && unit <= 0xff5e) return String.fromCharCode(unit - 0xfee0);
    if ((unit >= 0x2010 && unit <= 0x2015) || unit === 0x2212) return "-";
    if (unit === 0xa0 || (unit >= 0x2000 && unit <= 0x200a) || unit === 0x202f || unit === 0x3000) return " ";
    return digits.get(unit) ?? c;
  });
}

const digits = digitsOfEveryScript();

/** Decimal digits come in runs of ten, 0 first. */
function digitsOfEveryScript(): Map<number, string> {
  const found = new Map<number, string>();
  let run = 0;
  for (let unit = 0x80; unit < 0xd800; unit++) {
    if (!/\p{Nd}/u.test(String.fromCharCode(unit))) run = 0;
    else found.set(unit, String(run++ % 10));
  }
  return found;
}
