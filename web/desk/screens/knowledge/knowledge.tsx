import "../../style/tables.css";
import "./knowledge.css";
import { useEffect, useState } from "preact/hooks";
import { Icon } from "../../parts/icon.tsx";
import { Link } from "../../parts/link.tsx";
import { Rail } from "../../parts/rail.tsx";
import { loadSources } from "../../state/knowledge.ts";
import { narrow } from "../../state/device.ts";
import { connection } from "../../state/live.ts";
import { listed } from "../../state/route.ts";
import { desk, me } from "../../state/store.ts";
import { words as all } from "../../words.ts";
import { knowledge as words } from "../../words-knowledge.ts";
import { AddSource } from "./add-source.tsx";
import { AnswerDialog } from "./answer-dialog.tsx";
import { ModelPart } from "./model.tsx";
import { Readings } from "./readings.tsx";
import { SourceDetails } from "./details.tsx";
import { Sources } from "./sources.tsx";
import { Troubles } from "./troubles.tsx";
import { TryIt } from "./try-it.tsx";
import { NoAnswer } from "./unanswered.tsx";

/** What the desk knows, and where from. Everyone may look and write answers; admins manage the sources. */
export function Knowledge({ source }: { source: string | null }) {
  const [failed, setFailed] = useState(false);
  const online = connection.value === "here";
  const load = () => {
    setFailed(false);
    loadSources().catch(() => setFailed(true));
  };
  useEffect(load, [online]);
  return (
    <div class="desk paged">
      <Rail />
      {source ? <SourceDetails key={source} id={source} /> : <Overview failed={failed} load={load} />}
    </div>
  );
}

type Shown = "add" | "write" | null;

function Overview({ failed, load }: { failed: boolean; load: () => void }) {
  const [shown, show] = useState<Shown>(null);
  const admin = me.value.role === "admin";
  const { sources, model } = desk().knowledge;
  return (
    <main class="page knowledge">
      <header class="head">
        <Link to={{ at: "list", ...listed.value }} class="tool back" label={all.talk.back(all.places[listed.value.place])}><Icon name="left" class="large turns" /></Link>
        <h1 class="grow">{words.title}</h1>
        <button type="button" class={`button ${admin ? "" : "main"}`} onClick={() => show("write")}><Icon name="pencil" class="small" /><span class={admin ? "short-of" : ""}>{words.write}</span></button>
        {admin && <button type="button" class="button main" onClick={() => show("add")}><Icon name="plus" class="small" />{words.add}</button>}
      </header>
      <div class="wide-in"><div class="two-sides">
        <div class="side">
          <Troubles load={load} />
          {narrow.value && <TryIt />}
          {sources && <Readings sources={sources} />}
          <section class="part">
            <h2>{words.sources}</h2>
            {sources ? <Sources sources={sources} /> : failed ? <Failed load={load} /> : <p class="hint late">{all.settings.loading}</p>}
          </section>
          <NoAnswer />
          {admin && model && <ModelPart model={model} />}
        </div>
        {!narrow.value && <TryIt />}
      </div></div>
      {shown === "add" && <AddSource onClose={() => show(null)} />}
      {shown === "write" && <AnswerDialog onClose={() => show(null)} />}
    </main>
  );
}

function Failed({ load }: { load: () => void }) {
  return <p class="hint">{words.failed} <button type="button" class="do" onClick={load}>{all.tryAgain}</button></p>;
}
