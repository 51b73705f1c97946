import "./customers.css";
import { useEffect, useState } from "preact/hooks";
import { CustomerFace } from "../../parts/face.tsx";
import { CustomerPanel } from "../../parts/customer/panel.tsx";
import { Icon } from "../../parts/icon.tsx";
import { Link } from "../../parts/link.tsx";
import { Rail } from "../../parts/rail.tsx";
import { heard } from "../../state/about.ts";
import { narrow } from "../../state/device.ts";
import { sayLooking } from "../../state/live.ts";
import { loadCustomer } from "../../state/knowing-customers.ts";
import { whispers } from "../../state/store.ts";
import type { CustomerBrief } from "../../../wire/types.ts";
import { customers as words } from "../../words-customers.ts";
import { Finding } from "./finding.tsx";
import { History } from "./history.tsx";
import { useReading } from "./reading.ts";

// The types tell every kind of input apart; here there is no better kind than the browser's own for a day.
const DAY = { type: "date" as string } as { type: "text" };

/** One customer: everything that was said with them, as one, and beside it who they are. */
export function Customer({ id, place }: { id: string; place?: string }) {
  const [notes, setNotes] = useState(true);
  const [panelled, panel] = useState(!narrow.peek());
  const reading = useReading(id, notes, place);
  useEffect(() => { void loadCustomer(id); }, [id]);
  const profile = heard.value.about[id]?.profile;
  const kept = profile?.id ?? id;
  useEffect(() => {
    sayLooking({ conversation_id: null, customer_id: kept });
    return () => sayLooking(null);
  }, [kept]);
  const row = Object.values(reading.telling?.rows ?? {})[0];
  const customer: CustomerBrief = profile ?? row?.customer ?? { id, called: "", named: false, proven: false };
  const toDay = (day: string) => {
    const at = new Date(`${day}T00:00:00`).getTime();
    if (!Number.isNaN(at)) reading.begin({ at: String(Math.max(0, at)) }, { moment: at });
  };
  return (
    <div class={`desk paged of-customer ${panelled ? "panelled" : ""}`}>
      <Rail />
      <main class="page customer-page" aria-label={words.history.of(customer.called)}>
        <header class="head">
          <Link to={{ at: "customers" }} class="tool back" label={words.history.back}><Icon name="left" class="large turns" /></Link>
          <CustomerFace customer={customer} onSite={id in whispers.value.visiting} size="s" />
          <h1 class="grow clip"><bdi>{customer.called}</bdi></h1>
          <button type="button" class={`tool ${panelled ? "on" : ""}`} aria-pressed={panelled} aria-label={words.panel.open} title={words.panel.open} onClick={() => panel(!panelled)}><Icon name="info" /></button>
        </header>
        <div class="history-tools">
          <Finding customer={id} notes={notes} onHit={(hit) => reading.begin({ around: hit.cursor }, { item: hit.item_id })} />
          <label class="day-pick"><span class="sr">{words.history.date}</span><input class="input" {...DAY} title={words.history.date} onChange={(event) => toDay(event.currentTarget.value)} /></label>
          <label class="tick"><input type="checkbox" checked={notes} onChange={(event) => setNotes(event.currentTarget.checked)} />{words.history.notes}</label>
        </div>
        <History reading={reading} customer={customer} />
      </main>
      {panelled && customer.called !== "" && <CustomerPanel key={id} customer={customer} conversation={null} onShut={() => panel(false)} />}
    </div>
  );
}
