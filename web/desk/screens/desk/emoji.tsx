import { useEffect, useRef, useState } from "preact/hooks";
import { Icon } from "../../parts/icon.tsx";
import type { KeyboardEvent } from "../../parts/events.ts";
import { useOutside } from "../../parts/menu.tsx";
import { words } from "../../words.ts";

const EMOJI =
  "🙂 😊 😀 😅 😂 🙃 😉 😍 🤗 🤔 😌 😎 🥳 😕 😢 🙏 👍 👎 👌 👏 🙌 💪 👋 🤝 ❤️ 💚 ✨ 🎉 🎁 ⭐ 🔥 💡 ✅ ❌ ⚠️ ❓ ⏳ 📦 🚚 📍 📅 📞 ✉️ 📎 🔧 🧾 💳 ☕".split(" ");
const ACROSS = 8;

type Props = { into: { current: HTMLTextAreaElement | null }; onChange: (text: string) => void };

export function EmojiButton({ into, onChange }: Props) {
  const [open, setOpen] = useState(false);
  const root = useRef<HTMLDivElement>(null);
  useOutside(open, root, () => setOpen(false));
  useEffect(() => {
    if (open) root.current?.querySelector<HTMLElement>(".emojis button")?.focus();
  }, [open]);
  const choose = (emoji: string) => {
    setOpen(false);
    const field = into.current;
    if (!field) return;
    field.focus();
    field.setRangeText(emoji, field.selectionStart, field.selectionEnd, "end");
    onChange(field.value);
  };
  const leave = () => {
    setOpen(false);
    into.current?.focus();
  };
  return (
    <div class="menu-root" ref={root}>
      <button type="button" class={`tool ${open ? "on" : ""}`} aria-label={words.write.emoji} title={words.write.emoji} aria-expanded={open} onClick={() => setOpen(!open)}>
        <Icon name="smile" />
      </button>
      {open && (
        <div class="menu above emojis" role="group" aria-label={words.write.emojis} onKeyDown={(event) => walk(event, leave)}>
          {EMOJI.map((emoji) => <button key={emoji} type="button" onClick={() => choose(emoji)}>{emoji}</button>)}
        </div>
      )}
    </div>
  );
}

function walk(event: KeyboardEvent, leave: () => void): void {
  const by = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: ACROSS, ArrowUp: -ACROSS }[event.key];
  if (event.key === "Escape") {
    event.stopPropagation();
    leave();
  }
  if (!by) return;
  event.preventDefault();
  const all = [...event.currentTarget.querySelectorAll("button")];
  const at = all.indexOf(document.activeElement as HTMLButtonElement);
  all[Math.min(all.length - 1, Math.max(0, at + by))]?.focus();
}
