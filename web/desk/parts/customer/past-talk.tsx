import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import { request } from "../../../wire/fetch.ts";
import type { TimelineAnswer } from "../../../wire/answers.ts";
import type { Row, TimelineItem } from "../../../wire/types.ts";
import { listed } from "../../state/route.ts";
import { customers as words } from "../../words-customers.ts";
import { words as all } from "../../words.ts";
import { shortDate } from "../ages.ts";
import { now } from "../../state/clock.ts";
import { Icon } from "../icon.tsx";
import { Link } from "../link.tsx";
import { Told } from "./told.tsx";

/** What is opened beside: a conversation, perhaps at one of its notes or messages. */
export type Beside = { row: Pick<Row, "id" | "customer" | "started_at">; who: string; item: string | null };

type Shown = { items: readonly TimelineItem[]; more: boolean };

/** Another conversation of theirs, to be read while this one stays where it is. */
export function PastTalk({ beside, onBack }: { beside: Beside; onBack: () => void }) {
  const { row, item, who } = beside;
  const [shown, setShown] = useState<Shown | null>(null);
  const [failed, setFailed] = useState(false);
  const box = useRef<HTMLDivElement>(null);
  const back = useRef<HTMLButtonElement>(null);
  const load = (before: number | null) => {
    setFailed(false);
    const path = `/api/conversations/${encodeURIComponent(row.id)}/timeline?limit=100${before === null ? "" : `&before=${before}`}`;
    request<TimelineAnswer>("GET", path).then(
      ({ items, more }) => setShown((have) => ({ items: have ? [...items, ...have.items.filter((one) => !items.includes(one))] : items, more })),
      () => setFailed(true),
    );
  };
  useEffect(() => load(null), [row.id]);
  useEffect(() => back.current?.focus(), []);
  const there = shown?.items.some((one) => "id" in one && one.id === item) ?? false;
  const first = shown?.items[0]?.position ?? 0;
  useEffect(() => { if (shown?.more && item && !there && first > 1) load(first); }, [shown]);
  useLayoutEffect(() => {
    const element = box.current;
    if (!element || !shown) return;
    const sought = element.querySelector(".sought");
    if (sought) sought.scrollIntoView({ block: "center" });
    else if (shown.items.length <= 100) element.scrollTop = element.scrollHeight;
  }, [shown, there]);
  return (
    <div class="beside" role="region" aria-label={words.past.opened(shortDate(row.started_at, now.value))}>
      <header class="head">
        <button type="button" class="tool" ref={back} aria-label={words.past.back} title={words.past.back} onClick={onBack}><Icon name="left" class="turns" /></button>
        <h2 class="grow clip"><bdi>{who}</bdi> <span class="count">{shortDate(row.started_at, now.value)}</span></h2>
        <Link to={{ at: "conversation", id: row.id, ...(item && { message: item }), ...listed.value }} class="do">{words.past.openIt}</Link>
      </header>
      <div class="said" ref={box} tabIndex={0} role="log" aria-label={all.talk.log}>
        <div class="in">
          {failed && <p class="hint">{all.settings.failed} <button type="button" class="do" onClick={() => load(shown ? first : null)}>{all.tryAgain}</button></p>}
          {shown?.more && <button type="button" class="do show-more" onClick={() => load(first)}>{words.panel.showMore}</button>}
          {shown ? <Told items={shown.items} customer={row.customer} sought={item} /> : !failed && <p class="hint late">{all.settings.loading}</p>}
        </div>
      </div>
    </div>
  );
}
