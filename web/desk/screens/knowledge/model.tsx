import { useState } from "preact/hooks";
import { WireError } from "../../../wire/fetch.ts";
import type { LanguageModel } from "../../../wire/knowing.ts";
import { Dialog } from "../../parts/dialog.tsx";
import { Fetching, useFetched } from "../../parts/fetched.tsx";
import { Wrong } from "../../parts/field.tsx";
import { Icon } from "../../parts/icon.tsx";
import { chooseModel, pathOf } from "../../state/knowledge.ts";
import { knowledge as words } from "../../words-knowledge.ts";
import { attempted, refusal } from "../../state/attempting.ts";

/** By which language model passages are found. Admins may choose another; until it is ready, this one goes on. */
export function ModelPart({ model }: { model: LanguageModel }) {
  const [choosing, choose] = useState(false);
  return (
    <section class="part">
      <h2>{words.model}</h2>
      <p class="model"><span class="grow"><bdi>{model.used}</bdi></span><button type="button" class="button" onClick={() => choose(true)}>{words.changeModel}</button></p>
      {model.next !== null && <ReadingAnew model={model} next={model.next} />}
      {model.fault !== null && !model.is_off && <p class="is bad" role="status"><Icon name="warn" class="small" />{model.fault}</p>}
      {choosing && <ChooseModel model={model} onClose={() => choose(false)} />}
    </section>
  );
}

function ReadingAnew({ model: { used, done, count }, next }: { model: LanguageModel; next: string }) {
  return (
    <section class="crawl" aria-label={words.readingAnew(next)}>
      <div class="crawl-top">
        <Icon name="refresh" /><strong class="clip">{words.readingAnew(next)}</strong>
        {count > 0 && <span class="hint num">{words.anew(done, count)}</span>}
        <button type="button" class="button" onClick={() => void attempted(() => chooseModel(used))}>{words.stop}</button>
      </div>
      <progress class="track" value={done} max={Math.max(1, count)} aria-label={words.readingAnew(next)} />
      <p class="hint">{words.untilThen(used)}</p>
    </section>
  );
}

function ChooseModel({ model, onClose }: { model: LanguageModel; onClose: () => void }) {
  const fetched = useFetched<{ names: string[] }>(pathOf("models"));
  const [chosen, setChosen] = useState(model.next ?? model.used);
  const [fault, setFault] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const use = async () => {
    setBusy(true);
    setFault(null);
    try {
      await chooseModel(chosen);
      onClose();
    } catch (cause) {
      if (!(cause instanceof WireError)) throw cause;
      setFault(refusal(cause));
    }
    setBusy(false);
  };
  return (
    <Dialog title={words.model} onClose={onClose}>
      {!fetched.value && <Fetching {...fetched} />}
      {fetched.value && (
        <fieldset class="models">
          <legend class="sr">{words.whichModel}</legend>
          {fetched.value.names.map((name, nth) => (
            <label key={name}>
              <input type="radio" name="model" checked={name === chosen} onChange={() => setChosen(name)} />
              <span><bdi>{name}</bdi>{nth === 0 && <span class="hint">{words.shipped}</span>}</span>
            </label>
          ))}
        </fieldset>
      )}
      <p class="says-what">{words.moreModels}</p>
      {fault && <Wrong>{fault}</Wrong>}
      <footer class="ends"><button type="button" class="button main" disabled={busy || !fetched.value} onClick={() => void use()}>{busy ? words.trying : words.useModel}</button></footer>
    </Dialog>
  );
}
