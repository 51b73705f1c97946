import type { ComponentChildren } from "preact";
import type { OwnField } from "../../../wire/customers.ts";
import { customers as words } from "../../words-customers.ts";
import { locale } from "../../words.ts";
import { Icon } from "../icon.tsx";
import { safeAddress } from "../links.ts";

/** What stands in an own field, as people write it. */
export function OwnValue({ field, value }: { field: OwnField; value: string }): ComponentChildren {
  if (field.kind === "link") return <Address url={value} />;
  if (field.kind === "number") return <span class="num">{numberOf(value)}</span>;
  if (field.kind === "date") return <span class="num">{dateOf(value)}</span>;
  return <bdi>{value}</bdi>;
}

/** An address that somebody wrote, to follow if it may be. */
export function Address({ url, text }: { url: string; text?: string }) {
  const href = safeAddress(url);
  const shown = <bdi class="clip">{text ?? url.replace(/^https?:\/\/(www\.)?/, "").replace(/\/$/, "")}</bdi>;
  return href?.startsWith("http") ? <a class="clip" href={href} target="_blank" rel="noopener noreferrer nofollow" title={words.profile.open}>{shown}</a> : shown;
}

function numberOf(value: string): string {
  const number = Number(value);
  return Number.isFinite(number) && Math.abs(number) < 1e15 ? number.toLocaleString(locale, { maximumFractionDigits: 10 }) : value;
}

const longDay = new Intl.DateTimeFormat(locale, { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" });

function dateOf(value: string): string {
  const at = Date.parse(`${value}T00:00:00Z`);
  return Number.isNaN(at) ? value : longDay.format(at);
}

/** Whether the site vouched for it, or the visitor merely wrote it. */
export function OriginMark({ origin }: { origin: "proven" | "claimed" | undefined }) {
  if (origin === "proven") return <span class="proven" title={words.profile.provenWhy}><Icon name="check" class="small" />{words.profile.proven}</span>;
  return origin === "claimed" ? <span class="said-so" title={words.profile.claimedWhy}>{words.profile.claimed}</span> : null;
}
