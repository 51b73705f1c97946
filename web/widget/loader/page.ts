// Reports the pages a visitor sees, without what may be secret in an address.

type Said = { kind: "page" | "event"; name?: string; data?: unknown };

export function visits(endpoint: string, browser: string, title: () => string): (name: string, data: unknown) => void {
  let page = "";
  let from = document.referrer;

  const send = (said: Said): void => {
    const body = { browser, url: page, title: title().slice(0, 200), referrer: cleaned(from), ...said };
    navigator.sendBeacon(endpoint, JSON.stringify(body));
  };
  const look = (): void => {
    const url = cleaned(location.href, 500);
    if (!url || url === page) return;
    if (page) from = page;
    page = url;
    send({ kind: "page" });
  };

  // A page sets its title a moment after its address.
  onNavigation(() => setTimeout(look, 300));
  look();
  return (name, data) => page && send({ kind: "event", name: name.slice(0, 80), ...(data ? { data } : {}) });
}

export function cleaned(address: string, longest = 200): string {
  try {
    const { protocol, host, pathname, searchParams } = new URL(address);
    if (!protocol.startsWith("http")) return "";
    for (const key of [...searchParams.keys()]) if (!key.startsWith("utm_")) searchParams.delete(key);
    const query = searchParams.toString();
    return `${protocol}//${host}${pathname}${query && `?${query}`}`.slice(0, longest);
  } catch {
    return "";
  }
}

// The history has no event for a page that changes its own address.
function onNavigation(tell: () => void): void {
  for (const name of ["pushState", "replaceState"] as const) {
    const original = history[name].bind(history);
    history[name] = (...change) => {
      original(...change);
      tell();
    };
  }
  addEventListener("popstate", tell);
}
