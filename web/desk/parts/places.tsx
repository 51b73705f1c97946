import { useEffect } from "preact/hooks";
import { narrowedTo } from "../state/narrowing.ts";
import { route, type Route } from "../state/route.ts";
import type { Place } from "../state/state.ts";
import { desk, me, unread } from "../state/store.ts";
import { followVisitors, onSite } from "../state/visitors.ts";
import type { Team } from "../../wire/types.ts";
import { locale, words } from "../words.ts";
import { Icon, type IconName } from "./icon.tsx";
import { inOrder } from "./labelled.ts";
import { Link } from "./link.tsx";

type Main = Extract<Place, "mine" | "unassigned" | "mentions" | "starred">;

const PLACES: readonly { place: Main; icon: IconName }[] = [
  { place: "mine", icon: "inbox" },
  { place: "unassigned", icon: "tray" },
  { place: "mentions", icon: "at" },
  { place: "starred", icon: "star" },
];

/** What the desk is made of, beside its conversations. */
export const PAGES: readonly { at: "customers" | "visitors" | "knowledge" | "evaluation"; icon: IconName; to: Route }[] = [
  { at: "customers", icon: "person", to: { at: "customers" } },
  { at: "visitors", icon: "live", to: { at: "visitors" } },
  { at: "knowledge", icon: "book", to: { at: "knowledge", source: null } },
  { at: "evaluation", icon: "chart", to: { at: "evaluation" } },
];

const to = (place: Place): Route => ({ at: "list", place, closed: false, ...narrowedTo(place) });

/** Where it is narrowed to a team, the team's own line is the place. */
function isOn(place: Place, team?: string): boolean {
  const at = route.value;
  if (at.at !== "list" && at.at !== "conversation") return false;
  return (at.place === place || (place === "mine" && at.place === "snoozed")) && (place !== "unassigned" || at.team === team);
}

/** How many conversations wait there, and whether something new is behind the number. */
function Count({ place }: { place: Main }) {
  const many = desk().counts[place];
  const fresh = place === "mentions" ? many : place === "starred" ? 0 : unread.value[place];
  if (many === 0) return null;
  return (
    <span class={`count ${fresh > 0 ? "new" : ""}`}>
      {many.toLocaleString(locale)}
      <span class="sr">{fresh > 0 ? words.rail.unread(fresh) : ""}</span>
    </span>
  );
}

export function RailPlaces() {
  return (
    <nav aria-label={words.rail.label}>
      {PLACES.map(({ place, icon }) => (
        <Link key={place} to={to(place)} class={`place ${isOn(place) ? "on" : ""}`} on={isOn(place)}>
          <Icon name={icon} /><span class="says">{words.places[place]}</span><Count place={place} />
        </Link>
      ))}
      <Teams />
      <Labels />
      <h3>{words.places.desk}</h3>
      {PAGES.map(({ at, icon, to: address }) => (
        <Link key={at} to={address} class={`place ${isPage(at) ? "on" : ""}`} on={isPage(at)}>
          <Icon name={icon} /><span class="says">{words.places[at]}</span>{at === "visitors" && <OnSite />}
        </Link>
      ))}
    </nav>
  );
}

/** A customer's and a company's page belong to the customers. */
function isPage(page: (typeof PAGES)[number]["at"]): boolean {
  const { at } = route.value;
  return at === page || (page === "customers" && (at === "customer" || at === "company"));
}

/** How many are on the site now. */
function OnSite() {
  useEffect(followVisitors, []);
  const many = onSite.value;
  return many > 0 ? <span class="count">{many.toLocaleString(locale)}</span> : null;
}

/** The queue of each team; those that I belong to first. */
function Teams() {
  const mine = (team: Team) => team.members.includes(me.value.id);
  const teams = desk().teams.filter((team) => !team.retired).sort((a, b) => Number(mine(b)) - Number(mine(a)) || a.name.localeCompare(b.name));
  if (teams.length === 0) return null;
  return (
    <>
      <h3>{words.teams.heading}</h3>
      {teams.map((team) => {
        const on = isOn("unassigned", team.id);
        const many = desk().counts.teams[team.id] ?? 0;
        return (
          <Link key={team.id} to={{ at: "list", place: "unassigned", closed: false, team: team.id }} class={`place minor ${on ? "on" : ""}`} on={on}>
            <Icon name="team" /><bdi class="says clip">{team.name}</bdi>{many > 0 && <span class="count">{many.toLocaleString(locale)}</span>}
          </Link>
        );
      })}
    </>
  );
}

const MOST_LABELS = 12;

/** What is open under each label, the team's and mine. Those that hold nothing stay away. */
function Labels() {
  const at = route.value;
  const chosen = (at.at === "list" || at.at === "conversation") && at.place === "all" ? at.label : undefined;
  const { labels: counts } = desk().counts;
  const shown = inOrder(desk().labels.filter(({ id }) => id === chosen || (counts[id] ?? 0) > 0)).slice(0, MOST_LABELS);
  if (shown.length === 0) return null;
  return (
    <>
      <h3>{words.labels.heading}</h3>
      {shown.map(({ id, name, colour, own }) => (
        <Link key={id} to={{ at: "list", place: "all", closed: false, label: id }} class={`place minor ${id === chosen ? "on" : ""}`} on={id === chosen}>
          <i class={`dot ${colour}`} aria-hidden="true" /><bdi class="says clip">{name}</bdi>{own && <span class="sr">{words.labels.onlyYou}</span>}
          {(counts[id] ?? 0) > 0 && <span class="count">{(counts[id] ?? 0).toLocaleString(locale)}</span>}
        </Link>
      ))}
    </>
  );
}

/** The places of a phone, for a thumb; the others open from More. */
export function TabPlaces() {
  return (
    <>
      {PLACES.filter(isTab).map(({ place, icon }) => (
        <Link key={place} to={to(place)} class={isOn(place) ? "on" : ""} on={isOn(place)}>
          <Icon name={icon} class="large" />
          {words.tabs[place]}
          <Badge place={place} />
        </Link>
      ))}
    </>
  );
}

type Tab = Exclude<Main, "starred">;

function isTab(one: { place: Main; icon: IconName }): one is { place: Tab; icon: IconName } {
  return one.place !== "starred";
}

/** The places that have no tab. */
export const MORE_PLACES: readonly { place: "starred"; icon: IconName }[] = [{ place: "starred", icon: "star" }];

const MOST = 99;

function Badge({ place }: { place: Tab }) {
  const many = place === "mine" ? unread.value.mine : desk().counts[place];
  if (many === 0) return null;
  return <span class="badge">{many > MOST ? `${MOST}+` : many}</span>;
}
