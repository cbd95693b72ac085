/** A piece of a text around a place in it. */
export interface Excerpt {
  text: string;
  /** the place, in UTF-16 units of the excerpt; its end is the excerpt's where the place is longer than is shown */
  start: number;
  end: number;
  /** UTF-16 units of the text before and after the excerpt */
  before: number;
  after: number;
}

/** UTF-16 units of a place that are shown, and of what stands on either side of it. */
const longest = 2000;
const around = 240;

/** The place [start, end) of a text with what stands around it. No character is cut in two. */
export function excerptOf(text: string, start: number, end: number): Excerpt {
  const shown = Math.min(end, start + longest);
  const from = whole(text, Math.max(0, start - around));
  const to = whole(text, Math.min(text.length, shown + around));
  return {
    text: text.slice(from, to),
    start: start - from,
    end: Math.min(shown, to) - from,
    before: from,
    after: text.length - to
  };
}

/** The place itself, or one unit sooner where a character of two units would be parted. */
export function whole(text: string, at: number): number {
  const inside =
    at > 0 && at < text.length && /^[\udc00-\udfff]/.test(text[at]) && /^[\ud800-\udbff]/.test(text[at - 1]);
  return inside ? at - 1 : at;
}
