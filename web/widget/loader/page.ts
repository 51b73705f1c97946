// Reports the pages a visitor sees, without what may be secret in an address.

type Said = { kind: "page" | "event" | "here"; name?: string; data?: unknown };

/** `told` hears each time whether somebody of the team has spoken first, and waits to be heard. */
export function visits(endpoint: string, browser: string, title: () => string, told: (said: { invited: number }) => void): (said: Said) => void {
  let page = "";
  let from = document.referrer;

  const send = (said: Said): void => {
    const body = { browser, url: page, title: title().slice(0, 200), referrer: cleaned(from), ...said };
    fetch(endpoint, { method: "POST", body: JSON.stringify(body), keepalive: true })
      .then((answer) => answer.json())
      .then(told, () => 0);
  };
  const look = (): void => {
    const url = cleaned(location.href);
    if (!url || url === page) return;
    if (page) from = page;
    page = url;
    send({ kind: "page" });
  };

  // A page sets its title a moment after its address.
  onNavigation(() => setTimeout(look, 300));
  look();
  setInterval(send, 3e4, { kind: "here" });
  return send;
}

export function cleaned(address: string): string {
  try {
    const url = new URL(address);
    if (!url.protocol.startsWith("http")) return "";
    for (const key of [...url.searchParams.keys()]) if (!key.startsWith("utm_")) url.searchParams.delete(key);
    url.hash = url.username = url.password = "";
    return url.href;
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
