import { PAGES } from "../../parts/places.tsx";
import type { Command } from "../../state/bar.ts";
import { choose } from "../../state/commands.ts";
import { keysShown } from "../../state/keys.ts";
import { closeConversation, reopenConversation, willBeClosed } from "../../state/outgoing.ts";
import { go, openId, type Section } from "../../state/route.ts";
import { signOut } from "../../state/session.ts";
import { me, rowOf } from "../../state/store.ts";
import { words } from "../../words.ts";

const ICONS = { mine: "inbox", unassigned: "tray", mentions: "at", starred: "star" } as const;
const says = words.search.commands;

/** What can be done anywhere, beside what the screens offer. */
export function always(): Command[] {
  return [...here(), ...places(), ...looks(), ...self()];
}

/** To the conversation that is open. */
function here(): Command[] {
  const row = openId.peek() === null ? undefined : rowOf(openId.peek() ?? "");
  if (!row) return [];
  return willBeClosed(row.id, row.closed)
    ? [{ id: "reopen", icon: "refresh", name: says.reopen, run: () => reopenConversation(row.id) }]
    : [{ id: "close", icon: "check", name: says.close, run: () => closeConversation(row.id) }];
}

function places(): Command[] {
  const lists = (["mine", "unassigned", "mentions", "starred"] as const).map((place): Command => (
    { id: `go-${place}`, icon: ICONS[place], name: says.goTo(words.places[place]), run: () => go({ at: "list", place, closed: false }) }
  ));
  const pages = PAGES.map(({ at, icon, to }): Command => ({ id: `go-${at}`, icon, name: says.goTo(words.places[at]), run: () => go(to) }));
  const sections: Section[] = me.peek().role === "admin" ? ["you", "company", "widget", "agents", "teams", "labels", "ready", "fields", "keeping"] : ["you", "labels", "ready"];
  const settings = sections.map((section): Command => (
    { id: `settings-${section}`, icon: "gear", name: says.settings[section], run: () => go({ at: "settings", section }) }
  ));
  return [...lists, ...pages, ...settings];
}

function looks(): Command[] {
  const { theme, sound } = me.peek().preferences;
  const themes = (["light", "dark", "system"] as const).filter((one) => one !== theme).map((one): Command => (
    { id: `theme-${one}`, icon: "gear", name: says.theme[one], run: () => void choose({ theme: one }) }
  ));
  return [...themes, { id: "sound", icon: sound ? "silent" : "sound", name: sound ? says.soundOff : says.soundOn, run: () => void choose({ sound: !sound }) }];
}

function self(): Command[] {
  return [
    { id: "keys", icon: "keys", name: says.keys, run: () => { keysShown.value = true; } },
    { id: "sign-out", icon: "leave", name: says.signOut, run: () => void signOut() },
  ];
}
