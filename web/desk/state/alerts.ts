import { effect, signal } from "@preact/signals";
import type { Fact } from "../../wire/facts.ts";
import { storage } from "../../wire/storage.ts";
import type { Me, Notice, Row } from "../../wire/types.ts";
import { shortName } from "../parts/names.ts";
import { words } from "../words.ts";
import { go, listed, openConversation, openId, route } from "./route.ts";
import { chime } from "./sound.ts";
import { agentById, type Place } from "./state.ts";
import { desk, rowOf, state, unread } from "./store.ts";
import { toast } from "./toasts.ts";

const ASKED = "frontdesk:asked-to-notify";

/** Whether to ask, once, to be told of messages in a hidden tab: after one was missed, not before. */
export const asks = signal(false);

/** A customer wrote in a conversation that is mine or nobody's. */
export function concerns(fact: Fact, me: string): boolean {
  if (fact.kind !== "CustomerWrote") return false;
  const { owner_id } = fact.data.conversation;
  return owner_id === null || owner_id === me;
}

export function alertFor(fact: Fact): void {
  const me = state.peek()?.me;
  if (me && fact.kind === "NoticeGiven") tellNotice(fact.data.notice, me);
  if (!me || !fact.conversation_id) return;
  const row = rowOf(fact.conversation_id);
  if (!row) return;
  if (cameBack(fact, me.id) && openId.peek() !== row.id) tellBack(row);
  if (!concerns(fact, me.id) || isWatched(row.id)) return;
  if (me.preferences.sound) chime();
  if (document.hidden) tellWrote(row);
}

function cameBack(fact: Fact, me: string): boolean {
  return fact.kind === "ConversationReopened" && fact.data.happening.agent_id === null && fact.data.conversation.owner_id === me;
}

function tellBack(row: Row): void {
  const open = () => go({ at: "conversation", id: row.id, place: "mine", closed: false });
  toast({ text: words.alerts.back(row.customer.called), action: { label: words.open, run: open } });
}

/** Told by name and kind alone, like all that may stand on a lock screen. */
function tellNotice(notice: Notice, { preferences }: Me): void {
  if (notice.seen || isWatched(notice.conversation_id)) return;
  if (preferences.sound) chime();
  const agent = agentById(desk(), notice.by_id);
  const says = words.bell.alert[notice.kind](agent ? shortName(agent.name) : words.somebody);
  const to = { at: "conversation" as const, id: notice.conversation_id, ...(notice.note_id && { message: notice.note_id }) };
  if (document.hidden) notify(says, notice.id, () => go({ ...to, ...listed.peek() }));
}

function isWatched(id: string): boolean {
  return openId.peek() === id && !document.hidden && document.hasFocus();
}

// Only the name: a notice stands on a lock screen that others may see.
function tellWrote(row: Row): void {
  const place: Place = row.owner_id === null ? "unassigned" : "mine";
  notify(words.alerts.wrote(row.customer.called), row.id, () => {
    listed.value = { place, closed: false };
    openConversation(row.id);
  });
}

function notify(says: string, tag: string, open: () => void): void {
  if (!("Notification" in window)) return;
  if (Notification.permission === "default") asks.value = storage().getItem(ASKED) === null;
  if (Notification.permission === "granted") show(says, tag, open);
}

function show(says: string, tag: string, open: () => void): void {
  try {
    const notice = new Notification(says, { tag });
    notice.onclick = () => {
      window.focus();
      notice.close();
      open();
    };
  } catch {
    // Phones show notices only from a service worker.
  }
}

export function answerAsk(yes: boolean): void {
  asks.value = false;
  try {
    storage().setItem(ASKED, "yes");
  } catch {
    // It is asked again after the next reload.
  }
  if (yes) void Notification.requestPermission();
}

/** "(3) My inbox · Company", in the tab. */
export function keepTitle(): () => void {
  return effect(() => {
    const company = state.value?.company.name;
    if (company === undefined) {
      document.title = words.product;
      return;
    }
    const many = unread.value.mine + unread.value.unassigned + (state.value?.counts.mentions ?? 0);
    document.title = `${many > 0 ? `(${many}) ` : ""}${placeTitle()} · ${company}`;
  });
}

function placeTitle(): string {
  const at = route.value;
  if (at.at === "settings") return words.settings.title;
  if (at.at === "knowledge" || at.at === "evaluation") return words.places[at.at];
  if (at.at === "conversation") return rowOf(at.id)?.customer.called ?? words.places[at.place];
  return words.places[listed.value.place];
}
