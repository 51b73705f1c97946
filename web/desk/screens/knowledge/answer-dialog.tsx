import { AnswerForm } from "../../parts/answer-form.tsx";
import { Dialog } from "../../parts/dialog.tsx";
import type { Answer } from "../../../wire/knowing.ts";
import { words } from "../../words.ts";

type Props = { answer?: Answer; question?: string; onClose: () => void; onSaved?: () => void };

export function AnswerDialog({ answer, question = "", onClose, onSaved }: Props) {
  const from = answer ? { ...answer, answer_id: answer.id } : { question, text: "", answer_id: null };
  const done = () => {
    onClose();
    onSaved?.();
  };
  return <Dialog title={answer ? words.answer.edit : words.answer.write} class="wide" onClose={onClose}><AnswerForm from={from} onDone={done} /></Dialog>;
}
