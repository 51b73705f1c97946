import type { ComponentChildren } from "preact";
import { useId, useState } from "preact/hooks";
import { words } from "../words.ts";
import { Icon } from "./icon.tsx";

type Common = { label: string; hint?: ComponentChildren; wrong?: string | undefined };
type Plain = {
  value: string;
  onValue: (value: string) => void;
  autocomplete?: string;
  autofocus?: boolean;
  placeholder?: string;
  readOnly?: boolean;
  maxLength?: number;
};
type Props = Common & Plain & { type?: "text" | "email"; inputMode?: "text" | "url" };

/** Label above, hint below, fault below the hint with sign and words. */
export function Field({ label, hint, wrong, value, onValue, type = "text", ...input }: Props) {
  const id = useId();
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <input id={id} {...kind(type)} value={value} onInput={(event) => onValue(event.currentTarget.value)} {...faulty(id, wrong, hint)} {...input} />
      <Below id={id} hint={hint} wrong={wrong} />
    </div>
  );
}

export function PasswordField({ label, hint, wrong, value, onValue, ...input }: Common & Plain) {
  const id = useId();
  const [shown, setShown] = useState(false);
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <div class="within">
        <input id={id} {...kind(shown ? "text" : "password")} spellcheck={false} autocapitalize="none" value={value}
          onInput={(event) => onValue(event.currentTarget.value)} {...faulty(id, wrong, hint)} {...input} />
        <button type="button" class="peek" aria-pressed={shown} onClick={() => setShown(!shown)}>
          {shown ? words.door.hide : words.door.show}
        </button>
      </div>
      <Below id={id} hint={hint} wrong={wrong} />
    </div>
  );
}

type Area = Common & { value: string; onValue: (value: string) => void; rows: number; placeholder?: string };

export function AreaField({ label, hint, wrong, value, onValue, rows, placeholder = "" }: Area) {
  const id = useId();
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <textarea id={id} rows={rows} value={value} placeholder={placeholder} spellcheck={false}
        onInput={(event) => onValue(event.currentTarget.value)} {...faulty(id, wrong, hint)} />
      <Below id={id} hint={hint} wrong={wrong} />
    </div>
  );
}

// The types tell every kind of input apart; here the kind is only known at run time.
function kind(type: string): { type: "text" } {
  return { type } as { type: "text" };
}

function faulty(id: string, wrong: string | undefined, hint: ComponentChildren) {
  if (wrong) return { "aria-invalid": true as const, "aria-describedby": `${id}-below` };
  return hint ? { "aria-describedby": `${id}-below` } : {};
}

function Below({ id, hint, wrong }: { id: string; hint?: ComponentChildren; wrong?: string | undefined }) {
  if (wrong) return <Wrong id={`${id}-below`}>{wrong}</Wrong>;
  return hint ? <span class="hint" id={`${id}-below`}>{hint}</span> : null;
}

export function Wrong({ id, children }: { id?: string; children: ComponentChildren }) {
  return <span class="wrong" id={id} role="alert"><Icon name="warn" class="small" /><span>{children}</span></span>;
}
