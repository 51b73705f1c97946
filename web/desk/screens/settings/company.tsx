import { useState } from "preact/hooks";
import { Field, Wrong } from "../../parts/field.tsx";
import { faultsOf, missing, useForm } from "../../parts/form.ts";
import { saveCompany } from "../../state/commands.ts";
import { desk } from "../../state/store.ts";
import { toast } from "../../state/toasts.ts";
import { words } from "../../words.ts";

export function CompanySection() {
  const company = desk().company;
  const [name, setName] = useState(company.name);
  const [website, setWebsite] = useState(company.website);
  const check = () => faultsOf({ name: missing(name, words.settings.companyName) });
  const { faults, general, busy, submit } = useForm(check, async () => {
    await saveCompany({ name, website });
    toast({ text: words.saved });
  });
  const same = name === company.name && website === company.website;
  return (
    <form onSubmit={submit} noValidate>
      <fieldset>
        <legend>{words.settings.company}</legend>
        <Field label={words.settings.companyName} value={name} onValue={setName} wrong={faults.name} maxLength={80} autocomplete="organization" />
        <Field label={words.settings.website} value={website} onValue={setWebsite} wrong={faults.website} inputMode="url" autocomplete="url" />
        {general && <Wrong>{general}</Wrong>}
      </fieldset>
      <footer><button class="button main" disabled={busy || same}>{words.save}</button></footer>
    </form>
  );
}
