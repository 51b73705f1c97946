import type { AnswerAnswer, AnswersAnswer, ModelAnswer, SourceAnswer, SourcesAnswer, Answer, Source } from "../../wire/knowing.ts";
import { newId, request, upload } from "../../wire/fetch.ts";
import { command } from "./commands.ts";
import { withAnswer, withSource } from "./knowing.ts";
import type { Knowledge } from "./state.ts";
import { change, desk, withFacts } from "./store.ts";
import { apply } from "./apply.ts";
import type { Fact } from "../../wire/facts.ts";

const KNOWLEDGE = "/api/knowledge";
const PAGE = 50;

export const pathOf = (...parts: string[]): string => [KNOWLEDGE, ...parts.map(encodeURIComponent)].join("/");

function know(by: (knowledge: Knowledge) => Knowledge): void {
  change((before) => ({ ...before, knowledge: by(before.knowledge) }));
}

// What was fetched is brought up to date by the facts that came in the meantime.
function upToDate(knowledge: Knowledge, facts: readonly Fact[]): Knowledge {
  return facts.reduce(apply, { ...desk(), seq: 0, knowledge }).knowledge;
}

export async function loadSources(): Promise<void> {
  const { answer, facts } = await withFacts(() => request<SourcesAnswer>("GET", KNOWLEDGE));
  know((before) => {
    const { sources, model } = upToDate({ ...before, sources: answer.sources, model: answer.model }, facts);
    return { ...before, sources, model, full: answer.is_full };
  });
}

/** The first page of the approved answers, or the one after what is there. */
export async function loadAnswers(after: string | null = null): Promise<void> {
  const query = new URLSearchParams({ limit: String(PAGE), ...(after ? { after } : {}) });
  const { answer, facts } = await withFacts(() => request<AnswersAnswer>("GET", `${pathOf("answers")}?${query}`));
  const have = after ? (desk().knowledge.answers ?? []) : [];
  const rows = [...have, ...answer.rows.filter((row) => !have.some((one) => one.id === row.id))];
  know((before) => ({ ...before, answers: upToDate({ ...before, answers: rows }, facts).answers, next: answer.next }));
}

type Saved = { id: string | null; question: string; text: string; messageId: string | undefined };

export async function saveAnswer({ id, question, text, messageId }: Saved): Promise<void> {
  const path = id ? pathOf("answers", id) : pathOf("answers");
  const { answer } = await command<AnswerAnswer>(path, { question, text, ...(!id && messageId ? { message_id: messageId } : {}) });
  know((before) => withAnswer(before, answer));
}

export async function turnAnswer({ id }: Answer, verb: "retire" | "restore"): Promise<void> {
  const { answer } = await command<AnswerAnswer>(pathOf("answers", id, verb));
  know((before) => withAnswer(before, answer));
}

export async function changeSource(id: string, verb: "plan" | "turn" | "read" | "stop", body: object = {}): Promise<void> {
  const { source } = await command<SourceAnswer>(pathOf("sources", id, verb), body);
  know((before) => withSource(before, source));
}

export async function removeSource(id: string): Promise<void> {
  await command(pathOf("sources", id, "remove"));
  know((before) => ({ ...before, sources: before.sources?.filter((one) => one.id !== id) ?? null }));
}

/** Everything is read with it, then it is used; the one in use: nothing else is made ready any more. */
export async function chooseModel(name: string): Promise<void> {
  const { model } = await command<ModelAnswer>(pathOf("model"), { name });
  know((before) => ({ ...before, model }));
}

export async function addWebsite(body: object): Promise<Source> {
  const { source } = await command<SourceAnswer>(pathOf("websites"), body);
  know((before) => withSource(before, source));
  return source;
}

export async function addDocument(file: globalThis.File, onProgress: (part: number) => void): Promise<Source> {
  const { source } = await upload<SourceAnswer>(pathOf("documents"), file, newId(), onProgress);
  know((before) => withSource(before, source));
  return source;
}
