import { render } from "preact";
import { App } from "./app.tsx";
import { startClock } from "./state/clock.ts";
import { keepAboveKeyboard, keepTheme } from "./state/device.ts";
import { followOtherTabs } from "./state/drafts.ts";
import { followAddress } from "./state/route.ts";
import { begin, followLinks } from "./state/session.ts";
import { allowSound } from "./state/sound.ts";

const root = document.getElementById("desk");

keepTheme();
keepAboveKeyboard();
startClock();
allowSound();
followOtherTabs();
followLinks();
followAddress();
if (root) render(<App />, root);
void begin();
