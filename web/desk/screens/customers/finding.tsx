import { useEffect, useRef, useState } from "preact/hooks";
import { request } from "../../../wire/fetch.ts";
import type { Within, WithinAnswer } from "../../../wire/customers.ts";
import { pathOf } from "../../state/knowing-customers.ts";
import { customers as words } from "../../words-customers.ts";
import { Icon } from "../../parts/icon.tsx";

const SOON = 200;

type Props = { customer: string; notes: boolean; onHit: (hit: Within) => void };

/** What is sought within one history: Enter goes from hit to hit, the newest first. */
export function Finding({ customer, notes, onHit }: Props) {
  const [text, setText] = useState("");
  const [found, setFound] = useState<WithinAnswer | null>(null);
  const [at, setAt] = useState(0);
  const latest = useRef(0);
  const show = (hits: readonly Within[], nth: number) => {
    const hit = hits[nth];
    if (!hit) return;
    setAt(nth);
    onHit(hit);
  };
  useEffect(() => {
    const mine = (latest.current += 1);
    if (text.trim() === "") {
      setFound(null);
      return;
    }
    const timer = setTimeout(() => {
      request<WithinAnswer>("GET", `${pathOf(customer, "history", "find")}?${new URLSearchParams({ q: text, notes: String(notes) })}`).then((answer) => {
        if (mine !== latest.current) return;
        setFound(answer);
        show(answer.hits, 0);
      }, () => undefined);
    }, SOON);
    return () => clearTimeout(timer);
  }, [text, notes, customer]);
  const hits = found?.hits ?? [];
  const step = (by: number) => show(hits, (at + by + hits.length) % hits.length);
  return (
    <div class="finding" role="search" aria-label={words.history.find}>
      <Icon name="search" class="small" />
      <input class="input" type="search" value={text} aria-label={words.history.find} placeholder={words.history.find} onInput={(event) => setText(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key === "Enter" && hits.length > 0) {
            event.preventDefault();
            step(event.shiftKey ? -1 : 1);
          } else if (event.key === "Escape" && text !== "") {
            event.stopPropagation();
            setText("");
          }
        }} />
      <span class="hint num" role="status">{found && (hits.length === 0 ? words.history.none : words.history.found(at + 1, hits.length, found.more))}</span>
      {hits.length > 1 && (
        <>
          <button type="button" class="tool" aria-label={words.history.previous} title={words.history.previous} onClick={() => step(1)}><Icon name="down" class="up" /></button>
          <button type="button" class="tool" aria-label={words.history.next} title={words.history.next} onClick={() => step(-1)}><Icon name="down" /></button>
        </>
      )}
    </div>
  );
}
