import { route, type Route } from "../state/route.ts";
import type { Place } from "../state/state.ts";
import { desk, unread } from "../state/store.ts";
import { locale, words } from "../words.ts";
import { Icon, type IconName } from "./icon.tsx";
import { Link } from "./link.tsx";

type Main = Extract<Place, "mine" | "unassigned">;

const PLACES: readonly { place: Main; icon: IconName }[] = [
  { place: "mine", icon: "inbox" },
  { place: "unassigned", icon: "tray" },
];

/** What the desk is made of, beside its conversations. */
export const PAGES: readonly { at: "knowledge" | "evaluation"; icon: IconName; to: Route }[] = [
  { at: "knowledge", icon: "book", to: { at: "knowledge", source: null } },
  { at: "evaluation", icon: "chart", to: { at: "evaluation" } },
];

const to = (place: Place): Route => ({ at: "list", place, closed: false });

function isOn(place: Place): boolean {
  const at = route.value;
  return (at.at === "list" || at.at === "conversation") && at.place === place;
}

/** How many conversations wait there, and whether something new is behind the number. */
function Count({ place }: { place: Main }) {
  const many = desk().counts[place];
  const fresh = unread.value[place];
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
      <h3>{words.places.desk}</h3>
      {PAGES.map(({ at, icon, to: address }) => (
        <Link key={at} to={address} class={`place ${route.value.at === at ? "on" : ""}`} on={route.value.at === at}>
          <Icon name={icon} /><span class="says">{words.places[at]}</span>
        </Link>
      ))}
    </nav>
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
  const many = place === "mine" ? unread.value.mine : desk().counts.unassigned;
  if (many === 0) return null;
  return <span class="badge">{many > MOST ? `${MOST}+` : many}</span>;
}
