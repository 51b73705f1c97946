import { signal } from "@preact/signals";
import { storage } from "../../wire/storage.ts";

export type Habit = "choose" | "enter";

const TIMES = 10;
const KEY = "frontdesk:habit:";
const store = storage();
const known = signal<Readonly<Partial<Record<Habit, number>>>>({});

function timesOf(habit: Habit): number {
  return known.value[habit] ?? (Number(store.getItem(KEY + habit)) || 0);
}

/** Whoever has done it ten times needs no hint of it any more, on this machine. */
export function isHabit(habit: Habit): boolean {
  return timesOf(habit) >= TIMES;
}

export function practise(habit: Habit): void {
  if (isHabit(habit)) return;
  const times = timesOf(habit) + 1;
  known.value = { ...known.peek(), [habit]: times };
  try {
    store.setItem(KEY + habit, String(times));
  } catch {
    // A full store only means that the hint stays.
  }
}
