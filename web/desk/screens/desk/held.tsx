import { useEffect, useState } from "preact/hooks";
import { takeBack } from "../../state/outgoing.ts";
import { words } from "../../words.ts";

/** Under a message that can still be taken back. Only its first words are read out, not every second. */
export function HeldFoot({ id, due }: { id: string; due: number }) {
  const left = useSecondsTo(due);
  return (
    <div class="foot held">
      <span aria-hidden="true">{words.offers.leavesIn(left)}</span><span class="sr">{words.offers.leavesSoon}</span>
      <button type="button" class="undo" onClick={() => takeBack(id)}>{words.undo}<kbd class="key for-keys" aria-hidden="true">Z</kbd></button>
    </div>
  );
}

function useSecondsTo(due: number): number {
  const [now, setNow] = useState(Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 200);
    return () => clearInterval(timer);
  }, []);
  return Math.max(1, Math.ceil((due - now) / 1000));
}
