/** @jsxImportSource ./view */
const EMOJI = Array.from("😀😄😂🙂😉😊😍😎🤔😅😢😭😡😱😴🤗🙄😬🤝🙏👍👎👌👏💪👋🤞🔥🎉🧡💔⭐✅❌❓❗☕🎁📦🚚");
const COLUMNS = 8;

type Props = { label: string; choose: (emoji: string) => void; leave: () => void };

/** Arrow keys walk the grid, Escape leaves it. */
export function Emoji({ label, choose, leave }: Props) {
  return (
    <div class="emoji" role="group" aria-label={label} ref={enter} onKeyDown={(event: KeyboardEvent) => walk(event, leave)}>
      {EMOJI.map((one) => <button type="button" key={one} onClick={() => choose(one)}>{one}</button>)}
    </div>
  );
}

const enter = (grid: HTMLElement | null): void => (grid?.firstElementChild as HTMLElement | null)?.focus();

function walk(event: KeyboardEvent, leave: () => void): void {
  if (event.key === "Escape") {
    event.stopPropagation();
    leave();
    return;
  }
  const forward = document.dir === "rtl" ? -1 : 1;
  const steps: Record<string, number> = { ArrowRight: forward, ArrowLeft: -forward, ArrowDown: COLUMNS, ArrowUp: -COLUMNS };
  const step = steps[event.key];
  if (!step) return;
  event.preventDefault();
  const all = [...(event.currentTarget as Element).children] as HTMLElement[];
  all[all.indexOf(document.activeElement as HTMLElement) + step]?.focus();
}
