import { stretchesOf } from "./mentions.ts";
import { nameOf } from "../state/calling.ts";
import { teamById } from "../state/state.ts";
import { desk, me } from "../state/store.ts";
import { Rich } from "./rich.tsx";

/** What a colleague wrote: names of whom it calls, addresses to follow, and text as text. */
export function NoteText({ text }: { text: string }) {
  return (
    <>
      {stretchesOf(text, nameOf).map((one, nth) =>
        one.id === undefined ? <Rich key={nth} text={one.text} /> : <bdi key={nth} class={`mention ${callsMe(one.id) ? "me" : ""}`}>{one.text}</bdi>,
      )}
    </>
  );
}

function callsMe(id: string): boolean {
  return id === me.value.id || (teamById(desk(), id)?.members.includes(me.value.id) ?? false);
}
