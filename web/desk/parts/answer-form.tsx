import { useState } from "preact/hooks";
import { saveAnswer } from "../state/knowledge.ts";
import { toast } from "../state/toasts.ts";
import { words } from "../words.ts";
import { blanksIn } from "./blanks.ts";
import { AreaField, Wrong } from "./field.tsx";
import { faultsOf, missing, useForm } from "./form.ts";

type Props = { from: { question: string; text: string; answer_id: string | null }; messageId?: string; onDone: () => void };

/** A question and its answer, new or as it stands. */
export function AnswerForm({ from, messageId, onDone }: Props) {
  const [question, setQuestion] = useState(from.question);
  const [text, setText] = useState(from.text);
  const check = () => faultsOf({ text: missing(text, words.answer.text) });
  const { faults, general, busy, submit } = useForm(check, async () => {
    await saveAnswer({ id: from.answer_id, question: question.trim(), text: text.trim(), messageId });
    toast({ text: words.answer.saved });
    onDone();
  });
  return (
    <form class="answer-form" onSubmit={submit} noValidate>
      <AreaField label={words.answer.question} hint={words.answer.questionHint} value={question} onValue={setQuestion} rows={2} wrong={faults.question} />
      <AreaField label={words.answer.text} hint={blanksIn(text).length > 0 ? words.answer.textBlanks : words.answer.textHint} value={text} onValue={setText} rows={6} wrong={faults.text} />
      {general && <Wrong>{general}</Wrong>}
      <footer><button class="button main" disabled={busy}>{words.save}</button></footer>
    </form>
  );
}
