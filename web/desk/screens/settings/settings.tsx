import { useEffect, useRef } from "preact/hooks";
import { Link } from "../../parts/link.tsx";
import { Icon } from "../../parts/icon.tsx";
import { Rail } from "../../parts/rail.tsx";
import { Void } from "../../parts/void.tsx";
import { listed, type Section } from "../../state/route.ts";
import { me } from "../../state/store.ts";
import { words } from "../../words.ts";
import { AgentsSection } from "./agents.tsx";
import { CompanySection } from "./company.tsx";
import { LabelsSection } from "./labels.tsx";
import { lateInside } from "../../parts/later.tsx";
import { ReadySection } from "./ready.tsx";
import { TeamsSection } from "./teams.tsx";
import { WidgetSection } from "./widget.tsx";
import { YouSection } from "./you.tsx";

const FieldsSection = lateInside(() => import("./fields.tsx").then((all) => all.FieldsSection));
const KeepingSection = lateInside(() => import("./keeping.tsx").then((all) => all.KeepingSection));

const EVERYBODYS: readonly Section[] = ["you", "labels", "ready"];
const SECTIONS: readonly Section[] = ["you", "company", "widget", "agents", "teams", "labels", "ready", "fields", "keeping"];

export function Settings({ section }: { section: Section }) {
  const admin = me.value.role === "admin";
  const chosen = useRef<HTMLElement>(null);
  // On a phone there are more than fit side by side.
  useEffect(() => chosen.current?.querySelector(".on")?.scrollIntoView({ block: "nearest", inline: "center" }), [section]);
  return (
    <div class="desk paged">
      <Rail />
      <main class="page">
        <header class="head">
          <Link to={{ at: "list", ...listed.value }} class="tool back" label={words.talk.back(words.places[listed.value.place])}>
            <Icon name="left" class="large turns" />
          </Link>
          <h1 class="clip">{words.settings.title}</h1>
        </header>
        <nav class="sections" ref={chosen} aria-label={words.settings.title}>
          {(admin ? SECTIONS : EVERYBODYS).map((one) => (
            <Link key={one} to={{ at: "settings", section: one }} on={one === section} class={one === section ? "on" : ""}>
              {words.settings.sections[one]}
            </Link>
          ))}
        </nav>
        <div class="page-in">{admin || EVERYBODYS.includes(section) ? <Content section={section} /> : <Void icon="gear" title={words.settings.adminOnly} />}</div>
      </main>
    </div>
  );
}

function Content({ section }: { section: Section }) {
  switch (section) {
    case "you": return <YouSection />;
    case "company": return <CompanySection />;
    case "widget": return <WidgetSection />;
    case "agents": return <AgentsSection />;
    case "teams": return <TeamsSection />;
    case "labels": return <LabelsSection />;
    case "ready": return <ReadySection />;
    case "fields": return <FieldsSection />;
    case "keeping": return <KeepingSection />;
  }
}
