import type { OwnField, Profile } from "../../../wire/customers.ts";
import { desk } from "../../state/store.ts";
import { customers as words } from "../../words-customers.ts";
import { Link } from "../link.tsx";
import { AboutThem } from "./about-them.tsx";
import { ProfileForm } from "./profile-form.tsx";
import { fieldName } from "./saying.ts";
import { OriginMark, OwnValue } from "./value.tsx";

export type Field = string;

/** What is known, changed where it stands. `editing` names the field that gets the focus. */
export function ProfilePart({ profile, editing, edit }: { profile: Profile; editing: Field | null; edit: (field: Field | null) => void }) {
  const own = ownFields("customer");
  return (
    <section class="profile">
      <h3>{words.profile.title}{editing === null && <button type="button" class="do" onClick={() => edit("name")}>{words.profile.edit}</button>}</h3>
      {editing === null ? <Known profile={profile} own={own} edit={edit} /> : <ProfileForm profile={profile} own={own} first={editing} onDone={() => edit(null)} />}
    </section>
  );
}

export function ownFields(of: OwnField["of"]): OwnField[] {
  return desk().own_fields.filter((one) => one.of === of && !one.retired).sort((a, b) => a.place - b.place);
}

function Known({ profile, own, edit }: { profile: Profile; own: readonly OwnField[]; edit: (field: Field) => void }) {
  const { company, origins } = profile;
  const lines = (["email", "phone", "title"] as const).filter((field) => profile[field]);
  const filled = own.filter(({ id }) => profile.fields[id]);
  if (lines.length + filled.length === 0 && !company && !profile.about) {
    return <p class="hint">{words.profile.nothing} <button type="button" class="do" onClick={() => edit("email")}>{words.profile.add}</button></p>;
  }
  return (
    <>
      <dl class="fields">
        {lines.map((field) => (
          <>
            <dt>{fieldName(field)}</dt>
            <dd><Value field={field} value={profile[field] ?? ""} edit={edit} /><OriginMark origin={origins[field]} /></dd>
          </>
        ))}
        {company && <><dt>{fieldName("company")}</dt><dd><Link to={{ at: "company", id: company.id }} class="clip"><bdi>{company.name}</bdi></Link><OriginMark origin={origins.company} /></dd></>}
        {filled.map((field) => (
          <>
            <dt class="own"><bdi>{field.name}</bdi></dt>
            <dd>
              {field.kind === "link"
                ? <OwnValue field={field} value={profile.fields[field.id] ?? ""} />
                : <button type="button" class="value clip" onClick={() => edit(field.id)} aria-label={words.profile.change(field.name, profile.fields[field.id] ?? "")}><OwnValue field={field} value={profile.fields[field.id] ?? ""} /></button>}
              <OriginMark origin={origins[field.id]} />
            </dd>
          </>
        ))}
      </dl>
      {profile.about && <AboutThem text={profile.about} />}
    </>
  );
}

function Value({ field, value, edit }: { field: Field; value: string; edit: (field: Field) => void }) {
  return <button type="button" class="value clip" title={value} onClick={() => edit(field)} aria-label={words.profile.change(fieldName(field), value)}><bdi>{value}</bdi></button>;
}
