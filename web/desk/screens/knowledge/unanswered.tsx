import { useEffect, useState } from "preact/hooks";
import { age } from "../../parts/ages.ts";
import { Fetching, useFetched } from "../../parts/fetched.tsx";
import { Link } from "../../parts/link.tsx";
import { now } from "../../state/clock.ts";
import { listed } from "../../state/route.ts";
import type { Unanswered } from "../../../wire/knowing.ts";
import { locale } from "../../words.ts";
import { knowledge as words } from "../../words-knowledge.ts";
import { AnswerDialog } from "./answer-dialog.tsx";

const SHORT = 8;

/** What customers asked and nothing good enough was found for. */
export function NoAnswer() {
  const fetched = useFetched<{ questions: Unanswered[] }>("/api/knowledge/unanswered");
  const [writing, write] = useState<Unanswered | null>(null);
  const [whole, setWhole] = useState(false);
  const [answered, setAnswered] = useState<readonly string[]>([]);
  useEffect(() => setAnswered([]), [fetched.value]);
  const questions = fetched.value?.questions.filter((one) => !answered.includes(one.id));
  return (
    <section class="part">
      <h2>{words.unanswered} <span class="hint">{words.lastDays}</span></h2>
      {!questions && <Fetching {...fetched} />}
      {questions?.length === 0 && <p class="hint">{words.noneUnanswered}</p>}
      {questions && questions.length > 0 && <Table questions={whole ? questions : questions.slice(0, SHORT)} write={write} />}
      {questions && questions.length > SHORT && !whole && <button type="button" class="do" onClick={() => setWhole(true)}>{words.showMore}</button>}
      {writing && <AnswerDialog question={writing.text} onClose={() => write(null)} onSaved={() => setAnswered([...answered, writing.id])} />}
    </section>
  );
}

function Table({ questions, write }: { questions: readonly Unanswered[]; write: (one: Unanswered) => void }) {
  return (
    <table class="lines asked">
      <thead><tr><th scope="col">{words.askedLike}</th><th scope="col" class="n">{words.times}</th><th scope="col" class="then">{words.last}</th><td /></tr></thead>
      <tbody>
        {questions.map((one) => (
          <tr key={one.id}>
            <th scope="row" class="name"><Link to={{ at: "conversation", id: one.conversation_id, ...listed.value }} class="two-lines"><bdi>{one.text}</bdi></Link></th>
            <td class="n" data-is={words.timesOf(one.times)}>{one.times.toLocaleString(locale)}</td>
            <td class="then hint">{age(one.last_at, now.value)}</td>
            <td class="n acts"><button type="button" class="button plain" onClick={() => write(one)}>{words.write}</button></td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
