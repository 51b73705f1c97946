// The design's own icons: a 20 px box, strokes of 1.5 px at every size. One sprite, drawn once.

const SHAPES = {
  at: "M7 10a3 3 0 1 0 6 0a3 3 0 1 0-6 0M13 7v4a2 2 0 0 0 4 0v-1a7 7 0 1 0-2.8 5.6",
  info: "M3 10a7 7 0 1 0 14 0a7 7 0 1 0-14 0M10 9.5V14M10 6.5v.1",
  lock: "M4.5 9h11v7.5h-11zM7 9V6.5a3 3 0 0 1 6 0V9",
  note: "M4 3.5h12V12l-4.5 4.5H4zM16 12h-4.5v4.5M7 7.5h6M7 10.5h3",
  thread: "M5 4v6a3 3 0 0 0 3 3h8M13 10l3 3-3 3",
  book: "M10 5.5C8.5 4.3 6.5 4 3.5 4v11c3 0 5 .3 6.5 1.5 1.5-1.2 3.5-1.5 6.5-1.5V4c-3 0-5 .3-6.5 1.5zM10 5.5v11",
  bubble: "M10 3.5c-4 0-7 2.7-7 6.2 0 1.9.9 3.6 2.4 4.7V17l2.5-1.4c.7.2 1.4.2 2.1.2 4 0 7-2.7 7-6.1s-3-6.2-7-6.2z",
  chart: "M3.5 3.5v13h13M6.5 12.5l3-3.5 2.5 2 4-5",
  pencil: "m4 16 .8-3.6L13 4.2l2.8 2.8-8.2 8.2zM11.3 5.9l2.8 2.8",
  plus: "M10 4v12M4 10h12",
  reply: "M8 5 3.5 9.5 8 14M3.5 9.5H12a4.5 4.5 0 0 1 4.5 4.5v2",
  right: "m8 4.5 5.5 5.5-5.5 5.5",
  send: "M3.5 10 16.5 4 13 16.5l-3-5zM10 11.5l6.5-7.5",
  away: "M6.5 15.5h7a3.5 3.5 0 0 0 2.3-6.1M13.3 7.6A4.5 4.5 0 0 0 6.7 6M5 7.7a4 4 0 0 0 1.5 7.8M3.5 3.5l13 13",
  bell: "M5 13.5V9a5 5 0 0 1 10 0v4.5l1 1.5H4zM8.5 17h3",
  check: "m4 10.5 4 4 8-9",
  checks: "m1.5 10.5 4 4 7-8.5M9.5 13l1.5 1.5 7.5-8.5",
  clip: "m15.5 9-5.7 5.7a3.3 3.3 0 0 1-4.7-4.7l6-6a2.2 2.2 0 0 1 3.1 3.1l-5.9 5.9a1.1 1.1 0 0 1-1.6-1.6L12 6.2",
  clock: "M3 10a7 7 0 1 0 14 0a7 7 0 1 0-14 0M10 6v4.2l2.8 1.8",
  copy: "M7.5 7.5h9v9h-9zM12.5 7.5v-4h-9v9h4",
  desk: "M3.5 14.5h13M5 14.5a5 5 0 0 1 10 0M10 9.5V7M8.5 6.5h3",
  down: "m5 8 5 5 5-5",
  gear: "M7.5 10a2.5 2.5 0 1 0 5 0a2.5 2.5 0 1 0-5 0M10 3v2M10 15v2M3 10h2M15 10h2M5.05 5.05l1.4 1.4M13.55 13.55l1.4 1.4M5.05 14.95l1.4-1.4M13.55 6.45l1.4-1.4",
  globe: "M3 10a7 7 0 1 0 14 0a7 7 0 1 0-14 0M3 10h14M10 3c2.3 2 3.3 4.3 3.3 7S12.3 15 10 17c-2.3-2-3.3-4.3-3.3-7S7.7 5 10 3z",
  hand: "M4.25 7a2.75 2.75 0 1 0 5.5 0a2.75 2.75 0 1 0-5.5 0M2.5 16c.3-3 2-4.5 4.5-4.5 1.2 0 2.2.3 3 1M11.5 15.5h6m-2.5-2.5 2.5 2.5-2.5 2.5",
  inbox: "M3 11.5 5 4.5h10l2 7v4H3zM3 11.5h4l1.2 2h3.6l1.2-2h4",
  keys: "M3 5.5h14v9H3zM6 8.5h.1M9 8.5h.1M12 8.5h.1M14.5 8.5h.1M7 11.5h6",
  left: "m12 4.5-5.5 5.5 5.5 5.5",
  leave: "M11.5 4h-7v12h7M9 10h8m-3-3 3 3-3 3",
  more: "M3.6 10a.9.9 0 1 0 1.8 0a.9.9 0 1 0-1.8 0M9.1 10a.9.9 0 1 0 1.8 0a.9.9 0 1 0-1.8 0M14.6 10a.9.9 0 1 0 1.8 0a.9.9 0 1 0-1.8 0",
  page: "M5 3h6.5L15.5 7v10H5zM11.5 3v4h4M8 10.5h5M8 13.5h5",
  person: "M7 7a3 3 0 1 0 6 0a3 3 0 1 0-6 0M4 16.5c.4-3.2 2.8-5 6-5s5.6 1.8 6 5",
  pin: "M10 17.5s5.5-4.6 5.5-9a5.5 5.5 0 0 0-11 0c0 4.4 5.5 9 5.5 9zM8.2 8.5a1.8 1.8 0 1 0 3.6 0a1.8 1.8 0 1 0-3.6 0",
  refresh: "M16 10a6 6 0 1 1-1.8-4.3L16 7.5M16 3.5v4h-4",
  smile: "M3 10a7 7 0 1 0 14 0a7 7 0 1 0-14 0M7.3 11.8c1.4 2 4 2 5.4 0M7.7 8v.1M12.3 8v.1",
  search: "M4 9a5 5 0 1 0 10 0a5 5 0 1 0-10 0M12.7 12.7 16.5 16.5",
  sort: "M6 4.5v11M3.5 13 6 15.5 8.5 13M14 15.5v-11M11.5 7 14 4.5 16.5 7",
  sound: "M3.5 8v4h2.8l3.7 3V5L6.3 8zM13 7.5a3.5 3.5 0 0 1 0 5M15 5.5a6.3 6.3 0 0 1 0 9",
  silent: "M3.5 8v4h2.8l3.7 3V5L6.3 8zM13 8l4 4M17 8l-4 4",
  team: "M4.75 7a2.75 2.75 0 1 0 5.5 0a2.75 2.75 0 1 0-5.5 0M2.5 16c.3-3 2.3-4.5 5-4.5s4.7 1.5 5 4.5M12.5 4.5a2.75 2.75 0 0 1 0 5M14.3 11.9c1.9.6 3 2 3.2 4.1",
  tray: "M4 3.5h12M3 7.5h14v9H3zM8 11.5h4",
  warn: "M10 3.5 17.5 16.5h-15zM10 8.5v3.5M10 14.3v.1",
  x: "m5 5 10 10M15 5 5 15",
};

export type IconName = keyof typeof SHAPES;

export function Sprite() {
  return (
    <svg class="sprite" aria-hidden="true">
      {Object.entries(SHAPES).map(([name, path]) => (
        <symbol key={name} id={`i-${name}`} viewBox="0 0 20 20"><path d={path} /></symbol>
      ))}
    </svg>
  );
}

/** `class` takes small, large, solid, or turns for an arrow that follows the direction of writing. */
export function Icon({ name, class: more = "" }: { name: IconName; class?: string }) {
  return <svg class={`i ${more}`} aria-hidden="true"><use href={`#i-${name}`} /></svg>;
}
