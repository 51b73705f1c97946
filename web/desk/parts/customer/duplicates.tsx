import { useState } from "preact/hooks";
import type { Profile } from "../../../wire/customers.ts";
import type { CustomerBrief } from "../../../wire/types.ts";
import { customers as words } from "../../words-customers.ts";
import { CustomerFace } from "../face.tsx";
import { Link } from "../link.tsx";
import { MergeDialog } from "./merge.tsx";

/** Who may be the same person. Nothing happens by itself. */
export function Duplicates({ of, ones }: { of: Profile; ones: readonly CustomerBrief[] }) {
  const [merging, merge] = useState<CustomerBrief | null>(null);
  return (
    <section class="duplicates">
      <h3>{words.duplicates.title(ones.length)}</h3>
      <ul>
        {ones.map((one) => (
          <li key={one.id}>
            <CustomerFace customer={one} size="s" />
            <Link to={{ at: "customer", id: one.id }} class="clip grow"><bdi>{one.called}</bdi></Link>
            <button type="button" class="do" onClick={() => merge(one)}>{words.duplicates.merge}<span class="sr"> {one.called}</span></button>
          </li>
        ))}
      </ul>
      {merging && <MergeDialog of={of} suggested={ones} chosen={merging} onClose={() => merge(null)} />}
    </section>
  );
}
