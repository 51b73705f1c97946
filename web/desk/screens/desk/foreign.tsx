import { useId } from "preact/hooks";
import { Icon } from "../../parts/icon.tsx";
import { useModal } from "../../parts/modal.ts";
import { backToText, foreignIn, sendConfirmed, type Sending } from "../../state/outgoing.ts";
import { composing } from "../../state/suggesting.ts";
import type { Row } from "../../../wire/types.ts";
import { words } from "../../words.ts";

/** The one red question: the message holds what belongs to another customer. Nothing has left. */
export function ForeignDialog({ row }: { row: Row }) {
  const item = foreignIn(row.id);
  return item ? <Question key={item.id} item={item} row={row} /> : null;
}

function Question({ item, row }: { item: Sending; row: Row }) {
  const dialog = useModal();
  const id = useId();
  const back = () => {
    backToText(item);
    composing.value = { conversation: row.id, from: Infinity };
  };
  return (
    <dialog ref={dialog} class="dialog asks" role="alertdialog" aria-labelledby={`${id}-title`} aria-describedby={`${id}-text`}
      onCancel={(event) => { event.preventDefault(); back(); }}>
      <div class="dialog-in">
        <h2 id={`${id}-title`}><Icon name="warn" />{words.foreign.title}</h2>
        <p id={`${id}-text`}>{words.foreign.holds} <Found all={foundIn(item)} />, {words.foreign.whose(row.customer.called)}</p>
        <footer>
          <button type="button" class="button main" onClick={back}>{words.foreign.back}</button>
          <button type="button" class="button danger" onClick={() => sendConfirmed(item)}>{words.foreign.send}</button>
        </footer>
      </div>
    </dialog>
  );
}

function Found({ all }: { all: readonly string[] }) {
  return (
    <>
      {all.map((one, nth) => (
        <span key={one}>{nth > 0 && (nth === all.length - 1 ? ` ${words.foreign.and} ` : ", ")}<mark class="bad"><bdi>{one}</bdi></mark></span>
      ))}
    </>
  );
}

function foundIn({ problem }: Sending): string[] {
  const { found } = problem?.data ?? {};
  return Array.isArray(found) ? found.map(String) : [];
}
