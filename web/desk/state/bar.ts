import type { IconName } from "../parts/icon.tsx";

/** Something that can be done from the search box, after `>`. */
export type Command = { id: string; icon: IconName; name: string; run: () => void };

const offered = new Set<() => readonly Command[]>();

/** A screen adds what can be done on it. Asked whenever the box shows commands; answers how to take it back. */
export function offerCommands(commands: () => readonly Command[]): () => void {
  offered.add(commands);
  return () => { offered.delete(commands); };
}

/** Those of the screens first, each once. */
export function allCommands(always: readonly Command[]): Command[] {
  const all = new Map<string, Command>();
  for (const command of [...[...offered].flatMap((some) => some()), ...always]) {
    if (!all.has(command.id)) all.set(command.id, command);
  }
  return [...all.values()];
}

/** Whose name holds the beginning of every typed word. */
export function matching(commands: readonly Command[], typed: string): Command[] {
  const words = plain(typed).split(/\s+/).filter(Boolean);
  return commands.filter(({ name }) => words.every((word) => ` ${plain(name)}`.includes(` ${word}`)));
}

function plain(text: string): string {
  return text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
}
