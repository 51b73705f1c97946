import { route, type Route } from "../state/route.ts";
import type { Place } from "../state/state.ts";
import { desk, me, unread } from "../state/store.ts";
import type { Team } from "../../wire/types.ts";
import { locale, words } from "../words.ts";
import { Icon, type IconName } from "./icon.tsx";
import { Link } from "./link.tsx";

type Main = Extract<Place, "mine" | "unassigned" | "mentions">;

const PLACES: readonly { place: Main; icon: IconName }[] = [
  { place: "mine", icon: "inbox" },
  { place: "unassigned", icon: "tray" },
  { place: "mentions", icon: "at" },
];

/** What the desk is made of, beside its conversations. */
export const PAGES: readonly { at: "knowledge" | "evaluation"; icon: IconName; to: Route }[] = [
  { at: "knowledge", icon: "book", to: { at: "knowledge", source: null } },
  { at: "evaluation", icon: "chart", to: { at: "evaluation" } },
];

const to = (place: Place): Route => ({ at: "list", place, closed: false });

/** Where it is narrowed to a team, the team's own line is the place. */
function isOn(place: Place, team?: string): boolean {
  const at = route.value;
  return (at.at === "list" || at.at === "conversation") && at.place === place && (place !== "unassigned" || at.team === team);
}

/** How many conversations wait there, and whether something new is behind the number. */
function Count({ place }: { place: Main }) {
  const many = desk().counts[place];
  const fresh = place === "mentions" ? many : unread.value[place];
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
      <h3>{words.places.desk}</h3>
      {PAGES.map(({ at, icon, to: address }) => (
        <Link key={at} to={address} class={`place ${route.value.at === at ? "on" : ""}`} on={route.value.at === at}>
          <Icon name={icon} /><span class="says">{words.places[at]}</span>
        </Link>
      ))}
    </nav>
  );
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

/** The places of a phone, for a thumb. */
export function TabPlaces() {
  return (
    <>
      {PLACES.map(({ place, icon }) => (
        <Link key={place} to={to(place)} class={isOn(place) ? "on" : ""} on={isOn(place)}>
          <Icon name={icon} class="large" />
          {words.tabs[place]}
          <Badge place={place} />
        </Link>
      ))}
    </>
  );
}

const MOST = 99;

function Badge({ place }: { place: Main }) {
  const many = place === "mine" ? unread.value.mine : desk().counts[place];
  if (many === 0) return null;
  return <span class="badge">{many > MOST ? `${MOST}+` : many}</span>;
}
