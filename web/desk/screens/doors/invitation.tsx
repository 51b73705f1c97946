import { useEffect, useMemo, useState } from "preact/hooks";
import { newId, request, WireError } from "../../../wire/fetch.ts";
import { Field, PasswordField, Wrong } from "../../parts/field.tsx";
import { faultsOf, missing, passwordFault, useForm } from "../../parts/form.ts";
import { begin, enter } from "../../state/session.ts";
import { words } from "../../words.ts";
import { Door } from "./door.tsx";

type Look = { email: string; company: string };

export function Invitation({ token }: { token: string }) {
  const [look, setLook] = useState<Look | "over" | "away" | null>(null);
  const [tries, setTries] = useState(0);
  useEffect(() => {
    request<Look>("POST", "/api/invitation/look", { token }).then(setLook, (cause: unknown) =>
      setLook(cause instanceof WireError && cause.passing ? "away" : "over"));
  }, [token, tries]);
  if (look === null) return <Door title="" children={<span role="status" />} />;
  if (look === "away") {
    return (
      <Door title={words.invitation.away}>
        <button type="button" class="button" onClick={() => setTries(tries + 1)}>{words.tryAgain}</button>
      </Door>
    );
  }
  return look === "over" ? <Over /> : <Accept token={token} look={look} />;
}

function Over() {
  return (
    <Door title={words.invitation.over} intro={words.invitation.overWhy}>
      <button type="button" class="button" onClick={() => void begin()}>{words.invitation.toDoor}</button>
    </Door>
  );
}

function Accept({ token, look }: { token: string; look: Look }) {
  const [name, setName] = useState("");
  const [password, setPassword] = useState("");
  const id = useMemo(() => newId(), []);
  const check = () => faultsOf({ name: missing(name, words.setup.yourName), password: passwordFault(password) });
  const { faults, general, busy, submit } = useForm(check, () =>
    enter("/api/invitation/accept", { client_id: id, token, name, password }));
  return (
    <Door title={words.invitation.title(look.company)} intro={words.invitation.intro}>
      <form onSubmit={submit} noValidate class="narrow">
        <fieldset>
          <Field label={words.invitation.email} value={look.email} onValue={() => undefined} readOnly autocomplete="username" />
          <Field label={words.setup.yourName} value={name} onValue={setName} wrong={faults.name} autocomplete="name" autofocus />
          <PasswordField label={words.door.password} value={password} onValue={setPassword} wrong={faults.password}
            hint={words.door.passwordHint} placeholder={words.door.passwordNew} autocomplete="new-password" />
          {general && <Wrong>{general}</Wrong>}
        </fieldset>
        <footer><button class="button main" disabled={busy}>{words.invitation.go}</button></footer>
      </form>
    </Door>
  );
}
