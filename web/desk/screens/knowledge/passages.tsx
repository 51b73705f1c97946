import { useLayoutEffect, useRef } from "preact/hooks";
import { Dialog } from "../../parts/dialog.tsx";
import { Fetching, useFetched } from "../../parts/fetched.tsx";
import { safeAddress } from "../../parts/links.ts";
import { Slotted } from "../../parts/suggested.tsx";
import { pathOf } from "../../state/knowledge.ts";
import type { KnownPage, KnownPassage, PageAnswer } from "../../../wire/knowing.ts";
import { knowledge as words } from "../../words-knowledge.ts";

export function Passages({ page, onClose }: { page: KnownPage; onClose: () => void }) {
  const address = safeAddress(page.url);
  return (
    <Dialog title={page.title || page.url} class="wide" onClose={onClose}>
      {address && <p class="page-link"><a href={address} target="_blank" rel="noopener noreferrer">{words.openPage}</a></p>}
      <PassageList page={page.id} />
    </Dialog>
  );
}

/** What of a page can be suggested, piece by piece. */
export function PassageList({ page, sought }: { page: string; sought?: string | undefined }) {
  const fetched = useFetched<PageAnswer>(pathOf("pages", page));
  const passages = fetched.value?.passages;
  if (!passages) return <Fetching {...fetched} />;
  if (passages.length === 0) return <p class="hint">{words.noPassages}</p>;
  return <ol class="passages">{passages.map((one) => <Passage key={one.id} passage={one} sought={one.id === sought} />)}</ol>;
}

function Passage({ passage: { heading, questions, text }, sought }: { passage: KnownPassage; sought: boolean }) {
  const line = useRef<HTMLLIElement>(null);
  useLayoutEffect(() => { if (sought) line.current?.scrollIntoView({ block: "center" }); }, [sought]);
  return (
    <li ref={line} class={sought ? "sought" : ""} aria-current={sought || undefined}>
      {heading && <h3 dir="auto">{heading}</h3>}
      {questions.length > 0 && <p class="hint" dir="auto">{words.asked} {questions.join(" · ")}</p>}
      <p class="says" dir="auto"><Slotted text={text} /></p>
    </li>
  );
}
