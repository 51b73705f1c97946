import { useEffect, useState } from "preact/hooks";
import { age } from "../../parts/ages.ts";
import { shortName } from "../../parts/names.ts";
import { Void } from "../../parts/void.tsx";
import { now } from "../../state/clock.ts";
import { loadAnswers, turnAnswer } from "../../state/knowledge.ts";
import { connection } from "../../state/live.ts";
import { agentById } from "../../state/state.ts";
import { desk } from "../../state/store.ts";
import { toast } from "../../state/toasts.ts";
import type { Answer } from "../../../wire/knowing.ts";
import { words as all } from "../../words.ts";
import { knowledge as words } from "../../words-knowledge.ts";
import { AnswerDialog } from "./answer-dialog.tsx";
import { attempted } from "../../state/attempting.ts";

/** The approved answers, newest first: everyone may write, change and retire them. */
export function Answers() {
  const [failed, setFailed] = useState(false);
  const [edited, edit] = useState<Answer | null>(null);
  const { answers, next } = desk().knowledge;
  const online = connection.value === "here";
  const load = (after: string | null = null) => {
    setFailed(false);
    loadAnswers(after).catch(() => setFailed(true));
  };
  useEffect(() => load(), [online]);
  if (!answers) return failed ? <p class="hint">{all.settings.failed} <button type="button" class="do" onClick={() => load()}>{all.tryAgain}</button></p> : <p class="hint late">{all.settings.loading}</p>;
  const used = answers.filter((one) => one.retired_at === null);
  return (
    <section>
      {used.length === 0 && <Void icon="check" title={words.noAnswers}>{words.noAnswersWhy}</Void>}
      <ul class="answers">{used.map((one) => <Line key={one.id} answer={one} edit={() => edit(one)} />)}</ul>
      {next && <button type="button" class="button show-more" onClick={() => load(next)}>{words.showMore}</button>}
      {edited && <AnswerDialog answer={edited} onClose={() => edit(null)} />}
    </section>
  );
}

function Line({ answer, edit }: { answer: Answer; edit: () => void }) {
  const name = agentById(desk(), answer.agent_id)?.name;
  const retire = async () => {
    if (!(await attempted(() => turnAnswer(answer, "retire")))) return;
    toast({ text: words.retired, action: { label: all.undo, run: () => void attempted(() => turnAnswer(answer, "restore")) } });
  };
  return (
    <li>
      <div class="grow">
        <h3 dir="auto">{answer.question || <span class="hint">{words.noQuestion}</span>}</h3>
        <p class="says" dir="auto">{answer.text}</p>
        <p class="hint">{words.by(name ? shortName(name) : all.somebody, age(answer.changed_at, now.value))}</p>
      </div>
      <div class="acts">
        <button type="button" class="button" onClick={edit}>{words.edit}</button>
        <button type="button" class="button plain" onClick={() => void retire()}>{words.retire}</button>
      </div>
    </li>
  );
}
