import { useEffect, useState } from "preact/hooks";
import type { DraftedAnswer } from "../../../wire/knowing.ts";
import type { Message } from "../../../wire/types.ts";
import { request } from "../../../wire/fetch.ts";
import { AnswerForm } from "../../parts/answer-form.tsx";
import { Dialog } from "../../parts/dialog.tsx";
import { words } from "../../words.ts";

/** Makes an approved answer of what the team wrote, with what the customer had asked before it. */
export function UseAsAnswer({ message, onClose }: { message: Message; onClose: () => void }) {
  const [draft, setDraft] = useState<DraftedAnswer | null>(null);
  useEffect(() => {
    const bare = { question: "", text: message.text, answer_id: null };
    request<DraftedAnswer>("GET", `/api/knowledge/messages/${encodeURIComponent(message.id)}/answer`).then(setDraft, () => setDraft(bare));
  }, [message.id]);
  return (
    <Dialog title={draft?.answer_id ? words.answer.edit : words.answer.use} class="wide" onClose={onClose}>
      {draft ? <AnswerForm from={draft} messageId={message.id} onDone={onClose} /> : <p class="hint late">{words.answer.loading}</p>}
    </Dialog>
  );
}
