import { useEffect, useLayoutEffect, useRef } from "preact/hooks";
import { words } from "../../words.ts";
import { Icon } from "../../parts/icon.tsx";
import { Void } from "../../parts/void.tsx";
import { attach } from "../../state/uploads.ts";
import { ensureConversation, fetches } from "../../state/fetching.ts";
import { connection } from "../../state/live.ts";
import { go, listed } from "../../state/route.ts";
import { undo } from "../../state/suggesting.ts";
import { onKey } from "../../state/keys.ts";
import { desk, rowOf } from "../../state/store.ts";
import { Composer } from "./composer.tsx";
import { useDrop } from "./drop.ts";
import { ForeignDialog } from "./foreign.tsx";
import { Log } from "./log.tsx";
import { Offers } from "./offers.tsx";
import { TalkHead } from "./talk-head.tsx";

export function Talk({ id }: { id: string }) {
  const row = rowOf(id);
  const items = desk().timelines[id];
  const column = useRef<HTMLElement>(null);
  const online = connection.value === "here";
  useEffect(() => { void ensureConversation(id); }, [id, online]);
  useLayoutEffect(() => onKey("z", () => undo(id)), [id]);
  const dropping = useDrop(column, (files) => attach(id, files));
  if (!row) return <Unknown id={id} />;
  return (
    <main class="talk" ref={column} aria-label={words.talk.label(row.customer.called)}>
      <TalkHead row={row} />
      {items ? <Log row={row} items={items} /> : <Waiting id={id} />}
      {items && <Offers row={row} />}
      <Composer row={row} />
      <ForeignDialog row={row} />
      {dropping && <div class="drop"><Icon name="clip" class="large" />{words.write.drop}</div>}
    </main>
  );
}

function Unknown({ id }: { id: string }) {
  const outcome = fetches.value[`row:${id}`];
  if (outcome === "failed") return <main class="talk"><Retry id={id} /></main>;
  if (outcome !== "missing") return <main class="talk" aria-busy="true" />;
  const home = <button type="button" class="button" onClick={() => go({ at: "list", ...listed.peek() })}>{words.empty.missing.go}</button>;
  return <main class="talk"><Void icon="page" title={words.empty.missing.title} action={home}>{words.empty.missing.text}</Void></main>;
}

function Waiting({ id }: { id: string }) {
  if (fetches.value[`timeline:${id}`] === "failed") return <Retry id={id} />;
  return (
    <div class="said late" aria-busy="true">
      <div class="in">
        <div class="group"><span class="face s" /><div class="stack"><i class="bubble ghostly wide" /><i class="bubble ghostly" /></div></div>
        <div class="group ours"><div class="stack"><i class="bubble ghostly wide" /></div></div>
      </div>
    </div>
  );
}

function Retry({ id }: { id: string }) {
  const again = <button type="button" class="button" onClick={() => void ensureConversation(id)}>{words.tryAgain}</button>;
  return <Void icon="away" title={words.talk.failed} action={again}>{words.talk.failedWhy}</Void>;
}
