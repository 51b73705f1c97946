import "../../style/tables.css";
import "../../style/customers.css";
import "./visitors.css";
import { useEffect, useRef, useState } from "preact/hooks";
import { request } from "../../../wire/fetch.ts";
import type { LiveVisitor, VisitorsAnswer } from "../../../wire/customers.ts";
import { countryName } from "../../parts/customer/saying.ts";
import { Address } from "../../parts/customer/value.tsx";
import { Age } from "../../parts/age.tsx";
import { CustomerFace } from "../../parts/face.tsx";
import { Icon } from "../../parts/icon.tsx";
import { Link } from "../../parts/link.tsx";
import { Rail } from "../../parts/rail.tsx";
import { Void } from "../../parts/void.tsx";
import { useWatching } from "../../parts/watching.ts";
import { connection, sayLooking } from "../../state/live.ts";
import { listed } from "../../state/route.ts";
import { whispers } from "../../state/store.ts";
import { words as all } from "../../words.ts";
import { customers as words } from "../../words-customers.ts";
import { InviteDialog } from "./invite.tsx";

const EVERY = 5000;
const SOON = 200;

/** Who is on the site now, on which page, since when. */
export function Visitors() {
  const { answer, failed, load } = useVisitors();
  const [invited, invite] = useState<LiveVisitor | null>(null);
  return (
    <div class="desk paged">
      <Rail />
      <main class="page visitors-page">
        <header class="head">
          <Link to={{ at: "list", ...listed.value }} class="tool back" label={all.talk.back(all.places[listed.value.place])}><Icon name="left" class="large turns" /></Link>
          <h1 class="grow">{words.visitors.title} {answer && answer.count > 0 && <span class="count">{answer.count.toLocaleString("en-GB")}</span>}</h1>
        </header>
        {answer ? <List visitors={answer.visitors} invite={invite} />
          : failed ? <Void icon="away" title={words.visitors.failed} action={<button type="button" class="button" onClick={load}>{all.tryAgain}</button>} />
          : <p class="hint late wide-in">{all.settings.loading}</p>}
      </main>
      {invited && <InviteDialog visitor={invited} onClose={() => { invite(null); load(); }} />}
    </div>
  );
}

/** Asked again when the desk says that somebody came or went on, and every few seconds, while somebody looks at it. */
function useVisitors() {
  const [answer, setAnswer] = useState<VisitorsAnswer | null>(null);
  const [failed, setFailed] = useState(false);
  const busy = useRef(false);
  const again = useRef(false);
  const watching = useWatching();
  const online = connection.value === "here";
  const { site } = whispers.value;
  const load = () => {
    if (busy.current) {
      again.current = true;
      return;
    }
    busy.current = true;
    again.current = false;
    request<VisitorsAnswer>("GET", "/api/visitors").then((now) => { setAnswer(now); setFailed(false); }, () => setFailed(true)).finally(() => {
      busy.current = false;
      if (again.current) load();
    });
  };
  useEffect(load, [online]);
  useEffect(() => {
    if (!watching || !online) return;
    load();
    const timer = setInterval(load, EVERY);
    return () => clearInterval(timer);
  }, [watching, online]);
  useEffect(() => {
    sayLooking({ conversation_id: null, site: true });
    return () => sayLooking(null);
  }, []);
  useEffect(() => {
    if (!watching || site === 0) return;
    const timer = setTimeout(load, SOON);
    return () => clearTimeout(timer);
  }, [site]);
  return { answer, failed, load };
}

function List({ visitors, invite }: { visitors: readonly LiveVisitor[]; invite: (one: LiveVisitor) => void }) {
  if (visitors.length === 0) return <Void icon="live" title={words.visitors.none}>{words.visitors.noneWhy}</Void>;
  return (
    <div class="wide-in">
      <table class="lines visitors-table">
        <thead>
          <tr>
            <th scope="col" colSpan={2}>{words.visitors.who}</th><th scope="col">{words.visitors.page}</th><th scope="col">{words.visitors.since}</th>
            <th scope="col" class="n">{words.visitors.pages}</th><th scope="col" class="head-device">{words.visitors.device}</th><td />
          </tr>
        </thead>
        <tbody>{visitors.map((one) => <Line key={one.browser} one={one} invite={invite} />)}</tbody>
      </table>
    </div>
  );
}

function Line({ one, invite }: { one: LiveVisitor; invite: (one: LiveVisitor) => void }) {
  const face = one.customer ?? { id: one.browser, called: one.called, named: false, proven: false };
  const place = [one.city, countryName(one.country)].filter(Boolean).join(", ");
  return (
    <tr data-id={one.browser}>
      <td class="sign"><CustomerFace customer={face} onSite size="s" /></td>
      <th scope="row" class="who-of">
        {one.customer ? <Link to={{ at: "customer", id: one.customer.id }}><bdi>{one.called}</bdi></Link> : <bdi>{one.called}</bdi>}
        <small><bdi>{place}</bdi></small>
      </th>
      <td class="col-page"><Address url={one.page.url} text={one.page.title || one.page.url} /></td>
      <td class="col-since"><Age at={one.since} /></td>
      <td class="n col-pages" data-is={words.visitors.pages}>{one.pages.toLocaleString("en-GB")}</td>
      <td class="col-device"><bdi class="clip">{one.device}</bdi></td>
      <td class="acts">{what(one, invite)}</td>
    </tr>
  );
}

function what(one: LiveVisitor, invite: (one: LiveVisitor) => void) {
  if (one.talking) return <Link to={{ at: "conversation", id: one.talking, ...listed.value }} class="do">{words.visitors.talking}</Link>;
  if (one.invited) return <span class="hint" title={words.visitors.invitedWhy}>{words.visitors.invited}</span>;
  return <button type="button" class="button" onClick={() => invite(one)}>{words.visitors.invite}<span class="sr">: {one.called}</span></button>;
}
