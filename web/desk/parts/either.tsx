import type { KeyboardEvent } from "./events.ts";
import { step } from "./roving.ts";

type Props<T extends string> = {
  label: string;
  /** A choice between views, or between values of a setting. */
  is?: "tabs" | "choice";
  options: readonly { value: T; label: string }[];
  value: T;
  onChange: (value: T) => void;
};

/** The switch of two or three; arrow keys move it. */
export function Either<T extends string>({ label, is = "choice", options, value, onChange }: Props<T>) {
  const move = (event: KeyboardEvent) => step(event, "horizontal");
  return (
    <span class="either" role={is === "tabs" ? "tablist" : "radiogroup"} aria-label={label} onKeyDown={move}>
      {options.map((option) => {
        const on = option.value === value;
        const state = is === "tabs" ? { role: "tab" as const, "aria-selected": on } : { role: "radio" as const, "aria-checked": on };
        return (
          <button key={option.value} type="button" {...state} tabIndex={on ? 0 : -1} onClick={() => onChange(option.value)}>
            {option.label}
          </button>
        );
      })}
    </span>
  );
}
