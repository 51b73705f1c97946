import { useState } from "preact/hooks";
import { customers as words } from "../../words-customers.ts";
import { Rich } from "../rich.tsx";

const MUCH = 400;
const MANY = 8;

/** What colleagues should know; where it is long, its beginning, so that the rest stays in sight. */
export function AboutThem({ text }: { text: string }) {
  const [whole, setWhole] = useState(false);
  const much = !whole && (text.length > MUCH || text.split("\n").length > MANY);
  return (
    <>
      <p class={`about-them ${much ? "much" : ""}`} dir="auto"><Rich text={text} /></p>
      {much && <button type="button" class="do show-more" onClick={() => setWhole(true)}>{words.panel.all}</button>}
    </>
  );
}
