// Names are found by their letters alone: without accents, small or capital.

/** A text as it is searched; `at` leads each of its letters back to where it stands in the text itself. */
export type Folded = { text: string; at: readonly number[] };

export type Found = { from: number; to: number; rank: number };

const MARKS = /\p{M}+/gu;

export function fold(text: string): Folded {
  let folded = "";
  const at: number[] = [];
  let place = 0;
  for (const letter of text) {
    for (const plain of letter.normalize("NFD").replace(MARKS, "").toLowerCase()) {
      folded += plain;
      at.push(...Array<number>(plain.length).fill(place));
    }
    place += letter.length;
  }
  return { text: folded, at: [...at, place] };
}

/** Where a query stands in a name: at its beginning (rank 0), that of a word (1), or within (2). */
export function findIn(name: Folded, query: string): Found | null {
  const inside = name.text.indexOf(query);
  if (inside < 0) return null;
  const word = inside === 0 ? 0 : name.text.indexOf(` ${query}`) + 1;
  const begin = word > 0 ? word : inside;
  return { from: name.at[begin] ?? 0, to: name.at[begin + query.length] ?? 0, rank: inside === 0 ? 0 : word > 0 ? 1 : 2 };
}
