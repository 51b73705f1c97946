import { describe, expect, it } from "vitest";
import type { Answer, Source } from "../../wire/knowing.ts";
import { apply } from "./apply.ts";
import { UNKNOWN } from "./state.ts";
import { fact, stateOf } from "./story.ts";

function source(id: string, changes: Partial<Source> = {}): Source {
  return {
    id, kind: "website", name: `${id}.example`, plan: null, file: null, added_by: null, added_at: 1, is_on: true, state: "read", fault: null, read_at: 1,
    passages: 1, uncleared: 0, counts: { found: 1, read: 1, unchanged: 0, skipped: 0, robots: 0, failed: 0, now: null }, ...changes,
  };
}

function answer(id: string, changes: Partial<Answer> = {}): Answer {
  return {
    id, question: `Question ${id}`, text: `Answer ${id}`, agent_id: "maja", message_id: null, conversation_id: null, created_at: 1, changed_at: 1,
    retired_at: null, ...changes,
  };
}

const OPENED = stateOf([], { knowledge: { ...UNKNOWN, sources: [source("a"), source("b")], answers: [answer("x"), answer("y")] } });
const sources = (state: typeof OPENED) => state.knowledge.sources?.map((one) => `${one.id} ${one.state}`);
const answers = (state: typeof OPENED) => state.knowledge.answers?.map((one) => `${one.id} ${one.retired_at === null ? "used" : "retired"}`);

describe("sources", () => {
  it("holds what became of the language model", () => {
    const model = { used: "one", next: null, done: 0, count: 0, fault: "It is damaged.", is_off: true };
    expect(apply(OPENED, fact(11, "ModelChanged", { model })).knowledge.model).toEqual(model);
  });

  it("come, change in their places, and go", () => {
    const added = apply(OPENED, fact(11, "SourceAdded", { source: source("c", { state: "waiting" }) }));
    expect(sources(added)).toEqual(["a read", "b read", "c waiting"]);
    const read = apply(added, fact(12, "SourceChanged", { source: source("a", { state: "reading" }) }));
    expect(sources(read)).toEqual(["a reading", "b read", "c waiting"]);
    expect(sources(apply(read, fact(13, "SourceRemoved", { source_id: "b" })))).toEqual(["a reading", "c waiting"]);
  });

  it("stay unknown while nobody looks at them", () => {
    const next = apply(stateOf([]), fact(11, "SourceAdded", { source: source("c") }));
    expect(next.knowledge.sources).toBeNull();
  });
});

describe("approved answers", () => {
  it("come on top, change in their places, are retired and restored", () => {
    const written = apply(OPENED, fact(11, "AnswerApproved", { answer: answer("z") }));
    expect(answers(written)).toEqual(["z used", "x used", "y used"]);
    const retired = apply(written, fact(12, "AnswerRetired", { answer: answer("x", { retired_at: 5 }) }));
    expect(answers(retired)).toEqual(["z used", "x retired", "y used"]);
    expect(answers(apply(retired, fact(13, "AnswerRestored", { answer: answer("x") })))).toEqual(["z used", "x used", "y used"]);
  });
});

describe("the evaluation", () => {
  it("is fetched anew when it was run, or the bar was moved", () => {
    const done = apply(OPENED, fact(11, "EvaluationDone", { at: 5 }));
    expect(apply(done, fact(12, "BarMoved", { bar: 0.5 })).knowledge.evaluated).toBe(2);
  });
});
