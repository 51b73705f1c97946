import { useEffect } from "preact/hooks";
import { Icon } from "../../parts/icon.tsx";
import { desk } from "../../state/store.ts";
import { knowledge as words } from "../../words-knowledge.ts";
import { isUnderWay } from "./readings.tsx";

const ASKED_EVERY = 10_000;

/** What keeps the desk from learning or suggesting, and what can be done about it. */
export function Troubles({ load }: { load: () => void }) {
  const { model, full, sources } = desk().knowledge;
  const waits = full || (sources?.some(isUnderWay) ?? false);
  // A full disk cannot take down that it is full, so no fact tells of it.
  useEffect(() => {
    if (!waits) return undefined;
    const asking = setInterval(load, ASKED_EVERY);
    return () => clearInterval(asking);
  }, [waits]);
  return (
    <div role="status" class="troubles">
      {full && <Trouble is={words.full}>{words.fullThen}</Trouble>}
      {model?.is_off && <Trouble is={words.off}>{`${model.fault ?? ""} ${words.offThen}`}</Trouble>}
    </div>
  );
}

function Trouble({ is, children }: { is: string; children: string }) {
  return <p class="trouble"><Icon name="warn" /><span><strong>{is}</strong> {children}</span></p>;
}
