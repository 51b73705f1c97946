import "../../style/tables.css";
import "./evaluation.css";
import type { ComponentChildren } from "preact";
import { useEffect, useState } from "preact/hooks";
import { request } from "../../../wire/fetch.ts";
import type { Evaluation as Found, Report, Week } from "../../../wire/knowing.ts";
import { clock, sameDay, shortDate } from "../../parts/ages.ts";
import { Either } from "../../parts/either.tsx";
import { Icon } from "../../parts/icon.tsx";
import { Link } from "../../parts/link.tsx";
import { Rail } from "../../parts/rail.tsx";
import { Void } from "../../parts/void.tsx";
import { now } from "../../state/clock.ts";
import { command } from "../../state/commands.ts";
import { listed } from "../../state/route.ts";
import { desk, me } from "../../state/store.ts";
import { toast } from "../../state/toasts.ts";
import { words as all } from "../../words.ts";
import { evaluation as words } from "../../words-knowledge.ts";
import { BarPlot } from "./bar-plot.tsx";
import { Figures } from "./figures.tsx";
import { total } from "./scale.ts";
import { UseTable } from "./use-table.tsx";
import { WeeksPlot } from "./weeks-plot.tsx";

type Span = keyof typeof words.weeks;
const SPANS: readonly Span[] = ["4", "9", "0"];
const LOOK_AGAIN = 10_000;

/** How good the suggestions are, replayed from the company's own history and counted from its use. */
export function Evaluation() {
  const [span, setSpan] = useState<Span>("9");
  const { found, failed, load, setRunning } = useEvaluation(span);
  const admin = me.value.role === "admin";
  const run = () => {
    setRunning();
    command("/api/evaluation/run").catch(() => {
      toast({ text: all.faults.away });
      load();
    });
  };
  const again = admin && found && <RunButton running={found.running} run={run} first={found.report === null} />;
  const empty = found && !found.report && !found.weeks.some((week) => total(week) > 0);
  return (
    <div class="desk paged">
      <Rail />
      <main class="page evaluation">
        <header class="head">
          <Link to={{ at: "list", ...listed.value }} class="tool back" label={all.talk.back(all.places[listed.value.place])}><Icon name="left" class="large turns" /></Link>
          <h1 class="grow">{words.title}</h1>
          {!empty && <Either label={words.which} value={span} onChange={setSpan} options={SPANS.map((value) => ({ value, label: words.weeks[value] }))} />}
          {!empty && again}
        </header>
        {empty ? <Empty running={found.running} action={again} /> : found ? <Body found={found} /> : <Waiting failed={failed} load={load} />}
      </main>
    </div>
  );
}

function RunButton({ running, run, first }: { running: boolean; run: () => void; first: boolean }) {
  return (
    <button type="button" class={`button ${running ? "runs" : ""} ${first ? "main" : ""}`} disabled={running} aria-busy={running} onClick={run}>
      <Icon name="refresh" class="small" />{running ? words.running : first ? words.runFirst : words.run}
    </button>
  );
}

function Waiting({ failed, load }: { failed: boolean; load: () => void }) {
  if (!failed) return <div class="wide-in" aria-busy="true"><p class="hint late">{all.settings.loading}</p></div>;
  const again = <button type="button" class="button" onClick={load}>{all.tryAgain}</button>;
  return <Void icon="away" title={words.failed} action={again}>{all.later.why}</Void>;
}

function Empty({ running, action }: { running: boolean; action: ComponentChildren }) {
  if (running) return <Void icon="chart" title={words.underWay}>{words.underWayWhy}</Void>;
  return <Void icon="chart" title={words.none} action={action}>{words.noneWhy}</Void>;
}

function Body({ found }: { found: Found }) {
  const { report, weeks, sources } = found;
  const used = weeks.some((week) => total(week) > 0);
  return (
    <div class="wide-in"><div class="evaluated">
      {report && <section class="figures" aria-label={words.short}>{report.now && <Figures now={report.now} before={report.before} />}<p class="hint">{told(report)}</p></section>}
      <div class="plots">
        {report?.now && report.now.curve.length > 0 && <BarPlot now={report.now} before={report.before} bar={found.bar} />}
        <Became weeks={weeks} used={used} />
      </div>
      {sources.length > 0 && <UseTable sources={sources} />}
    </div></div>
  );
}

function Became({ weeks, used }: { weeks: readonly Week[]; used: boolean }) {
  return (
    <section class="plot-part">
      <div class="cap">
        <h2>{words.became}</h2>
        <span class="legend" aria-hidden="true">
          {(["sent", "edited", "ignored", "rejected"] as const).map((one) => <span key={one}><i class={one} />{words.verdicts[one]}</span>)}
        </span>
      </div>
      {used ? <WeeksPlot weeks={weeks} /> : <p class="hint">{words.noWeeks}</p>}
    </section>
  );
}

function told({ at, engine, conversations, now: measured }: Report): string {
  const when = sameDay(at, now.value) ? words.today(clock(at)) : words.on(shortDate(at, now.value));
  return measured ? words.told(conversations, when, engine) : words.tooFew;
}

/** Fetched when the page opens, when a run has ended, and from time to time while one is under way. */
function useEvaluation(span: Span) {
  const [found, setFound] = useState<Found | null>(null);
  const [failed, setFailed] = useState(false);
  const { evaluated } = desk().knowledge;
  const load = () => {
    setFailed(false);
    request<Found>("GET", `/api/evaluation?weeks=${span}`).then(setFound, () => setFailed(true));
  };
  useEffect(load, [span, evaluated]);
  const running = found?.running ?? false;
  useEffect(() => {
    if (!running) return;
    const timer = setInterval(load, LOOK_AGAIN);
    return () => clearInterval(timer);
  }, [running, span]);
  const setRunning = () => setFound((before) => before && { ...before, running: true });
  return { found, failed: failed && !found, load, setRunning };
}
