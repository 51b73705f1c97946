import { useEffect, useState } from "preact/hooks";
import { Field, PasswordField, Wrong } from "../../parts/field.tsx";
import { emailFault, faultsOf, missing, useForm } from "../../parts/form.ts";
import { company, enter, stage } from "../../state/session.ts";
import { words } from "../../words.ts";
import { Door } from "./door.tsx";

export function SignIn({ why }: { why: "first" | "ended" | "link" }) {
  const [email, setEmail] = useState("");
  const [password, setPassword] = useState("");
  const check = () => faultsOf({ email: emailFault(email), password: missing(password, words.door.password) });
  const { faults, general, busy, submit } = useForm(check, () => enter("/api/sign-in", { email: email.trim(), password }));
  return (
    <Door title={words.door.title} intro={introOf(why)}>
      <form onSubmit={submit} noValidate class="narrow">
        <fieldset>
          <Field label={words.door.email} type="email" value={email} onValue={setEmail} wrong={faults.email} autocomplete="username" autofocus />
          <PasswordField label={words.door.password} value={password} onValue={setPassword} wrong={faults.password} autocomplete="current-password" />
          {general && <Wrong>{general}</Wrong>}
        </fieldset>
        <footer>
          <button class="button main" disabled={busy}>{words.door.go}</button>
          <span class="hint">{words.door.forgot}</span>
        </footer>
      </form>
    </Door>
  );
}

function introOf(why: "first" | "ended" | "link"): string {
  if (why === "ended") return words.door.ended;
  if (why === "link") return words.door.linkOver;
  return company.value ? words.door.to(company.value) : words.door.toDesk;
}

/** A link that signs in by itself. The token is gone from the address already. */
export function SignInByLink({ token }: { token: string }) {
  useEffect(() => {
    enter("/api/sign-in-link", { token }).catch(() => { stage.value = { at: "sign-in", why: "link" }; });
  }, [token]);
  return <Door title={words.door.linkOpening}><span class="late" role="status" /></Door>;
}
