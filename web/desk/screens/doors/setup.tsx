import { useMemo, useState } from "preact/hooks";
import { newId } from "../../../wire/fetch.ts";
import { Field, PasswordField, Wrong } from "../../parts/field.tsx";
import { emailFault, faultsOf, missing, passwordFault, useForm } from "../../parts/form.ts";
import { enter } from "../../state/session.ts";
import { words } from "../../words.ts";
import { Door } from "./door.tsx";

const EMPTY = { company: "", website: "", name: "", email: "", password: "" };

/** The page that exists once. */
export function SetUp() {
  const [values, setValues] = useState(EMPTY);
  const id = useMemo(() => newId(), []);
  const put = (name: keyof typeof EMPTY) => (value: string) => setValues((now) => ({ ...now, [name]: value }));
  const check = () => faultsOf({
    company: missing(values.company, words.setup.companyName),
    name: missing(values.name, words.setup.yourName),
    email: emailFault(values.email),
    password: passwordFault(values.password),
  });
  const { faults, general, busy, submit } = useForm(check, () => enter("/api/setup", { client_id: id, ...values }));
  return (
    <Door title={words.setup.title} intro={words.setup.intro}>
      <form onSubmit={submit} noValidate>
        <fieldset>
          <legend>{words.setup.company}</legend>
          <Field label={words.setup.companyName} value={values.company} onValue={put("company")} wrong={faults.company} autocomplete="organization" autofocus />
          <Field label={words.setup.website} value={values.website} onValue={put("website")} wrong={faults.website} hint={words.setup.websiteHint} inputMode="url" autocomplete="url" />
        </fieldset>
        <fieldset>
          <legend>{words.setup.you}</legend>
          <div class="pair">
            <Field label={words.setup.yourName} value={values.name} onValue={put("name")} wrong={faults.name} autocomplete="name" />
            <Field label={words.door.email} type="email" value={values.email} onValue={put("email")} wrong={faults.email} autocomplete="username" />
          </div>
          <PasswordField label={words.door.password} value={values.password} onValue={put("password")} wrong={faults.password}
            hint={words.door.passwordHint} placeholder={words.door.passwordNew} autocomplete="new-password" />
        </fieldset>
        <footer>
          <button class="button main" disabled={busy}>{words.setup.open}</button>
          {general ? <Wrong>{general}</Wrong> : <span class="hint">{words.setup.next}</span>}
        </footer>
      </form>
    </Door>
  );
}
