import type { ComponentChildren } from "preact";
import { Icon, type IconName } from "./icon.tsx";
import { useModal } from "./modal.ts";
import { step } from "./roving.ts";

type Props = { label: string; lifted?: ComponentChildren; first?: ComponentChildren; onClose: () => void; children: ComponentChildren };

/** The menu of what was held, at the foot of the page, with the thing itself lifted above it. */
export function Sheet({ label, lifted, first, onClose, children }: Props) {
  const dialog = useModal();
  return (
    <dialog ref={dialog} class="sheet" aria-label={label} onClose={onClose} onClick={(event) => {
      const target = event.target as Element; // What a click replaced is no longer within, nor outside.
      if (target.isConnected && !target.closest(".sheet-in")) onClose();
    }}>
      {lifted && <div class="lifted" aria-hidden="true">{lifted}</div>}
      <div class="sheet-in">
        <i class="grip" />
        {first}
        <ul role="menu" aria-label={label} onKeyDown={(event) => step(event, "vertical")}>{children}</ul>
      </div>
    </dialog>
  );
}

type ItemProps = { icon: IconName; run: () => void; children: ComponentChildren };

export function SheetItem({ icon, run, children }: ItemProps) {
  return (
    <li role="none">
      <button type="button" role="menuitem" onClick={run}><Icon name={icon} class="large turns" /><span>{children}</span></button>
    </li>
  );
}
