const WIDTHS = [[112, 84], [92, 70], [126, 90], [84, 62], [108, 78]];

export function Ghost({ nth }: { nth: number }) {
  const [name = 100, last = 80] = WIDTHS[nth % WIDTHS.length] ?? [];
  return (
    <div class="row ghostly" aria-hidden="true">
      <span class="face" />
      <div><i class="ghost" style={{ width: `${name}px` }} /><i class="ghost thin" style={{ width: `${last}%` }} /></div>
    </div>
  );
}

/** What stands where rows will be, but only once they are late. */
export function GhostRows() {
  return <div class="ghosts late">{WIDTHS.map((_, nth) => <Ghost key={nth} nth={nth} />)}</div>;
}
