import { useLayoutEffect } from "preact/hooks";
import { inOrder } from "../../parts/labelled.ts";
import { wakesFrom, whenOf } from "../../parts/snoozing.ts";
import { type Command, offerCommands } from "../../state/bar.ts";
import { putLabel, putStar } from "../../state/keeping.ts";
import { desk } from "../../state/store.ts";
import type { Row } from "../../../wire/types.ts";
import { words } from "../../words.ts";
import { mayHandOver, takers } from "./hand-over.tsx";
import { maySnooze, sleep } from "./snooze-picks.tsx";

const says = words.search.commands;

/** What can be done with the conversation that is open, offered in the search box too. */
export function useOffered(row: Row): void {
  useLayoutEffect(() => offerCommands(() => [...starring(row), ...labelling(row), ...snoozing(row), ...handing(row)]), [row]);
}

function starring(row: Row): Command[] {
  return [{ id: "star", icon: "star", name: row.starred ? says.unstar : says.star, run: () => void putStar(row.id, !row.starred) }];
}

function labelling(row: Row): Command[] {
  const worn = (desk().labelled[row.id] ?? []).filter(({ message_id }) => message_id === null).map(({ label_id }) => label_id);
  return inOrder(desk().labels.filter(({ id, retired }) => !retired || worn.includes(id))).map(({ id, name, own }): Command => {
    const on = !worn.includes(id);
    const called = words.labels.named(name, own);
    return { id: `label-${id}`, icon: "label", name: on ? says.label(called) : says.unlabel(called), run: () => void putLabel(row.id, null, id, on) };
  });
}

function snoozing(row: Row): Command[] {
  if (!maySnooze(row)) return [];
  const now = Date.now();
  const wakes = wakesFrom(now).map(({ key, at }): Command => ({ id: `snooze-${key}`, icon: "clock", name: says.snooze(whenOf(at, now)), run: () => void sleep(row, at) }));
  return row.snoozed_until === null ? wakes : [{ id: "wake", icon: "inbox", name: words.snooze.wake, run: () => void sleep(row, null) }, ...wakes];
}

function handing(row: Row): Command[] {
  if (!mayHandOver(row)) return [];
  return takers(row).map(({ key, command, take }): Command => ({ id: `hand-${key}`, icon: "hand", name: command, run: take }));
}
