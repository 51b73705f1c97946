import { launcher } from "./frame/words.ts";
import { bubble } from "./loader/bubble.ts";
import { browserId, recall, remember } from "./loader/memory.ts";
import { visits } from "./loader/page.ts";
import { cover, panel } from "./loader/panel.ts";
import { PHONE, style } from "./loader/style.ts";
import { bareTitle, countInTitle } from "./loader/title.ts";
import type { ToHost } from "./protocol.ts";

type Calls = { (what: string, more?: unknown, data?: unknown): void; q?: ArrayLike<unknown>[]; on?: true };

/** Written in by the desk when it serves this script. */
declare const __FRONTDESK__: { origin: string; colour: string; on_colour: string; name: string };

function begin(): Calls {
  const { origin, ...look } = __FRONTDESK__;
  const language = document.documentElement.lang || navigator.language;
  const words = launcher[language.slice(0, 2).toLowerCase()] ?? launcher.en;
  const browser = browserId();
  const report = visits(`${origin}/widget/api/visits`, browser, bareTitle, (said) => {
    if (chat.box.hidden) ({ invited } = said);
    redraw();
  });
  const { button, draw } = bubble(words);
  const hello = { frontdesk: "hello", browser, language, rtl: document.dir === "rtl", ...look } as const;
  const chat = panel(origin, words.title(look.name), hello, heard);
  let unread = 0, invited = 0;

  function redraw(): void {
    draw(!chat.box.hidden, unread + invited);
    countInTitle(unread + invited);
    button.hidden = cover(chat.box) && chat.isReady();
  }

  function show(open: boolean, focus = true): void {
    const closes = !open && !chat.box.hidden;
    if (open) chat.load(invited); // who greets may be another now
    invited = 0;
    chat.box.hidden = !open;
    remember("open", open ? "1" : "", "sessionStorage");
    const safe = (name: string) => getComputedStyle(chat.box).getPropertyValue(name);
    chat.tell({ frontdesk: "shown", open, focus, top: safe("--t"), bottom: safe("--b") });
    redraw();
    if (open && focus) chat.focus();
    if (closes) button.focus({ preventScroll: true });
  }

  function heard({ frontdesk, value }: ToHost): void {
    if (frontdesk === "close") show(false);
    if (frontdesk === "unread") unread = value;
    if (frontdesk === "talked") remember(frontdesk, value ? "1" : "");
    if (frontdesk === "height") chat.box.style.setProperty("--h", `${value || 660}px`);
    redraw();
  }

  const place = document.createElement("frontdesk-chat");
  const root = place.attachShadow({ mode: "closed" });
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(style(look.colour, look.on_colour));
  root.adoptedStyleSheets = [sheet];
  root.append(chat.box, button);
  button.onclick = () => show(chat.box.hidden);
  button.onkeydown = (key) => key.key === "Escape" && show(false);
  for (const name of ["resize", "scroll"]) window.visualViewport?.addEventListener(name, redraw);
  document.documentElement.append(place);
  redraw();

  if (recall("open", "sessionStorage") && !matchMedia(PHONE).matches) show(true, false);
  else if (recall("talked")) setTimeout(() => invited || chat.load(), 1000);

  return (what, more, data) => {
    if (what === "open") show(true);
    if (what === "close") show(false);
    if (what === "event") report({ kind: what, name: String(more), data });
    if (what === "identify" || what === "forget") {
      chat.load();
      chat.tell(what === "forget" ? { frontdesk: what } : { frontdesk: what, token: (more as { token: string }).token });
    }
  };
}

const page = window as { Frontdesk?: Calls };
const earlier = page.Frontdesk;
if (!earlier?.on) {
  const call = (page.Frontdesk = begin());
  call.on = true;
  for (const said of earlier?.q ?? []) call(...(Array.from(said) as [string]));
}
