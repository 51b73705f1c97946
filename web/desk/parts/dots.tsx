import type { ComponentChildren } from "preact";
import { desk } from "../state/store.ts";
import type { Label } from "../../wire/types.ts";
import { words } from "../words.ts";
import { labelsOf } from "./labelled.ts";

const MOST = 3;

type Props = { ids: readonly string[]; onPress?: (from: Element) => void };

/** Labels as dots, three at most. Their names stand beside while one points at them or has them in focus, and
    are always read aloud; with `onPress` the dots are a button. */
export function Dots({ ids, onPress }: Props) {
  const labels = labelsOf(desk().labels, ids);
  if (labels.length === 0) return null;
  const names = words.labels.worn(labels.map(({ name, own }) => words.labels.named(name, own)));
  const drawn = <Drawn labels={labels} />;
  if (!onPress) return <span class="dots"><span class="sr"><bdi>{names}</bdi></span>{drawn}</span>;
  return (
    <button type="button" class="dots" aria-label={names} aria-haspopup="dialog" onClick={(event) => onPress(event.currentTarget)}>{drawn}</button>
  );
}

function Drawn({ labels }: { labels: readonly Label[] }): ComponentChildren {
  const more = labels.length - MOST;
  return (
    <>
      {labels.slice(0, MOST).map(({ id, colour }) => <i key={id} class={`dot ${colour}`} aria-hidden="true" />)}
      {more > 0 && <span class="plus" aria-hidden="true">+{more}</span>}
      <span class="names" aria-hidden="true">{labels.map((label) => <LabelName key={label.id} label={label} />)}</span>
    </>
  );
}

/** A label in words. */
export function LabelName({ label: { name, colour, own } }: { label: Label }) {
  return (
    <span class={`label ${colour}`}>
      <i class="dot" aria-hidden="true" /><bdi class="clip">{name}</bdi>{own && <small>{words.labels.onlyYou}</small>}
    </span>
  );
}
