import type { ComponentChildren } from "preact";
import { words } from "../words.ts";
import { Icon } from "./icon.tsx";
import { useModal } from "./modal.ts";

type Props = { title: string; class?: string; onClose: () => void; children: ComponentChildren };

/** The browser's own dialog: it keeps the focus inside and gives it back. */
export function Dialog({ title, class: more = "", onClose, children }: Props) {
  const dialog = useModal();
  return (
    <dialog ref={dialog} class={`dialog ${more}`} aria-label={title} onClose={onClose} onClick={(event) => {
      if (event.target === event.currentTarget) onClose();
    }}>
      <div class="dialog-in">
        <header class="dialog-head">
          <h2 class="grow clip">{title}</h2>
          <button type="button" class="tool" aria-label={words.closeDialog} onClick={onClose}><Icon name="x" /></button>
        </header>
        {children}
      </div>
    </dialog>
  );
}
