import { useId, useState } from "preact/hooks";
import type { TargetedSubmitEvent } from "preact";
import { request } from "../../../wire/fetch.ts";
import type { Found, Tried } from "../../../wire/knowing.ts";
import { From, HowSure, Slotted } from "../../parts/suggested.tsx";
import { words as all } from "../../words.ts";
import { knowledge as words } from "../../words-knowledge.ts";

const figure = (confidence: number) => confidence.toFixed(2);

/** A question as a customer would ask it, and what would be suggested, and why. */
export function TryIt() {
  const id = useId();
  const [question, setQuestion] = useState("");
  const [tried, setTried] = useState<Tried | "failed" | null>(null);
  const [busy, setBusy] = useState(false);
  const ask = async (event: TargetedSubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (question.trim() === "" || busy) return;
    setBusy(true);
    setTried(await request<Tried>("POST", "/api/knowledge/try", { question: question.trim() }).catch(() => "failed" as const));
    setBusy(false);
  };
  return (
    <aside class="side try-it" aria-labelledby={`${id}-title`}>
      <h2 id={`${id}-title`}>{words.tryTitle}</h2>
      <form class="try" onSubmit={(event) => void ask(event)}>
        <input class="input" value={question} aria-label={words.tryLabel} placeholder={words.tryHint} enterkeyhint="search"
          onInput={(event) => setQuestion(event.currentTarget.value)} />
        <button class="key" aria-label={words.tryGo} disabled={busy}>↵</button>
      </form>
      <div aria-live="polite" aria-busy={busy}>
        {tried === "failed" && <p class="hint">{words.tryFailed}</p>}
        {tried && tried !== "failed" && <Outcome key={JSON.stringify(tried)} tried={tried} />}
      </div>
    </aside>
  );
}

function Outcome({ tried }: { tried: Tried }) {
  const shown = tried.found.filter((one) => one.is_shown);
  const below = tried.found.filter((one) => !one.is_shown);
  const [chosen, choose] = useState(0);
  const why = shown[chosen];
  return (
    <>
      {shown.length === 0 && <p class="hint">{below.length > 0 ? words.silent : words.nothing}</p>}
      <div class="found">
        {shown.map((one, nth) => <Card key={one.suggestion.id} found={one} nth={nth} on={nth === chosen} choose={shown.length > 1 ? () => choose(nth) : null} />)}
      </div>
      <dl class="why">
        {why && <><dt>{words.why[chosen]}</dt><dd><Why found={why} /></dd></>}
        {below.length > 0 && <Below below={below} />}
      </dl>
    </>
  );
}

type CardProps = { found: Found; nth: number; on?: boolean; choose?: (() => void) | null };

function Card({ found: { suggestion }, nth, on = false, choose = null }: CardProps) {
  const text = <span class="says" dir="auto"><Slotted text={suggestion.text} /></span>;
  return (
    <article class={`offer open ${on && choose ? "on" : ""}`} aria-label={all.offers.label(nth + 1, all.offers.sure[suggestion.sure])}>
      <div class="top">
        <HowSure sure={suggestion.sure} />{suggestion.drafted && <span class="note-of">· {all.offers.drafted}</span>}
        <span class="figure">{figure(suggestion.confidence)}</span>
      </div>
      <p>{choose ? <button type="button" class="use" aria-pressed={on} onClick={choose}>{text}</button> : text}</p>
      <From suggestion={suggestion} />
    </article>
  );
}

function Why({ found: { words: common, meaning, sent, edited, rejected } }: { found: Found }) {
  return <>{words.whyWords(common)} {words.meaning(meaning)} {words.record(sent, edited, rejected)}</>;
}

function Below({ below }: { below: readonly Found[] }) {
  const [open, setOpen] = useState(false);
  const best = Math.max(...below.map((one) => one.suggestion.confidence));
  return (
    <>
      <dt>{words.below}</dt>
      <dd>
        {words.belowMany(below.length, figure(best))} <button type="button" class="do" aria-expanded={open} onClick={() => setOpen(!open)}>{open ? words.hide : words.show}</button>
        {open && <div class="found lower">{below.map((one, nth) => <Card key={one.suggestion.id} found={one} nth={nth} />)}</div>}
      </dd>
    </>
  );
}
