import { computed } from "@preact/signals";
import { callablesOf, type Callable, type Who } from "../parts/mentions.ts";
import { state, whispers } from "./store.ts";

const agents = computed(() => state.value?.agents);
const teams = computed(() => state.value?.teams);
const mine = computed(() => state.value?.me.id);
const here = computed(() => whispers.value.here);

// One is called the same whether one is gone or not, so that old notes keep their words.
const everybody = computed(() => callablesOf(agents.value ?? [], teams.value ?? []));

const names = computed(() => new Map(everybody.value.map((one) => [`${one.who}:${one.id}`, one.called])));

/** What somebody is called in a note; undefined for who is not known. */
export function nameOf(who: Who, id: string): string | undefined {
  return names.value.get(`${who}:${id}`);
}

/** Whom I can call: my colleagues, who is here first, then the teams, mine first. */
export const callables = computed((): readonly Callable[] => {
  const gone = new Set([...(agents.value ?? []).filter((one) => one.disabled), ...(teams.value ?? []).filter((one) => one.retired)].map((one) => one.id));
  const ofMine = new Set((teams.value ?? []).filter((one) => one.members.includes(mine.value ?? "")).map((one) => one.id));
  const isHere = new Set(here.value);
  const last = ({ who, id }: Callable) => (who === "team" ? (ofMine.has(id) ? 2 : 3) : isHere.has(id) ? 0 : 1);
  return everybody.value
    .filter((one) => !gone.has(one.id) && one.id !== mine.value)
    .sort((a, b) => last(a) - last(b) || a.name.localeCompare(b.name));
});
