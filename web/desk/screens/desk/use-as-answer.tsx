import type { DraftedAnswer } from "../../../wire/knowing.ts";
import type { Message } from "../../../wire/types.ts";
import { AnswerForm } from "../../parts/answer-form.tsx";
import { Dialog } from "../../parts/dialog.tsx";
import { useFetched } from "../../parts/fetched.tsx";
import { words } from "../../words.ts";

/** Makes an approved answer of what the team wrote, with what the customer had asked before it. */
export function UseAsAnswer({ message, onClose }: { message: Message; onClose: () => void }) {
  const { value: draft, failed, load } = useFetched<DraftedAnswer>(`/api/knowledge/messages/${encodeURIComponent(message.id)}/answer`);
  return (
    <Dialog title={draft?.answer_id ? words.answer.edit : words.answer.use} class="wide" onClose={onClose}>
      {draft && <AnswerForm from={draft} messageId={message.id} onDone={onClose} />}
      {!draft && !failed && <p class="hint late">{words.answer.loading}</p>}
      {/* Its words as they stand are never proposed: they may hold what belongs to this customer. */}
      {failed && <p class="hint">{words.answer.failed} <button type="button" class="do" onClick={load}>{words.tryAgain}</button></p>}
    </Dialog>
  );
}
