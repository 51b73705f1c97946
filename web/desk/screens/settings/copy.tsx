import { useRef, useState } from "preact/hooks";
import { Icon } from "../../parts/icon.tsx";
import { words } from "../../words.ts";

const STAYS = 2000;

/** A line to take along. Where the browser keeps the clipboard shut, the line is selected by hand. */
export function CopyLine({ text, label }: { text: string; label: string }) {
  const [copied, setCopied] = useState(false);
  const field = useRef<HTMLInputElement>(null);
  const copy = async () => {
    field.current?.select();
    try {
      await navigator.clipboard.writeText(text);
    } catch {
      return;
    }
    setCopied(true);
    setTimeout(() => setCopied(false), STAYS);
  };
  return (
    <div class="copy-line">
      <input ref={field} class="code" readOnly value={text} aria-label={label} onFocus={(event) => event.currentTarget.select()} />
      <button type="button" class="button" onClick={() => void copy()}>
        <Icon name={copied ? "check" : "copy"} class="small" /><span aria-live="polite">{copied ? words.copied : words.copy}</span>
      </button>
    </div>
  );
}
