import { customers as words } from "../../words-customers.ts";
import type { Pages } from "./pages.ts";

/** Where a list goes on. */
export function ShowMore({ more }: Pick<Pages<unknown>, "more">) {
  return more && <button type="button" class="do show-more" onClick={more}>{words.panel.showMore}</button>;
}
