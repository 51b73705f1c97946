import { useEffect, useRef, useState } from "preact/hooks";
import { heard } from "../../state/about.ts";
import { connection } from "../../state/live.ts";

const MOST = 200;
const SETTLED = 500;

const NONE: readonly string[] = [];

type Page<T> = { items: readonly T[]; next: string | null };
export type Pages<T> = { items: readonly T[] | null; failed: boolean; load: () => void; more: (() => void) | null };

type Ask<T> = (limit: number, cursor: string | null) => Promise<Page<T>>;

/** A list of one customer's, or of a company's, that grows by pages, and is fetched again when something of theirs
    has changed. `also`: whose else. */
export function usePages<T>(of: string, size: number, ask: Ask<T>, also: readonly string[] = NONE): Pages<T> {
  const [page, setPage] = useState<Page<T> | null>(null);
  const [failed, setFailed] = useState(false);
  const asked = useRef(0);
  const get = async (after: string | null, many: number) => {
    const mine = (asked.current += 1);
    setFailed(false);
    try {
      const fresh = await ask(many, after);
      if (mine !== asked.current) return;
      setPage((before) => (after && before ? { items: [...before.items, ...fresh.items], next: fresh.next } : fresh));
    } catch {
      if (mine === asked.current) setFailed(true);
    }
  };
  const have = page?.items.length ?? 0;
  const again = () => void get(null, Math.min(MOST, Math.max(size, have)));
  useAgain(of, again, also);
  useEffect(() => { void get(null, size); }, [of]);
  return { items: page?.items ?? null, failed, load: again, more: page?.next ? () => void get(page.next, Math.min(MOST, size * 4)) : null };
}

/** Runs when something of a customer, a company, or any of the others has changed, once the changes have settled; and
    when the desk is back. */
export function useAgain(of: string, run: () => void, also: readonly string[] = NONE): void {
  const now = useRef(run);
  now.current = run;
  const first = useRef(true);
  const online = connection.value === "here";
  const { touched, anew } = heard.value;
  const newest = useRef(0);
  const latest = (newest.current = [of, ...also].reduce((last, id) => Math.max(last, touched[id] ?? 0), newest.current));
  const news = `${latest} ${anew} ${online}`;
  useEffect(() => {
    if (first.current || !online) {
      first.current = false;
      return;
    }
    const timer = setTimeout(() => now.current(), SETTLED);
    return () => clearTimeout(timer);
  }, [news]);
}

/** What is asked for a page: the cursor goes by the name that the list gives it. */
export function paged(path: string, limit: number, name: "after" | "before", cursor: string | null): string {
  return `${path}?${new URLSearchParams({ limit: String(limit), ...(cursor !== null && { [name]: cursor }) })}`;
}
