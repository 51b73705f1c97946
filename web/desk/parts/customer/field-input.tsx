import type { FieldKind } from "../../../wire/customers.ts";
import { customers as words } from "../../words-customers.ts";

type Props = {
  id: string;
  kind: FieldKind | "email" | "tel" | "area";
  choices?: readonly string[];
  value: string;
  wrong?: boolean;
  onValue: (value: string) => void;
};

const MODES = { text: "text", number: "decimal", date: "text", choice: "text", link: "url", email: "email", tel: "tel", area: "text" } as const;

/** What fits the kind of a field. */
export function FieldInput({ id, kind, choices = [], value, wrong = false, onValue }: Props) {
  const faulty = wrong ? { "aria-invalid": true as const, "aria-describedby": `${id}-below` } : {};
  if (kind === "area") return <textarea id={id} class="input" rows={3} value={value} placeholder={words.profile.aboutHint} onInput={(event) => onValue(event.currentTarget.value)} {...faulty} />;
  if (kind === "choice") {
    return (
      <select id={id} class="input" value={value} onChange={(event) => onValue(event.currentTarget.value)} {...faulty}>
        <option value="">{words.profile.none}</option>
        {(choices.includes(value) || value === "" ? choices : [value, ...choices]).map((one) => <option key={one} value={one}>{one}</option>)}
      </select>
    );
  }
  // The browser's own field for a day; everything else is text, so that nothing that was typed gets lost.
  const type = { type: (kind === "date" ? "date" : "text") as string } as { type: "text" };
  return <input id={id} class="input" {...type} inputMode={MODES[kind]} autocomplete="off" spellcheck={false} maxLength={kind === "text" ? 500 : 1000} value={value} onInput={(event) => onValue(event.currentTarget.value)} {...faulty} />;
}
