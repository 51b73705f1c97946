import { useEffect } from "preact/hooks";
import { Icon } from "../../parts/icon.tsx";
import { latePart } from "../../parts/later.tsx";
import { Rail } from "../../parts/rail.tsx";
import { Void } from "../../parts/void.tsx";
import { filtersOf, go, listed, route } from "../../state/route.ts";
import { sayLooking } from "../../state/live.ts";
import { panelOpen } from "../../state/panel.ts";
import { listOf, rowOf } from "../../state/store.ts";
import { words } from "../../words.ts";
import { ListColumn } from "./list.tsx";
import { Acts } from "./acts.tsx";
import { codeAhead, panelCode } from "./panel-ahead.ts";
import { Talk } from "./talk.tsx";

const CustomerPanel = latePart(panelCode);
// After a conversation has come up, and what came with it.
const AHEAD = 1_500;
const shut = () => { panelOpen.value = false; };

/** Rail, list, conversation, and beside it the panel, when it is asked for. */
export function Desk() {
  const at = route.value;
  const id = at.at === "conversation" ? at.id : null;
  useEffect(() => {
    sayLooking({ conversation_id: id });
    return () => { if (id) sayLooking(null); };
  }, [id]);
  useEffect(() => {
    if (!id) return undefined;
    const timer = setTimeout(codeAhead, AHEAD);
    return () => clearTimeout(timer);
  }, [id]);
  const row = id ? rowOf(id) : undefined;
  const panelled = row !== undefined && panelOpen.value;
  return (
    <div class={`desk ${at.at === "list" ? "" : "talking"} ${panelled ? "panelled" : ""}`}>
      <Rail />
      <ListColumn />
      {id ? <Talk key={id} id={id} /> : at.at === "nowhere" ? <Nowhere /> : <NoTalk />}
      {panelled && <CustomerPanel key={row.id} customer={row.customer} conversation={row.id} onShut={shut} />}
      <Acts />
    </div>
  );
}

// Where there is nothing to choose, the list says so, and that is enough.
function NoTalk() {
  const { place, closed } = listed.value;
  const some = (listOf(place, closed, filtersOf(listed.value))?.ids.length ?? 0) > 0;
  return <main class="talk">{some && <Void icon="inbox" title={words.empty.talk.title}>{words.empty.talk.text}</Void>}</main>;
}

function Nowhere() {
  const home = (
    <button type="button" class="button" onClick={() => go({ at: "list", place: "mine", closed: false })}>
      <Icon name="inbox" class="small" />{words.empty.nowhere.go}
    </button>
  );
  return <main class="talk"><Void icon="page" title={words.empty.nowhere.title} action={home}>{words.empty.nowhere.text}</Void></main>;
}
