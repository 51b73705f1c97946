import { words } from "../words.ts";
import { dismiss, toasted } from "../state/toasts.ts";
import { Icon } from "./icon.tsx";

export function Toaster() {
  const one = toasted.value;
  const act = () => {
    dismiss();
    one?.action?.run();
  };
  return (
    <div class="toasts" role="status">
      {one && (
        <div class="toast" key={one.id}>
          <span class="grow">{one.text}</span>
          {one.action && <button type="button" class="do" onClick={act}>{one.action.label}</button>}
          <button type="button" class="tool" aria-label={words.dismiss} onClick={dismiss}><Icon name="x" class="small" /></button>
        </div>
      )}
    </div>
  );
}
