import { useEffect, useState } from "preact/hooks";

/** Whether someone is looking at this page: in view, and its window in front. */
export function useWatching(): boolean {
  const [watching, setWatching] = useState(isWatched);
  useEffect(() => {
    const look = () => setWatching(isWatched());
    const listen = new AbortController();
    for (const name of ["focus", "blur"]) addEventListener(name, look, { signal: listen.signal });
    document.addEventListener("visibilitychange", look, { signal: listen.signal });
    return () => listen.abort();
  }, []);
  return watching;
}

function isWatched(): boolean {
  return document.visibilityState === "visible" && document.hasFocus();
}
