import { useEffect, useState } from "preact/hooks";
import { WireError } from "../../../wire/fetch.ts";
import type { SearchAnswer } from "../../../wire/schema.ts";
import { sessionEnded } from "../../state/session.ts";
import { ask, type Narrowed } from "../../state/searching.ts";
import { words } from "../../words.ts";

const PAUSE = 90;

export type Answer = { found: SearchAnswer | null; busy: boolean; said: string; note: string | null };

/** The newest answer, asked for as one types; what was found stays until the next is there. */
export function useAnswer(text: string, narrowed: Narrowed): Answer {
  const [found, setFound] = useState<SearchAnswer | null>(null);
  const [failed, setFailed] = useState(false);
  const [busy, setBusy] = useState(true);
  useEffect(() => {
    const giveUp = new AbortController();
    setBusy(true);
    const timer = setTimeout(() => {
      ask(text, narrowed, giveUp.signal).then(
        (answer) => { setFound(answer); setFailed(false); setBusy(false); },
        (cause: unknown) => {
          if (giveUp.signal.aborted) return;
          setBusy(false);
          setFailed(true);
          if (cause instanceof WireError && cause.kind === "unknown") sessionEnded();
        },
      );
    }, PAUSE);
    return () => { clearTimeout(timer); giveUp.abort(); };
  }, [text, narrowed]);
  const asked = text.trim() !== "" || Object.values(narrowed).some(Boolean);
  return { found: asked || !found ? found : emptied(found), busy, said: asked && found ? manyOf(found) : "", note: noteOf(asked, busy, failed, found) };
}

function emptied(answer: SearchAnswer): SearchAnswer {
  return { ...answer, groups: { conversations: [], messages: [], notes: [], customers: [], files: [], companies: [] } };
}

const MOST = 100;

function manyOf({ counts }: SearchAnswer): string {
  const many = Object.values(counts);
  return words.search.found(many.reduce((sum, one) => sum + Math.min(one, MOST), 0), many.some((one) => one > MOST));
}

function noteOf(asked: boolean, busy: boolean, failed: boolean, found: SearchAnswer | null): string | null {
  if (failed) return words.search.failed;
  if (!asked) return words.search.start;
  if (found?.unknown[0] && !busy) return words.search.unknown(found.unknown[0]);
  if (found?.filling) return words.search.filling;
  return found && !busy && Object.values(found.counts).every((one) => one === 0) ? words.search.nothing : null;
}
