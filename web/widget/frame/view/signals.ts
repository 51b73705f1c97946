// Values that tell when they change. All watchers look again, a moment later and together.

export type Signal<T> = { value: T };

const watchers: (() => void)[] = [];
let due = false;

export function signal<T>(first: T): Signal<T> {
  let now = first;
  return {
    get value() { return now; },
    set value(next: T) {
      if (next === now) return;
      now = next;
      if (due) return;
      due = true;
      queueMicrotask(look);
    },
  };
}

/** Called now and after every change of any signal. */
export function watch(watcher: () => void): void {
  watchers.push(watcher);
  watcher();
}

function look(): void {
  due = false;
  for (const watcher of watchers) watcher();
}
