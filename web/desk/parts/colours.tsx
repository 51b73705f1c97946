import { useId } from "preact/hooks";
import { words } from "../words.ts";
import type { KeyboardEvent } from "./events.ts";
import { step } from "./roving.ts";

/** The twelve that can be read on every ground. */
export const COLOURS = ["red", "coral", "orange", "gold", "olive", "green", "teal", "sky", "blue", "rose", "brown", "slate"] as const;
export type Colour = (typeof COLOURS)[number];

type Props = { value: string; onChange: (colour: Colour) => void };

/** One of the twelve, as a dot with a name; arrow keys move it. */
export function ColourChoice({ value, onChange }: Props) {
  const id = useId();
  const move = (event: KeyboardEvent) => step(event, "horizontal");
  return (
    <div class="field">
      <span class="lab" id={id}>{words.colours.label}</span>
      <div class="colours" role="radiogroup" aria-labelledby={id} onKeyDown={move}>
        {COLOURS.map((one) => (
          <button key={one} type="button" role="radio" class={`colour ${one}`} aria-checked={one === value} aria-label={words.colours[one]} title={words.colours[one]}
            tabIndex={one === value ? 0 : -1} onClick={() => onChange(one)}><i class="dot" /></button>
        ))}
      </div>
    </div>
  );
}
