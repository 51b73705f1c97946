import { useRef, useState } from "preact/hooks";
import { WireError } from "../../../wire/fetch.ts";
import type { Preferences } from "../../../wire/types.ts";
import { Either } from "../../parts/either.tsx";
import { AgentFace } from "../../parts/face.tsx";
import { Field, PasswordField, Wrong } from "../../parts/field.tsx";
import { faultsOf, missing, passwordFault, useForm } from "../../parts/form.ts";
import { refusal } from "../../state/attempting.ts";
import { choose, command, removePicture, savePicture, saveProfile } from "../../state/commands.ts";
import { me } from "../../state/store.ts";
import { toast } from "../../state/toasts.ts";
import { words } from "../../words.ts";
import { Sessions } from "./sessions.tsx";

export function YouSection() {
  return <><Profile /><Ways /><Password /><Sessions /></>;
}

function Profile() {
  const [name, setName] = useState(me.value.name);
  const check = () => faultsOf({ name: missing(name, words.settings.name) });
  const { faults, general, busy, submit } = useForm(check, async () => {
    await saveProfile({ name });
    toast({ text: words.saved });
  });
  return (
    <form onSubmit={submit} noValidate>
      <fieldset>
        <legend>{words.settings.profile}</legend>
        <Picture />
        <Field label={words.settings.name} value={name} onValue={setName} wrong={faults.name} hint={words.settings.nameHint} autocomplete="name" maxLength={80} />
        <Field label={words.settings.email} value={me.value.email} onValue={() => undefined} readOnly />
        {general && <Wrong>{general}</Wrong>}
      </fieldset>
      <footer><button class="button main" disabled={busy || name === me.value.name}>{words.save}</button></footer>
    </form>
  );
}

function Picture() {
  const input = useRef<HTMLInputElement>(null);
  const [wrong, setWrong] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const change = async (work: () => Promise<void>) => {
    setWrong(null);
    setBusy(true);
    await work().catch((cause: unknown) => setWrong(told(cause)));
    setBusy(false);
  };
  const has = me.value.picture !== null;
  return (
    <div class="field">
      <span class="lab">{words.settings.picture}</span>
      <div class="picture-choice">
        <AgentFace agent={me.value} size="l" />
        <button type="button" class="button" disabled={busy} onClick={() => input.current?.click()}>
          {has ? words.settings.pictureChange : words.settings.pictureChoose}
        </button>
        {has && <button type="button" class="button plain" disabled={busy} onClick={() => void change(removePicture)}>{words.settings.pictureRemove}</button>}
      </div>
      <input ref={input} type="file" accept="image/png,image/jpeg,image/webp,image/gif" hidden onChange={(event) => {
        const [file] = event.currentTarget.files ?? [];
        event.currentTarget.value = "";
        if (file) void change(() => savePicture(file));
      }} />
      {wrong ? <Wrong>{wrong}</Wrong> : <span class="hint">{words.settings.pictureHint}</span>}
    </div>
  );
}

function told(cause: unknown): string {
  if (!(cause instanceof WireError)) return words.failed;
  return refusal(cause);
}

/** Choices that hold at once; there is nothing to save. */
function Ways() {
  const { theme, enter_sends, sound } = me.value.preferences;
  const themes = (["system", "light", "dark"] as const).map((value) => ({ value, label: words.settings.themes[value] }));
  const put = (changes: Partial<Preferences>) => void choose(changes);
  return (
    <section class="sheet-part">
      <h2>{words.settings.ways}</h2>
      <Way label={words.settings.theme}>
        <Either label={words.settings.theme} value={theme} options={themes} onChange={(value) => put({ theme: value })} />
      </Way>
      <Way label={words.settings.enter} hint={enter_sends ? words.settings.enterHint.sends : words.settings.enterHint.breaks}>
        <Either label={words.settings.enter} value={enter_sends ? "sends" : "breaks"} onChange={(value) => put({ enter_sends: value === "sends" })}
          options={[{ value: "sends", label: words.settings.enterSends }, { value: "breaks", label: words.settings.enterBreaks }]} />
      </Way>
      <Way label={words.settings.sound}>
        <Either label={words.settings.sound} value={sound ? "on" : "off"} onChange={(value) => put({ sound: value === "on" })}
          options={[{ value: "on", label: words.settings.on }, { value: "off", label: words.settings.off }]} />
      </Way>
      <Notices />
    </section>
  );
}

function Way({ label, hint, children }: { label: string; hint?: string; children: preact.ComponentChildren }) {
  return <div class="way"><span class="grow"><span class="lab">{label}</span>{hint && <span class="hint">{hint}</span>}</span>{children}</div>;
}

function Notices() {
  const [permission, setPermission] = useState("Notification" in window ? Notification.permission : "denied");
  const hint = permission === "granted" ? words.settings.noticesOn : permission === "denied" ? words.settings.noticesOff : "";
  const ask = () => void Notification.requestPermission().then(setPermission);
  return (
    <Way label={words.settings.notices} hint={hint}>
      {permission === "default" && <button type="button" class="button" onClick={ask}>{words.settings.noticesAsk}</button>}
    </Way>
  );
}

function Password() {
  const [old, setOld] = useState("");
  const [fresh, setFresh] = useState("");
  const check = () => faultsOf({ old: missing(old, words.door.password), new: passwordFault(fresh) });
  const { faults, general, busy, submit } = useForm(check, async () => {
    await command("/api/me/password", { old, new: fresh });
    setOld("");
    setFresh("");
    toast({ text: words.settings.passwordSaved });
  });
  return (
    <form onSubmit={submit} noValidate>
      <fieldset>
        <legend>{words.settings.password}</legend>
        <input type="text" autocomplete="username" value={me.value.email} readOnly hidden />
        <div class="pair">
          <PasswordField label={words.settings.passwordOld} value={old} onValue={setOld} wrong={faults.old} autocomplete="current-password" />
          <PasswordField label={words.settings.passwordNew} value={fresh} onValue={setFresh} wrong={faults.new ?? faults.password} hint={words.door.passwordNew} autocomplete="new-password" />
        </div>
        {general && <Wrong>{general}</Wrong>}
      </fieldset>
      <footer><button class="button" disabled={busy}>{words.settings.passwordSave}</button></footer>
    </form>
  );
}
