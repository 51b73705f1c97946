import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import { Icon } from "../../parts/icon.tsx";
import { Link } from "../../parts/link.tsx";
import { Void } from "../../parts/void.tsx";
import { pathOf } from "../../state/knowledge.ts";
import { desk, me } from "../../state/store.ts";
import type { Source } from "../../../wire/knowing.ts";
import { knowledge as words } from "../../words-knowledge.ts";
import { AnswerDialog } from "./answer-dialog.tsx";
import { Answers } from "./answers.tsx";
import { Pages } from "./pages.tsx";
import { Readings } from "./readings.tsx";
import { lineOf, nameOf } from "./saying.ts";
import { SourceMenu } from "./source-menu.tsx";
import { SourceState } from "./sources.tsx";

/** One source: what was read of it and what not, and the passages as they can be suggested. */
export function SourceDetails({ id }: { id: string }) {
  const sources = desk().knowledge.sources;
  const source = sources?.find((one) => one.id === id);
  const home = <Link to={{ at: "knowledge", source: null }} class="button">{words.back}</Link>;
  if (!source) return <main class="page" aria-busy={!sources}>{sources && <Void icon="book" title={words.missing} action={home}>{words.missingWhy}</Void>}</main>;
  return (
    <main class="page knowledge">
      <Head source={source} />
      <div class="wide-in"><div class="side">
        <p class="about-source">
          <span class="hint">{lineOf(source)}</span><span class="hint num">{words.many(source.passages)}</span><SourceState source={source} />
        </p>
        <Readings sources={[source]} />
        <Content source={source} />
      </div></div>
    </main>
  );
}

function Head({ source }: { source: Source }) {
  const [writing, write] = useState(false);
  return (
    <header class="head">
      <Link to={{ at: "knowledge", source: null }} class="tool up" label={words.back}><Icon name="left" class="large turns" /></Link>
      <h1 class="grow clip"><bdi>{nameOf(source)}</bdi></h1>
      {source.kind === "answers" && <button type="button" class="button main" onClick={() => write(true)}><Icon name="pencil" class="small" />{words.write}</button>}
      {source.file && <a class="button" href={pathOf("documents", source.id, "file")} download={source.file.name}>{words.download}</a>}
      {me.value.role === "admin" && <SourceMenu source={source} />}
      {writing && <AnswerDialog onClose={() => write(false)} />}
    </header>
  );
}

function Content({ source }: { source: Source }): ComponentChildren {
  switch (source.kind) {
    case "answers": return <Answers />;
    case "conversations": return <p class="says-what">{words.conversationsText}</p>;
    case "website": case "document": return <Pages source={source} />;
  }
}
