/** A gap to fill before sending, written ⟦order number⟧ in the text. */
export type Blank = { from: number; to: number; word: string };
export type Stretch = { text: string; blank: boolean; from: number };

// The same as the desk's own (know/model.py).
const BLANK = /⟦([^⟦⟧\n]{1,60})⟧/gu;

export function blanksIn(text: string): Blank[] {
  return [...text.matchAll(BLANK)].map((found) => ({ from: found.index, to: found.index + found[0].length, word: found[1] ?? "" }));
}

/** Text and blanks in turn; a blank's text is its word. */
export function stretches(text: string): Stretch[] {
  const all: Stretch[] = [];
  let from = 0;
  for (const blank of blanksIn(text)) {
    if (blank.from > from) all.push({ text: text.slice(from, blank.from), blank: false, from });
    all.push({ text: blank.word, blank: true, from: blank.from });
    from = blank.to;
  }
  if (from < text.length) all.push({ text: text.slice(from), blank: false, from });
  return all;
}

/** Where Tab goes from a selection; null when there is none that way, so that nobody is kept inside. */
export function blankFrom(text: string, start: number, end: number, back: boolean): Blank | null {
  const all = blanksIn(text);
  const found = back ? all.findLast((one) => one.to <= start) : all.find((one) => one.from >= end);
  return found ?? null;
}

/** The blank that exactly this selection holds. */
export function chosenBlank(text: string, start: number, end: number): Blank | null {
  return blanksIn(text).find((one) => one.from === start && one.to === end) ?? null;
}
