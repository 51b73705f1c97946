/** @jsxImportSource ./view */
import type { AgentFace } from "../../wire/types.ts";
import { parts } from "./text.ts";
export const PATHS = {
  clip: "m15.5 9-5.7 5.7a3.3 3.3 0 0 1-4.7-4.7l6-6a2.2 2.2 0 0 1 3.1 3.1l-5.9 5.9a1.1 1.1 0 0 1-1.6-1.6L12 6.2",
  down: "m5 8 5 5 5-5",
  left: "m12 4.5-5.5 5.5 5.5 5.5",
  smile: "M3 10a7 7 0 1 0 14 0 7 7 0 1 0-14 0m4.3 1.8c1.4 2 4 2 5.4 0M7.7 8v.1M12.3 8v.1",
  up: "M10 16V4.5M5 9.5l5-5 5 5",
  x: "m5 5 10 10M15 5 5 15",
  bell: "M10 3a4.5 4.5 0 0 0-4.5 4.5c0 4-2 5.5-2 5.5h13s-2-1.5-2-5.5A4.5 4.5 0 0 0 10 3M8.5 16a1.7 1.7 0 0 0 3 0",
  off: "M10 3a4.5 4.5 0 0 0-4.5 4.5c0 4-2 5.5-2 5.5h13s-2-1.5-2-5.5A4.5 4.5 0 0 0 10 3M8.5 16a1.7 1.7 0 0 0 3 0M3 3l14 14",
  file: "M5 3h6l4 4v10H5zM11 3v4h4",
} as const;

export function Icon({ path, turns }: { path: keyof typeof PATHS; turns?: boolean }) {
  return <svg class={turns ? "i turns" : "i"} viewBox="0 0 20 20" aria-hidden="true"><path d={PATHS[path]} /></svg>;
}

type ToolProps = { path: keyof typeof PATHS; label: string; act: () => void; turns?: boolean; on?: boolean | undefined };

export function Tool({ path, label, act, turns, on }: ToolProps) {
  return (
    <button type="button" class="tool" aria-label={label} title={label} aria-pressed={on} onClick={act}>
      <Icon path={path} turns={turns ?? false} />
    </button>
  );
}

export const first = (name: string): string => name.split(" ")[0] ?? name;

const initials = (name: string): string => {
  const letters = name.trim().split(/\s+/).map((word) => Array.from(word)[0] ?? "");
  return ((letters[0] ?? "") + (letters.slice(1).at(-1) ?? "")).toUpperCase();
};

/** Beside its name everywhere, so it is silent itself. */
export function Face({ agent, here, small }: { agent: Omit<AgentFace, "id">; here?: boolean; small?: boolean }) {
  return (
    <span class={`face ${agent.colour} ${small ? "s" : ""}`} title={agent.name} aria-hidden="true">
      {agent.picture ? <img src={agent.picture} alt="" /> : initials(agent.name)}
      {here && <i class="here" />}
    </span>
  );
}

export function Text({ text }: { text: string }) {
  return (
    <p dir="auto">
      {parts(text).map(({ text: words, href }) => (href ? <a href={href} target="_blank" rel="noopener noreferrer">{words}</a> : words))}
    </p>
  );
}
