import type { ComponentChildren } from "preact";
import { useEffect, useState } from "preact/hooks";
import { request } from "../../wire/fetch.ts";
import { words } from "../words.ts";

type Fetched<T> = { value: T | null; failed: boolean; load: () => void };

/** What only one page shows, fetched when it opens. */
export function useFetched<T>(path: string): Fetched<T> {
  const [value, setValue] = useState<T | null>(null);
  const [failed, setFailed] = useState(false);
  const load = () => {
    setFailed(false);
    request<T>("GET", path).then(setValue, () => setFailed(true));
  };
  useEffect(load, [path]);
  return { value, failed, load };
}

export function Fetching({ failed, load }: { failed: boolean; load: () => void }): ComponentChildren {
  if (!failed) return <p class="hint late">{words.settings.loading}</p>;
  return <p class="hint">{words.settings.failed} <button type="button" class="do" onClick={load}>{words.tryAgain}</button></p>;
}
