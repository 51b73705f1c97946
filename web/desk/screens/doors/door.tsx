import type { ComponentChildren } from "preact";
import { Icon } from "../../parts/icon.tsx";

/** The page of every door: the mark, a title, a sentence, a form. */
export function Door({ title, intro, children }: { title: string; intro?: string; children: ComponentChildren }) {
  return (
    <main class="setup">
      <header>
        <span class="mark big"><Icon name="desk" class="large" /></span>
        <h1>{title}</h1>
        {intro && <p>{intro}</p>}
      </header>
      {children}
    </main>
  );
}
