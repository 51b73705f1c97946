import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import type { InputEvent, KeyboardEvent } from "../../parts/events.ts";
import { Icon } from "../../parts/icon.tsx";
import { useModal } from "../../parts/modal.ts";
import { allCommands, matching } from "../../state/bar.ts";
import { closeSearch, sought, type Narrowed } from "../../state/searching.ts";
import { words } from "../../words.ts";
import { Chips } from "./chips.tsx";
import { always } from "./commands.ts";
import { entriesOf, shownEntries, type Group } from "./entries.ts";
import { Results } from "./results.tsx";
import { Side } from "./side.tsx";
import { useAnswer } from "./answer.ts";
import "./search.css";

/** One box over everything; after `>` it does something instead. */
export function Search() {
  const dialog = useModal();
  const [text, setText] = useState(sought.peek() ?? "");
  const [narrowed, setNarrowed] = useState<Narrowed>({});
  const commanding = text.trimStart().startsWith(">");
  const answer = useAnswer(commanding ? "" : text, narrowed);
  const groups = useMemo<Group[]>(
    () => commanding ? commandsFor(text) : entriesOf(answer.found),
    [commanding, text, answer.found],
  );
  const [on, setOn] = useChoice(groups);
  const narrow = (changes: Narrowed) => setNarrowed((before) => ({ ...before, ...changes }));
  const entries = shownEntries(groups);
  const press = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step !== undefined && entries.length > 0) setOn((on + step + entries.length) % entries.length);
    else if (event.key === "Enter" && !event.isComposing && entries[on]) run(entries[on]);
    else if (event.key === "Backspace" && text === "") setNarrowed(withoutLast);
    else return;
    if (event.key !== "Backspace") event.preventDefault();
  };
  return (
    <dialog ref={dialog} class="dialog find" aria-label={words.search.title} onClose={closeSearch} onClick={(event) => {
      if (event.target === event.currentTarget) closeSearch();
    }}>
      <div class="find-ask">
        <Icon name="search" />
        <Chips narrowed={narrowed} labels={answer.found?.labels ?? []} narrow={narrow} />
        <input
          class="find-text" type="text" value={text} autofocus spellcheck={false} autocomplete="off" dir="auto" maxLength={400}
          role="combobox" aria-expanded={entries.length > 0} aria-controls="find-list" aria-autocomplete="list"
          aria-activedescendant={entries[on] ? `find-${on}` : undefined} aria-label={words.search.title} placeholder={words.search.placeholder}
          onInput={(event: InputEvent) => setText(event.currentTarget.value)} onKeyDown={press}
        />
        <span class="find-many" role="status">{!commanding && answer.said}</span>
        <button type="button" class="tool find-leave" onClick={closeSearch}><span class="key">{words.search.esc}</span><Icon name="x" /><span class="sr">{words.closeDialog}</span></button>
      </div>
      <div class={`find-cols ${commanding ? "alone" : ""}`}>
        {!commanding && <Side narrowed={narrowed} labels={answer.found?.labels ?? []} narrow={narrow} />}
        <Results groups={groups} on={on} choose={setOn} run={run} note={commanding ? noCommand(entries.length) : answer.note} busy={answer.busy} />
      </div>
      <footer class="find-legs" aria-hidden="true">
        <span><kbd class="key">↑</kbd> <kbd class="key">↓</kbd> {words.search.choose}</span>
        <span><kbd class="key">↵</kbd> {words.search.enter}</span>
        <span class="grow" />
        <span><kbd class="key">&gt;</kbd> {words.search.instead}</span>
      </footer>
    </dialog>
  );
}

function commandsFor(text: string): Group[] {
  const found = matching(allCommands(always()), text.trimStart().slice(1));
  return [{ key: "commands", title: words.search.groups.commands, many: null, entries: found.map((command) => ({ key: command.id, command, run: command.run })) }];
}

function noCommand(many: number): string | null {
  return many === 0 ? words.search.noCommand : null;
}

function run(entry: { run: () => void }): void {
  closeSearch();
  entry.run();
}

/** The first is chosen anew with every answer. */
function useChoice(groups: readonly Group[]): [number, (on: number) => void] {
  const [on, setOn] = useState(0);
  const shown = useRef(groups);
  useEffect(() => {
    shown.current = groups;
    setOn(0);
  }, [groups]);
  return [shown.current === groups ? on : 0, setOn];
}

function withoutLast(before: Narrowed): Narrowed {
  return Object.fromEntries(Object.entries(before).filter(([, value]) => value).slice(0, -1));
}
