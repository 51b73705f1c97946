// Customers, their companies, and what there was with them.

import type { Note, Row, TimelineItem } from "./types.ts";
import type * as desk from "./schema.ts";

export type {
  Block, BlocksAnswer, ChangesAnswer, CustomerAnswer, CustomerCompany, CustomerEvent, CustomerRow, CustomersAnswer, Merge, OwnField, Profile, ProfileAnswer, ProfileChange,
  LiveVisitor, NoteOf, Past, PlacesAnswer, Retention, RetentionAnswer, VisitorsAnswer, Within,
} from "./schema.ts";

export type FieldKind = desk.OwnField["kind"];

export type EventsAnswer = { seq: number; events: desk.CustomerEvent[]; next: string | null };
export type PastAnswer = { seq: number; past: desk.Past[]; next: string | null };
export type CustomerNotesAnswer = { seq: number; notes: Note[]; next: string | null };
export type CompanyNotesAnswer = { seq: number; notes: desk.NoteOf[]; next: string | null };
export type HistoryAnswer = { seq: number; items: TimelineItem[]; conversations: Row[]; older: string | null; newer: string | null };
export type WithinAnswer = { seq: number; hits: desk.Within[]; more: boolean };
export type CompaniesAnswer = { seq: number; companies: desk.CustomerCompany[] };
export type { CompanyPage as CompanyAnswer } from "./schema.ts";
export type ImportPreview = { upload_id: string; columns: string[]; rows: string[][]; mapping: Record<string, string>; count: number };
export type ImportState = {
  done: number; count: number; made: number; changed: number; unchanged: number; faults: { row: number; words: string }[]; finished: boolean;
};
