import type { ComponentChildren } from "preact";
import type { CustomerRow, OwnField } from "../../../wire/customers.ts";
import { ownFields } from "../../parts/customer/profile.tsx";
import { languageName, placeOf } from "../../parts/customer/saying.ts";
import { OriginMark, OwnValue } from "../../parts/customer/value.tsx";
import { Age } from "../../parts/age.tsx";
import { Icon } from "../../parts/icon.tsx";
import { Link } from "../../parts/link.tsx";
import { Popover } from "../../parts/popover.tsx";
import { customers as words } from "../../words-customers.ts";

export type Column = { id: string; name: string; draw: (row: CustomerRow) => ComponentChildren };

const text = (value: string | null) => (value ? <bdi class="clip">{value}</bdi> : null);

const USUAL: readonly Omit<Column, "name">[] = [
  { id: "email", draw: (row) => row.email && <span class="with-mark">{text(row.email)}<OriginMark origin={row.origins.email} /></span> },
  { id: "phone", draw: (row) => row.phone && <span class="with-mark">{text(row.phone)}<OriginMark origin={row.origins.phone} /></span> },
  { id: "company", draw: (row) => row.company && <Link to={{ at: "company", id: row.company.id }} class="clip"><bdi>{row.company.name}</bdi></Link> },
  { id: "title", draw: (row) => text(row.title) },
  { id: "place", draw: (row) => text(placeOf(row)) },
  { id: "language", draw: (row) => text(languageName(row.language)) },
  { id: "device", draw: (row) => text(row.device) },
  { id: "seen", draw: (row) => <Age at={row.seen_at} /> },
  { id: "created", draw: (row) => <Age at={row.created_at} /> },
];

/** All there are: the usual, and the company's own. */
export function allColumns(): Column[] {
  const own = ownFields("customer").map((field: OwnField): Column => ({
    id: field.id, name: field.name, draw: (row) => { const value = row.fields[field.id]; return value ? <OwnValue field={field} value={value} /> : null; },
  }));
  return [...USUAL.map((one) => ({ ...one, name: words.list.column[one.id] ?? one.id })), ...own];
}

export function ColumnsMenu({ chosen, choose }: { chosen: readonly string[]; choose: (columns: string[]) => void }) {
  const turn = (id: string, on: boolean) => choose(allColumns().map((one) => one.id).filter((one) => (one === id ? on : chosen.includes(one))));
  return (
    <Popover label={words.list.columns} class="end" button={<span class="tool"><Icon name="columns" /></span>}>
      {() => (
        <div class="column-picks" role="group" aria-label={words.list.columns}>
          {allColumns().map(({ id, name }) => (
            <label key={id} class="tick"><input type="checkbox" checked={chosen.includes(id)} onChange={(event) => turn(id, event.currentTarget.checked)} /><bdi class="clip">{name}</bdi></label>
          ))}
        </div>
      )}
    </Popover>
  );
}
