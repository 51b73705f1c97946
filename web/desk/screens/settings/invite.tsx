import { useState } from "preact/hooks";
import { WireError } from "../../../wire/fetch.ts";
import type { Invitation } from "../../../wire/answers.ts";
import type { Role } from "../../../wire/types.ts";
import { dayLine } from "../../parts/ages.ts";
import { Either } from "../../parts/either.tsx";
import { Field, Wrong } from "../../parts/field.tsx";
import { emailFault, faultsOf, useForm } from "../../parts/form.ts";
import { now } from "../../state/clock.ts";
import { command } from "../../state/commands.ts";
import { toast } from "../../state/toasts.ts";
import { words } from "../../words.ts";
import { CopyLine } from "./copy.tsx";
import { Fetching, type useFetched } from "../../parts/fetched.tsx";

type Made = { invitation: Invitation; link: string };

export function Invite({ onInvited }: { onInvited: () => void }) {
  const [email, setEmail] = useState("");
  const [role, setRole] = useState<Role>("agent");
  const [made, setMade] = useState<Made | null>(null);
  const check = () => faultsOf({ email: emailFault(email) });
  const { faults, general, busy, submit } = useForm(check, async () => {
    setMade(await command<Made>("/api/invitations", { email: email.trim(), role }));
    setEmail("");
    onInvited();
  });
  return (
    <form onSubmit={submit} noValidate>
      <fieldset>
        <legend>{words.settings.invite}</legend>
        <Field label={words.settings.inviteEmail} type="email" value={email} onValue={setEmail} wrong={faults.email} autocomplete="off" />
        <div class="way">
          <span class="grow"><span class="lab">{words.settings.role}</span><span class="hint">{words.settings.roleHint}</span></span>
          <Either label={words.settings.role} value={role} onChange={setRole}
            options={(["agent", "admin"] as const).map((value) => ({ value, label: words.settings.roles[value] }))} />
        </div>
        {general && <Wrong>{general}</Wrong>}
        {made && <MadeLink made={made} />}
      </fieldset>
      <footer><button class="button main" disabled={busy}>{words.settings.inviteGo}</button></footer>
    </form>
  );
}

function MadeLink({ made: { invitation, link } }: { made: Made }) {
  return (
    <div class="field" role="status">
      <span class="lab">{words.settings.inviteOnce(invitation.email)}</span>
      <CopyLine text={link} label={words.settings.invite} />
    </div>
  );
}

export function Pending({ invited }: { invited: ReturnType<typeof useFetched<{ invitations: Invitation[] }>> }) {
  const withdraw = async (id: string) => {
    try {
      await command(`/api/invitations/${encodeURIComponent(id)}/withdraw`);
    } catch (cause) {
      toast({ text: cause instanceof WireError && cause.kind !== "away" ? cause.message : words.faults.away });
    }
    invited.load();
  };
  const all = invited.value?.invitations;
  return (
    <section class="sheet-part">
      <h2>{words.settings.pending}</h2>
      {!all && <Fetching {...invited} />}
      {all?.length === 0 && <p class="hint">{words.settings.noneInvited}</p>}
      {all && all.length > 0 && (
        <ul class="lines-list">
          {all.map((one) => (
            <li key={one.id}>
              <span class="grow"><bdi class="clip">{one.email}</bdi><small>{words.settings.roles[one.role]} · {words.settings.until(dayLine(one.expires_at, now.value))}</small></span>
              <button type="button" class="button" onClick={() => void withdraw(one.id)}>{words.settings.withdraw}</button>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
