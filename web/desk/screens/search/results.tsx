import { useEffect, useRef } from "preact/hooks";
import type { CompanyHit, Hit } from "../../../wire/schema.ts";
import { Age } from "../../parts/age.tsx";
import { AgentFace, CustomerFace } from "../../parts/face.tsx";
import { Icon } from "../../parts/icon.tsx";
import { shortName } from "../../parts/names.ts";
import { agentById } from "../../state/state.ts";
import { desk, me } from "../../state/store.ts";
import { words } from "../../words.ts";
import type { Entry, Group } from "./entries.ts";

type Props = { groups: readonly Group[]; on: number; choose: (on: number) => void; run: (entry: Entry) => void; note: string | null; busy: boolean };

export function Results({ groups, on, choose, run, note, busy }: Props) {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => { box.current?.querySelector("[aria-selected=true]")?.scrollIntoView({ block: "nearest" }); }, [on, groups]);
  let number = -1;
  return (
    <div class="find-found" tabIndex={0} ref={box} aria-busy={busy}>
      {note && <p class="find-note">{note}{note === words.search.start && <><br /><span class="hint">{words.search.hint}</span></>}</p>}
      <div id="find-list" role="listbox" aria-label={words.search.title}>
        {groups.map((group) => (
          <div key={group.key} role="group" aria-label={`${group.title} ${group.many === null ? "" : words.search.count(group.many)}`.trim()}>
            <div class="find-title" aria-hidden="true">{group.title} {group.many !== null && <span>{words.search.count(group.many)}</span>}</div>
            {group.entries.map((entry) => {
              number += 1;
              const place = number;
              return (
                <div key={entry.key} id={`find-${place}`} role="option" aria-selected={place === on} class={`find-hit ${place === on ? "on" : ""}`}
                  onClick={() => run(entry)} onPointerMove={() => { if (place !== on) choose(place); }}>
                  {"hit" in entry ? <HitLine hit={entry.hit} /> : "company" in entry ? <CompanyLine company={entry.company} /> : <><Icon name={entry.command.icon} /><span class="t grow clip">{entry.command.name}</span></>}
                </div>
              );
            })}
          </div>
        ))}
      </div>
    </div>
  );
}

function HitLine({ hit }: { hit: Hit }) {
  return (
    <>
      <HitFace hit={hit} />
      <span class="grow">
        <span class="t clip"><bdi>{titleOf(hit)}</bdi></span>
        <span class="sub clip" dir="auto">
          {hit.excerpt.map(([text, found], place) => (found ? <mark key={place}>{text}</mark> : text))}
          {(hit.kind === "note" || hit.kind === "answer") && <span class="sr">, {words.search.onlyTeam}</span>}
          {hit.kind === "conversation" && hit.closed && ` · ${words.search.closed}`}
        </span>
      </span>
      <Age at={hit.at} />
    </>
  );
}

function CompanyLine({ company }: { company: CompanyHit }) {
  return (
    <>
      <span class="face s" aria-hidden="true"><Icon name="house" class="small" /></span>
      <span class="grow">
        <span class="t clip"><bdi>{company.name}</bdi></span>
        <span class="sub clip" dir="auto">{company.excerpt.map(([text, found], place) => (found ? <mark key={place}>{text}</mark> : text))}</span>
      </span>
    </>
  );
}

function HitFace({ hit }: { hit: Hit }) {
  if (hit.kind === "note" || hit.kind === "answer") return <span class="face s noted" aria-hidden="true"><Icon name="note" class="small" /></span>;
  if (hit.kind === "file") return <span class="face s" aria-hidden="true"><Icon name="clip" class="small" /></span>;
  const agent = hit.kind === "message" && hit.agent_id ? agentById(desk(), hit.agent_id) : undefined;
  return agent ? <AgentFace agent={agent} size="s" /> : <CustomerFace customer={hit.customer} size="s" />;
}

function titleOf(hit: Hit): string {
  const { called } = hit.customer;
  if (!hit.agent_id || hit.kind === "conversation" || hit.kind === "customer") return called;
  return hit.kind === "note" || hit.kind === "answer" ? words.search.about(nameOf(hit.agent_id), called) : words.search.to(nameOf(hit.agent_id), called);
}

function nameOf(agentId: string): string {
  if (agentId === me.value.id) return words.you;
  const agent = agentById(desk(), agentId);
  return agent ? shortName(agent.name) : words.somebody;
}
