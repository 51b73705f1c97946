import { useLayoutEffect, useRef } from "preact/hooks";
import { Icon } from "../../parts/icon.tsx";
import { narrow } from "../../state/device.ts";
import { onKey } from "../../state/keys.ts";
import { putStar } from "../../state/keeping.ts";
import type { Row } from "../../../wire/types.ts";
import { words } from "../../words.ts";
import { act, acting, type Page } from "./acting.ts";
import { maySnooze } from "./snooze-picks.tsx";

/** Labels, star, snooze: in the head of a conversation, and by their keys wherever they stand. */
export function KeepTools({ row }: { row: Row }) {
  const box = useRef<HTMLSpanElement>(null);
  const flip = () => void putStar(row.id, !row.starred);
  useLayoutEffect(() => {
    const open = (page: Page) => { if (box.current) act(row.id, page, box.current.querySelector(`.for-${page}`) ?? box.current); };
    const letGo = [onKey("s", flip), onKey("l", () => open("labels")), onKey("h", () => { if (maySnooze(row)) open("snooze"); })];
    return () => letGo.forEach((release) => release());
  });
  const shown = (page: Page) => acting.value?.id === row.id && acting.value.page === page && acting.value.from?.closest(".head") !== null;
  const tool = (page: "labels" | "snooze", icon: "label" | "clock", label: string) => (
    <button type="button" class={`tool for-${page} ${shown(page) ? "on" : ""}`} aria-label={label} title={label} aria-haspopup="dialog" aria-expanded={shown(page)}
      onClick={(event) => act(row.id, page, event.currentTarget)}><Icon name={icon} /></button>
  );
  return (
    <span class="keep-tools" ref={box}>
      {!narrow.value && (
        <>
          {tool("labels", "label", words.labels.tool)}
          <button type="button" class={`tool ${row.starred ? "starred" : ""}`} aria-label={words.star.on} title={row.starred ? words.star.off : words.star.on} aria-pressed={row.starred} onClick={flip}>
            <Icon name="star" class={row.starred ? "solid" : ""} />
          </button>
          {maySnooze(row) && tool("snooze", "clock", words.snooze.tool)}
        </>
      )}
    </span>
  );
}
