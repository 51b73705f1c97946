import type { OwnField, Profile } from "../../../wire/customers.ts";
import type { ProfileChanges } from "../../state/knowing-customers.ts";

/** What stands in each field; the id is that of a company that was chosen. */
export type Draft = Readonly<Record<string, { id: string | null; name: string }>>;

export function draftOf(profile: Profile): Draft {
  const plain = { name: profile.name, email: profile.email, phone: profile.phone, title: profile.title, about: profile.about, ...profile.fields };
  const lines: Record<string, { id: string | null; name: string }> = {};
  for (const [field, value] of Object.entries(plain)) lines[field] = { id: null, name: value ?? "" };
  return { ...lines, company: { id: profile.company?.id ?? null, name: profile.company?.name ?? "" } };
}

/** What was changed, with what stood there before; null: nothing was. */
export function changesOf(began: Draft, draft: Draft, own: readonly OwnField[]): ProfileChanges | null {
  const changes: ProfileChanges = {};
  const seen: Record<string, string> = {};
  const isNew = (field: string) => (draft[field]?.name ?? "").trim() !== (began[field]?.name ?? "");
  for (const field of ["name", "email", "phone", "title", "about"] as const) {
    if (!isNew(field)) continue;
    changes[field] = (draft[field]?.name ?? "").trim();
    seen[field] = began[field]?.name ?? "";
  }
  for (const { id } of own) {
    if (!isNew(id)) continue;
    changes.fields = { ...changes.fields, [id]: (draft[id]?.name ?? "").trim() };
    seen[id] = began[id]?.name ?? "";
  }
  const company = draft.company ?? { id: null, name: "" };
  if (isNew("company") || (company.id !== null && company.id !== began.company?.id)) {
    if (company.id) changes.company_id = company.id;
    else changes.company_name = company.name.trim();
    seen.company = began.company?.id ?? "";
  }
  return Object.keys(seen).length > 0 ? { ...changes, seen } : null;
}
