import type { ComponentChildren } from "preact";
import { Icon, type IconName } from "./icon.tsx";

/** An empty place: says what is true and offers one next step. */
export function Void({ icon, title, children, action }: { icon: IconName; title: string; children?: ComponentChildren; action?: ComponentChildren }) {
  return (
    <div class="void">
      <Icon name={icon} class="large" />
      <h2>{title}</h2>
      {children && <p>{children}</p>}
      {action && <div>{action}</div>}
    </div>
  );
}
