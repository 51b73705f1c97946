import { useState } from "preact/hooks";
import { contrast, textOn } from "../../parts/contrast.ts";
import { AreaField, Field, Wrong } from "../../parts/field.tsx";
import { useForm, type Faults } from "../../parts/form.ts";
import { command, saveCompany } from "../../state/commands.ts";
import { desk } from "../../state/store.ts";
import { toast } from "../../state/toasts.ts";
import { words } from "../../words.ts";
import { CopyLine } from "./copy.tsx";

export function WidgetSection() {
  return <><Script /><Look /><Sites /><Identity /></>;
}

function Script() {
  const line = `<script src="${location.origin}/widget.js" async></script>`;
  return (
    <section class="sheet-part">
      <h2>{words.settings.script}</h2>
      <p class="hint">{words.settings.scriptHint}</p>
      <CopyLine text={line} label={words.settings.script} />
    </section>
  );
}

const HEX = /^#[0-9a-f]{6}$/i;

function Look() {
  const company = desk().company;
  const [colour, setColour] = useState(company.colour);
  const [greeting, setGreeting] = useState(company.greeting);
  const check = (): Faults => (HEX.test(colour.trim()) ? {} : { colour: words.faults.colour });
  const { faults, general, busy, submit } = useForm(check, async () => {
    await saveCompany({ colour: colour.trim().toLowerCase(), greeting });
    toast({ text: words.saved });
  });
  const shown = HEX.test(colour.trim()) ? colour.trim() : company.colour;
  return (
    <form onSubmit={submit} noValidate>
      <fieldset>
        <legend>{words.settings.bubble}</legend>
        <div class="field">
          <span class="lab" id="colour">{words.settings.colour}</span>
          <div class="colour-choice">
            <input type="color" aria-labelledby="colour" value={shown} onInput={(event) => setColour(event.currentTarget.value)} />
            <input class="input code" aria-label={words.settings.colourText} value={colour} maxLength={7} spellcheck={false}
              aria-invalid={faults.colour ? true : undefined} onInput={(event) => setColour(event.currentTarget.value)} />
          </div>
          {faults.colour ? <Wrong>{faults.colour}</Wrong> : <span class="hint">{verdict(shown)}</span>}
        </div>
        <Field label={words.settings.greeting} value={greeting} onValue={setGreeting} wrong={faults.greeting} hint={words.settings.greetingHint} maxLength={120} />
        <Preview colour={shown} greeting={greeting} />
        {general && <Wrong>{general}</Wrong>}
      </fieldset>
      <footer><button class="button main" disabled={busy || (colour === company.colour && greeting === company.greeting)}>{words.save}</button></footer>
    </form>
  );
}

// White or black can always be read on a plain colour; what can be wrong is that the bubble itself is hard to find.
function verdict(colour: string): string {
  const text = textOn(colour);
  const ratio = (contrast(colour, text) ?? 1).toFixed(1);
  const said = words.settings.colourGood(ratio, text === "#ffffff" ? words.settings.white : words.settings.black);
  return (contrast(colour, "#ffffff") ?? 21) < 1.5 ? `${said} ${words.settings.colourFaint}` : said;
}

function Preview({ colour, greeting }: { colour: string; greeting: string }) {
  return (
    <figure class="widget-preview" aria-label={words.settings.preview} style={{ "--site": colour, "--on-site": textOn(colour) }}>
      <div class="widget-head"><strong class="clip">{desk().company.name}</strong><span>{greeting}</span></div>
      <svg class="widget-bubble" viewBox="0 0 20 20" aria-hidden="true"><path d="M10 3.5c-4 0-7 2.7-7 6.2 0 1.9.9 3.6 2.4 4.7V17l2.500-1.400c.7.2 1.400.2 2.100.2 4 0 7-2.700 7-6.100s-3-6.200-7-6.200z" /></svg>
    </figure>
  );
}

function Sites() {
  const company = desk().company;
  const [sites, setSites] = useState(company.allowed_sites.join("\n"));
  const { faults, general, busy, submit } = useForm(() => ({}), async () => {
    await saveCompany({ allowed_sites: sites.split("\n").map((site) => site.trim()).filter((site) => site !== "") });
    setSites(desk().company.allowed_sites.join("\n"));
    toast({ text: words.saved });
  });
  return (
    <form onSubmit={submit} noValidate>
      <fieldset>
        <legend>{words.settings.sites}</legend>
        <AreaField label={words.settings.sitesLabel} value={sites} onValue={setSites} rows={4} wrong={faults.allowed_sites}
          hint={words.settings.sitesHint} placeholder="https://shop.example" />
        {general && <Wrong>{general}</Wrong>}
      </fieldset>
      <footer><button class="button main" disabled={busy || sites === company.allowed_sites.join("\n")}>{words.save}</button></footer>
    </form>
  );
}

function Identity() {
  const [key, setKey] = useState<string | null>(null);
  const { general, busy, submit } = useForm(() => ({}), async () => {
    setKey((await command<{ key: string }>("/api/settings/identity-key")).key);
  });
  return (
    <form onSubmit={submit}>
      <fieldset>
        <legend>{words.settings.identity}</legend>
        <p class="hint">{words.settings.identityHint}</p>
        {key && <><CopyLine text={key} label={words.settings.identity} /><p class="hint">{words.settings.identityOnce}</p></>}
        {general && <Wrong>{general}</Wrong>}
      </fieldset>
      <footer><button class="button" disabled={busy}>{words.settings.identityMake}</button></footer>
    </form>
  );
}
