import { useState } from "preact/hooks";
import type { About } from "../../state/about.ts";
import { pathOf } from "../../state/knowing-customers.ts";
import { me } from "../../state/store.ts";
import { customers as words } from "../../words-customers.ts";
import { Icon, type IconName } from "../icon.tsx";
import { Menu } from "../menu.tsx";
import { BlockDialog, unblock } from "./block.tsx";
import { ChangesDialog } from "./changes.tsx";
import { EraseDialog } from "./erase.tsx";
import { MergeDialog } from "./merge.tsx";

type Shown = "changes" | "merge" | "block" | "erase" | null;

/** What is done rarely. */
export function MoreMenu({ about: { profile, duplicates } }: { about: About }) {
  const [shown, show] = useState<Shown>(null);
  const shut = () => show(null);
  const blocked = profile.blocked_until !== null;
  return (
    <>
      <Menu label={words.panel.more} mute at="below" class="end" button={<span class="tool"><Icon name="more" /></span>}>
        {(close) => {
          const then = (work: () => void) => () => { close(); work(); };
          return (
            <>
              <Item icon="clock" run={then(() => show("changes"))}>{words.more.changes}</Item>
              <Item icon="merge" run={then(() => show("merge"))}>{words.more.merge}</Item>
              <Item icon="save" run={then(() => location.assign(pathOf(profile.id, "export")))}>{words.more.export}</Item>
              <Item icon="block" run={then(() => (blocked ? void unblock(profile) : show("block")))}>{blocked ? words.more.unblock : words.more.block}</Item>
              {me.value.role === "admin" && <><hr /><Item icon="bin" danger run={then(() => show("erase"))}>{words.more.erase}</Item></>}
            </>
          );
        }}
      </Menu>
      {shown === "changes" && <ChangesDialog customer={profile.id} called={profile.called} onClose={shut} />}
      {shown === "merge" && <MergeDialog of={profile} suggested={duplicates} onClose={shut} />}
      {shown === "block" && <BlockDialog profile={profile} onClose={shut} />}
      {shown === "erase" && <EraseDialog profile={profile} onClose={shut} />}
    </>
  );
}

function Item({ icon, danger = false, run, children }: { icon: IconName; danger?: boolean; run: () => void; children: string }) {
  return <button type="button" class={`item ${danger ? "danger" : ""}`} role="menuitem" onClick={run}><Icon name={icon} />{children}</button>;
}
