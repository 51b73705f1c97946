import type { Profile } from "../../../wire/customers.ts";
import { locale } from "../../words.ts";
import { customers as words } from "../../words-customers.ts";
import { desk } from "../../state/store.ts";

const names = (type: "region" | "language") => new Intl.DisplayNames(locale, { type, fallback: "none" });
const regions = names("region");
const languages = names("language");

function said(by: Intl.DisplayNames, code: string | null): string | null {
  if (!code) return null;
  try {
    return by.of(code) ?? null;
  } catch {
    return null; // What a browser says of itself need not be a code.
  }
}

export function countryName(code: string | null): string | null {
  return code && /^[a-z]{2}$/i.test(code) ? (said(regions, code.toUpperCase()) ?? code) : code;
}

export function languageName(code: string | null): string | null {
  return said(languages, code);
}

/** "Lisbon, Portugal"; null where nothing is known. */
export function placeOf({ city, country }: Pick<Profile, "city" | "country">): string | null {
  return [city, countryName(country)].filter(Boolean).join(", ") || null;
}

/** What the clock says where they are. */
export function timeThere(zone: string | null, now: number): string | null {
  if (!zone) return null;
  try {
    return new Intl.DateTimeFormat(locale, { hour: "2-digit", minute: "2-digit", timeZone: zone }).format(now);
  } catch {
    return null;
  }
}

/** What a field is called, own or not. */
export function fieldName(field: string): string {
  return words.profile.fields[field] ?? desk().own_fields.find(({ id }) => id === field)?.name ?? field;
}
