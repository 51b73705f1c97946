import { useEffect, useRef, useState } from "preact/hooks";
import { request, WireError } from "../../../wire/fetch.ts";
import type { HistoryAnswer } from "../../../wire/customers.ts";
import { useAgain } from "../../parts/customer/pages.ts";
import { pathOf } from "../../state/knowing-customers.ts";
import { type Telling, toldBy, withNewer, withOlder } from "./telling.ts";

const PAGE = "60";

type From = { around: string } | { at: string } | Record<string, never>;
/** What one came for: a hit, or the first thing from a moment on. */
export type Goal = { item: string } | { moment: number } | "end";
export type Reading = {
  telling: Telling | null; fault: "failed" | "missing" | null; goal: Goal; jumps: number;
  begin: (from: From, goal: Goal) => void; older: () => void; newer: () => void;
};

/** One customer's history, wherever one begins, and on from there both ways. */
export function useReading(customer: string, notes: boolean, place: string | undefined): Reading {
  const [telling, setTelling] = useState<Telling | null>(null);
  const [fault, setFault] = useState<"failed" | "missing" | null>(null);
  const [goal, setGoal] = useState<Goal>("end");
  const [jumps, setJumps] = useState(0);
  const asked = useRef(0);
  const busy = useRef(false);
  const get = (query: Record<string, string>) =>
    request<HistoryAnswer>("GET", `${pathOf(customer, "history")}?${new URLSearchParams({ notes: String(notes), limit: PAGE, ...query })}`);
  const begin = (from: From, to: Goal) => {
    const mine = (asked.current += 1);
    setFault(null);
    get(from).then((answer) => {
      if (mine !== asked.current) return;
      setTelling(toldBy(answer));
      setGoal(to);
      setJumps((now) => now + 1);
    }, (cause: unknown) => { if (mine === asked.current) setFault(cause instanceof WireError && cause.kind === "missing" ? "missing" : "failed"); });
  };
  const go = (query: Record<string, string>, put: (have: Telling, answer: HistoryAnswer) => Telling) => {
    if (busy.current) return;
    const mine = asked.current;
    busy.current = true;
    get(query).then((answer) => { if (mine === asked.current) setTelling((have) => have && put(have, answer)); }, () => undefined)
      .finally(() => { busy.current = false; });
  };
  useEffect(() => begin(place ? { around: place } : {}, "end"), [customer, notes]);
  useAgain(customer, () => {
    if (!telling) begin({}, "end");
    else if (telling.newer === null) go({}, withNewer);
  }, Object.keys(telling?.rows ?? {}));
  return {
    telling, fault, goal, jumps, begin,
    older: () => { if (telling?.older) go({ before: telling.older }, withOlder); },
    newer: () => { if (telling?.newer) go({ after: telling.newer }, withNewer); },
  };
}
