import { computed, signal } from "@preact/signals";
import type { Filters, Place } from "./state.ts";

export type Section = "you" | "company" | "widget" | "agents" | "teams" | "labels" | "ready" | "fields" | "keeping";
export type Listed = { place: Place; closed: boolean } & Filters;
export type Route =
  | ({ at: "list" } & Listed)
  | ({ at: "conversation"; id: string; message?: string } & Listed)
  | { at: "settings"; section: Section }
  | { at: "knowledge"; source: string | null; passage?: string }
  | { at: "evaluation" }
  | { at: "customers"; query?: string }
  | { at: "customer"; id: string; place?: string }
  | { at: "company"; id: string }
  | { at: "visitors" }
  | { at: "nowhere" };

const NAMES: Record<Place, string> = {
  mine: "inbox", unassigned: "unassigned", mentions: "mentions", starred: "starred", snoozed: "snoozed", all: "all",
};
const FILTERS = ["team", "label", "channel"] as const;
const SECTIONS: readonly string[] = ["you", "company", "widget", "agents", "teams", "labels", "ready", "fields", "keeping"] satisfies Section[];

export function parse(address: string): Route {
  const { pathname, searchParams } = new URL(address, "http://desk");
  const [first = "", second = "", ...rest] = pathname.split("/").slice(1);
  const closed = searchParams.get("show") === "closed";
  const filters = filtersIn(searchParams);
  if (rest.length > 0) return { at: "nowhere" };
  const message = searchParams.get("at");
  if (first === "c" && second) return { at: "conversation", id: second, ...(message && { message }), place: within(named(searchParams.get("from")), filters) ?? "mine", closed, ...filters };
  if (first === "settings" && SECTIONS.includes(second || "you")) return { at: "settings", section: (second || "you") as Section };
  const passage = searchParams.get("passage");
  if (first === "knowledge") return { at: "knowledge", source: second || null, ...(second && passage && { passage }) };
  if (first === "evaluation" && !second) return { at: "evaluation" };
  if (first === "visitors" && !second) return { at: "visitors" };
  if (first === "companies" && second) return { at: "company", id: second };
  const place = searchParams.get("place");
  if (first === "customers" && second) return { at: "customer", id: second, ...(place && { place }) };
  if (first === "customers") return { at: "customers", ...(searchParams.size > 0 && { query: searchParams.toString() }) };
  const listed = first === "" ? "mine" : within(named(first), filters);
  return listed && !second ? { at: "list", place: listed, closed, ...filters } : { at: "nowhere" };
}

/** Conversations of everybody are listed under a label alone. */
function within(place: Place | null, { label }: Filters): Place | null {
  return place === "all" && !label ? null : place;
}

function named(name: string | null): Place | null {
  const found = Object.entries(NAMES).find(([, known]) => known === name);
  return found ? (found[0] as Place) : null;
}

function filtersIn(query: URLSearchParams): Filters {
  const given = FILTERS.flatMap((name) => { const value = query.get(name); return value ? [[name, value]] : []; });
  return Object.fromEntries(given) as Filters;
}

export function addressOf(route: Route): string {
  if (route.at === "settings") return `/settings/${route.section}`;
  if (route.at === "knowledge") return `/knowledge${route.source ? `/${encodeURIComponent(route.source)}` : ""}${route.passage ? `?passage=${encodeURIComponent(route.passage)}` : ""}`;
  if (route.at === "evaluation") return "/evaluation";
  if (route.at === "visitors") return "/visitors";
  if (route.at === "company") return `/companies/${encodeURIComponent(route.id)}`;
  if (route.at === "customers") return `/customers${route.query ? `?${route.query}` : ""}`;
  if (route.at === "customer") return `/customers/${encodeURIComponent(route.id)}${route.place ? `?place=${encodeURIComponent(route.place)}` : ""}`;
  if (route.at === "nowhere") return "/inbox";
  const query = new URLSearchParams();
  if (route.at === "conversation") query.set("from", NAMES[route.place]);
  if (route.at === "conversation" && route.message) query.set("at", route.message);
  if (route.closed) query.set("show", "closed");
  FILTERS.forEach((name) => { const value = route[name]; if (value) query.set(name, value); });
  const path = route.at === "list" ? NAMES[route.place] : `c/${encodeURIComponent(route.id)}`;
  return `/${path}${query.size > 0 ? `?${query}` : ""}`;
}

export const route = signal<Route>({ at: "list", place: "mine", closed: false });

export const openId = computed(() => (route.value.at === "conversation" ? route.value.id : null));

/** The list that stands beside what is open; Settings come back to the one seen last. */
export const listed = signal<Listed>({ place: "mine", closed: false });

export function go(to: Route, how: "push" | "replace" = "push"): void {
  const address = addressOf(to);
  const same = address === location.pathname + location.search;
  history[how === "replace" || same ? "replaceState" : "pushState"](null, "", address);
  settle(to);
}

export function openConversation(id: string): void {
  go({ at: "conversation", id, ...listed.peek() });
}

export function followAddress(): void {
  addEventListener("popstate", read);
  read();
}

function read(): void {
  settle(parse(location.pathname + location.search));
}

function settle(to: Route): void {
  route.value = to;
  if (to.at === "list" || to.at === "conversation") listed.value = listOn(to);
}

function listOn(to: Listed): Listed {
  return { place: to.place, closed: to.closed, ...filtersOf(to) };
}

export function filtersOf({ team, label, channel }: Filters): Filters {
  return { ...(team && { team }), ...(label && { label }), ...(channel && { channel }) };
}
