import type { Fact } from "../../wire/facts.ts";
import type { Answer, Source } from "../../wire/knowing.ts";
import type { Knowledge } from "./state.ts";

type Kinds =
  | "SourceAdded" | "SourceChanged" | "SourceRemoved" | "ModelChanged"
  | "AnswerApproved" | "AnswerChanged" | "AnswerRetired" | "AnswerRestored" | "EvaluationDone" | "BarMoved";
type Known = Extract<Fact, { kind: Kinds }>;

export function knowing(knowledge: Knowledge, fact: Known): Knowledge {
  switch (fact.kind) {
    case "SourceAdded":
    case "SourceChanged":
      return withSource(knowledge, fact.data.source);
    case "SourceRemoved":
      return { ...knowledge, sources: knowledge.sources?.filter((one) => one.id !== fact.data.source_id) ?? null };
    case "ModelChanged":
      return { ...knowledge, model: fact.data.model };
    case "AnswerApproved":
    case "AnswerChanged":
    case "AnswerRetired":
    case "AnswerRestored":
      return withAnswer(knowledge, fact.data.answer);
    case "EvaluationDone":
    case "BarMoved":
      return { ...knowledge, evaluated: knowledge.evaluated + 1 };
  }
}

/** In place of what we had; what is new stands at the end, where the desk lists it too. */
export function withSource(knowledge: Knowledge, source: Source): Knowledge {
  if (!knowledge.sources) return knowledge;
  const known = knowledge.sources.some((one) => one.id === source.id);
  const sources = known ? knowledge.sources.map((one) => (one.id === source.id ? source : one)) : [...knowledge.sources, source];
  return { ...knowledge, sources };
}

/** Newest first. A retired one stays among them, out of sight, so that it can come back to its place. */
export function withAnswer(knowledge: Knowledge, answer: Answer): Knowledge {
  if (!knowledge.answers) return knowledge;
  const known = knowledge.answers.some((one) => one.id === answer.id);
  const answers = known ? knowledge.answers.map((one) => (one.id === answer.id ? answer : one)) : [answer, ...knowledge.answers];
  return { ...knowledge, answers };
}
