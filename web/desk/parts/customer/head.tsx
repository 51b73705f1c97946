import type { PlacesAnswer, Profile } from "../../../wire/customers.ts";
import { now } from "../../state/clock.ts";
import { me, whispers } from "../../state/store.ts";
import { customers as words } from "../../words-customers.ts";
import { age, exactly, shortDate } from "../ages.ts";
import { CustomerFace } from "../face.tsx";
import { useFetched } from "../fetched.tsx";
import { Icon } from "../icon.tsx";
import { Link } from "../link.tsx";
import { languageName, placeOf, timeThere } from "./saying.ts";

const A_MOMENT = 60_000;

/** Who, where, since when: what one wants to know before the first word. */
export function Head({ profile, onName }: { profile: Profile; onName: () => void }) {
  const here = profile.id in whispers.value.visiting;
  return (
    <section class="who-is">
      <CustomerFace customer={profile} onSite={here} size="l" />
      <div class="grow">
        <button type="button" class="value called" onClick={onName} aria-label={words.profile.change(words.profile.fields.name ?? "", profile.called)}><bdi>{profile.called}</bdi></button>
        <p class="hint"><Where profile={profile} /></p>
        <p class="hint"><Seen profile={profile} here={here} /></p>
        {profile.blocked_until !== null && <p class="is bad"><Icon name="block" class="small" />{profile.blocked_until === 0 ? words.head.blocked : words.head.blockedUntil(shortDate(profile.blocked_until, now.value))}</p>}
      </div>
    </section>
  );
}

function Where({ profile }: { profile: Profile }) {
  const place = placeOf(profile);
  const time = timeThere(profile.zone, now.value);
  if (!place) return <Nowhere />;
  return <><bdi>{place}</bdi>{time && <> · <span class="num">{words.head.there(time)}</span></>}</>;
}

/** Where there is no city database, nobody is anywhere: whoever can change that is told how. */
function Nowhere() {
  const { value } = useFetched<PlacesAnswer>("/api/places");
  const missing = value !== null && value.built_at === null && me.value.role === "admin";
  return <>{words.head.nowhere}{missing && <> · <Link to={{ at: "settings", section: "keeping" }}>{words.head.how}</Link></>}</>;
}

function Seen({ profile, here }: { profile: Profile; here: boolean }) {
  const fresh = now.value - profile.seen_at < A_MOMENT;
  const away = profile.seen_at === 0 ? words.head.neverSeen : words.head.seen(age(profile.seen_at, now.value));
  const seen = here ? words.head.here : fresh ? words.head.seenNow : away;
  const more = [...profile.channels.map((one) => words.head.channel[one] ?? one), profile.device, languageName(profile.language)].filter(Boolean);
  return <><span class={here ? "on-site" : ""} title={profile.seen_at === 0 ? undefined : exactly(profile.seen_at)}>{seen}</span>{more.map((one) => <> · <bdi>{one}</bdi></>)}</>;
}
