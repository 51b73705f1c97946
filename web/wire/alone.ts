const PATIENCE = 30_000;

/** Does the work while no other tab does the same, where the browser has locks. A tab put to sleep
    with the lock in its hand is not waited for: two senders are safe, because commands carry ids. */
export async function alone(name: string, work: () => Promise<void>): Promise<void> {
  const locks = navigator.locks as LockManager | undefined;
  if (!locks) return work();
  const patience = new AbortController();
  const timer = setTimeout(() => patience.abort(), PATIENCE);
  const state = { begun: false };
  try {
    await locks.request(name, { signal: patience.signal }, () => {
      state.begun = true;
      clearTimeout(timer);
      return work();
    });
  } catch (cause) {
    clearTimeout(timer);
    if (state.begun) throw cause;
    await work();
  }
}
