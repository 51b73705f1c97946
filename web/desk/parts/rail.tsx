import { connection } from "../state/live.ts";
import { choose } from "../state/commands.ts";
import { narrow } from "../state/device.ts";
import { keysShown } from "../state/keys.ts";
import { narrowedTo } from "../state/narrowing.ts";
import { go, route } from "../state/route.ts";
import { openSearch } from "../state/searching.ts";
import { signOut } from "../state/session.ts";
import { agentById } from "../state/state.ts";
import { desk, me } from "../state/store.ts";
import { words } from "../words.ts";
import { Bell } from "./bell.tsx";
import { AgentFace } from "./face.tsx";
import { Icon, type IconName } from "./icon.tsx";
import { Link } from "./link.tsx";
import { Menu } from "./menu.tsx";
import { MORE_PLACES, PAGES, RailPlaces, TabPlaces } from "./places.tsx";

export function Rail() {
  return (
    <aside class="rail">
      <div class="house"><span class="mark"><Icon name="desk" /></span><span class="grow clip">{desk().company.name}</span>{!narrow.value && <Bell />}</div>
      <button type="button" class="seek" aria-keyshortcuts="/ Control+K" onClick={() => openSearch()}>
        <Icon name="search" class="small" /><span class="grow">{words.search.open}</span><kbd class="key" aria-hidden="true">/</kbd>
      </button>
      <RailPlaces />
      <div class="me">
        <Menu label={words.rail.menu} at="above" class="grow-root" button={<MeButton />}>{(close) => <MeItems close={close} />}</Menu>
        <Link to={{ at: "settings", section: "you" }} class={`tool ${route.value.at === "settings" ? "on" : ""}`} label={words.rail.settings}>
          <Icon name="gear" />
        </Link>
      </div>
    </aside>
  );
}

function MeButton() {
  const self = agentById(desk(), me.value.id) ?? me.value;
  const away = connection.value === "away";
  return (
    <>
      <AgentFace agent={self} here={!away} size="s" />
      <span class="grow clip">
        <bdi>{self.name}</bdi>
        <small>{away ? words.rail.away : words.rail.here(me.value.preferences.sound)}</small>
      </span>
    </>
  );
}

/** What is about me: the same on the rail and under More. */
function MeItems({ close }: { close: () => void }) {
  const { sound } = me.value.preferences;
  const act = (work: () => void) => () => {
    close();
    work();
  };
  return (
    <>
      <Item icon={sound ? "sound" : "silent"} on={sound} run={act(() => void choose({ sound: !sound }))}>
        {sound ? words.rail.soundOn : words.rail.soundOff}
      </Item>
      <Item icon="gear" run={act(() => go({ at: "settings", section: "you" }))}>{words.rail.settings}</Item>
      <Item icon="keys" class="for-keys" run={act(() => { keysShown.value = true; })}>{words.rail.keys}<span class="key">?</span></Item>
      <hr />
      <Item icon="leave" run={act(() => void signOut())}>{words.rail.signOut}</Item>
    </>
  );
}

type ItemProps = { icon: IconName; on?: boolean; class?: string; run: () => void; children: preact.ComponentChildren };

function Item({ icon, on, class: more = "", run, children }: ItemProps) {
  const state = on === undefined ? { role: "menuitem" as const } : { role: "menuitemcheckbox" as const, "aria-checked": on };
  return <button type="button" class={`item ${more}`} {...state} onClick={run}><Icon name={icon} class="turns" />{children}</button>;
}

/** Below 900 the rail becomes tabs; what stood at its foot opens from More. */
export function Tabs() {
  return (
    <nav class="tabs" aria-label={words.rail.label}>
      <TabPlaces />
      <Menu label={words.tabs.more} at="above" class="tab-menu" button={<><Icon name="more" class="large" />{words.tabs.more}</>}>
        {(close) => (
          <>
            <Item icon="search" run={() => { close(); openSearch(); }}>{words.search.open}</Item>
            {MORE_PLACES.map(({ place, icon }) => <Item key={place} icon={icon} run={() => { close(); go({ at: "list", place, closed: false, ...narrowedTo(place) }); }}>{words.places[place]}</Item>)}
            {PAGES.map(({ at, icon, to }) => <Item key={at} icon={icon} run={() => { close(); go(to); }}>{words.places[at]}</Item>)}
            <hr />
            <MeItems close={close} />
          </>
        )}
      </Menu>
    </nav>
  );
}
