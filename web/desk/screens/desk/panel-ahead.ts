import { heard } from "../../state/about.ts";
import { loadCustomer } from "../../state/knowing-customers.ts";
import { panelOpen } from "../../state/panel.ts";

/** The panel's code: a file of its own, for which nobody waits who only reads and answers. */
export const panelCode = () => import("../../parts/customer/panel.tsx").then((all) => all.CustomerPanel);

/** Whoever reaches for the icon is about to open it: then it is there at once. What fails is told when they do. */
export function reachForPanel(customer: string): void {
  if (panelOpen.peek()) return;
  codeAhead();
  if (!(customer in heard.peek().about)) void loadCustomer(customer);
}

/** Fetched before it is needed, when there is nothing else to do. */
export function codeAhead(): void {
  void panelCode().catch(() => undefined);
}
