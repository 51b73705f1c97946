/** @jsxImportSource ./view */
import type { ToFrame } from "../protocol.ts";
import { start } from "./desk.ts";
import { Viewer } from "./files.tsx";
import { Home } from "./home.tsx";
import * as host from "./host.ts";
import { forget, identify, resume } from "./identity.ts";
import { hold } from "./log.tsx";
import { allow } from "./sound.ts";
import { announced, enlarged, screen, shown, sound, state } from "./store.ts";
import "./style.css";
import { Talk } from "./talk.tsx";
import { draw } from "./view/draw.ts";
import { watch } from "./view/signals.ts";
import { speak } from "./speech.ts";
const page = document.documentElement;

const chat = () => [
  screen.value === null ? <Home /> : <Talk key={screen.value} name={screen.value} />,
  <Viewer />,
  <p class="sr" aria-live="polite">{announced.value}</p>,
];

function heard(said: ToFrame): void {
  if (said.frontdesk === "identify") identify(said.token);
  if (said.frontdesk === "forget") forget();
  if (said.frontdesk !== "shown") return;
  shown.value = said.open;
  for (const side of ["top", "bottom"] as const) page.style.setProperty(`--safe-${side}`, said[side]);
  if (said.open && said.focus) focusFirst();
}

function focusFirst(): void {
  const { body } = document;
  (body.querySelector<HTMLElement>("[data-focus]") ?? body.querySelector("main"))?.focus({ preventScroll: true });
}

async function begin(): Promise<void> {
  const from = await host.hello(heard);
  const language = from?.language ?? navigator.language;
  const speech = speak([language, ...navigator.languages]);
  page.lang = speech.language;
  page.dir = from?.rtl || speech.rtl ? "rtl" : "ltr";
  if (from) {
    page.style.setProperty("--site", from.colour);
    page.style.setProperty("--on-site", from.on_colour);
    state.value = { ...state.value, company: { ...state.value.company, name: from.name } };
  }
  watch(show);
  watch(resume);
  host.tell("ready");
  start({ browser: from?.browser, language: language.slice(0, 35) });
}

let before = screen.value;

function show(): void {
  const settle = hold();
  draw(chat(), document.body);
  settle();
  if (screen.value !== before && shown.value) focusFirst();
  before = screen.value;
}

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && !enlarged.value) host.tell("close");
});
document.addEventListener("pointerdown", () => sound.value && allow());

void begin();
