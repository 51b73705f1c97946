export type WireKind =
  | "missing" | "unknown" | "refused" | "conflict" | "invalid"
  | "too_large" | "too_many" | "full" | "away" | "failed";

export type Fields = Record<string, string>;

type Detail = {
  status?: number;
  data?: Record<string, unknown> | undefined;
  fields?: Fields | undefined;
  retryAfter?: number | undefined;
};

/** Why the desk did not do it. `message` is fit to be shown, except for "away": nobody answered. */
export class WireError extends Error {
  override readonly name = "WireError";
  readonly kind: WireKind;
  readonly status: number;
  readonly data: Record<string, unknown>;
  readonly fields: Fields;
  /** Milliseconds the desk asks us to wait, if it said so. */
  readonly retryAfter: number | null;

  constructor(kind: WireKind, message: string, detail: Detail = {}) {
    super(message);
    this.kind = kind;
    this.status = detail.status ?? 0;
    this.data = detail.data ?? {};
    this.fields = detail.fields ?? {};
    this.retryAfter = detail.retryAfter || null;
  }

  /** The same words may be accepted later: the desk is away, busy, restarting or out of room. */
  get passing(): boolean {
    return this.kind === "away" || [408, 425, 429].includes(this.status) || this.status >= 500;
  }
}

export function away(): WireError {
  return new WireError("away", "The desk cannot be reached.");
}

/** Reads an answer that is not a success. A proxy in between may answer with a page of its own. */
export function refusal(status: number, body: string, retryAfter: string | null): WireError {
  const { kind, message, data, fields } = errorIn(body);
  return new WireError(kind ?? kindOf(status), message ?? "The desk did not accept this.", {
    status, data, fields, retryAfter: Number(retryAfter) * 1000,
  });
}

type Body = { kind?: WireKind; message?: string; data?: Record<string, unknown>; fields?: Fields };

function errorIn(body: string): Body {
  try {
    return (JSON.parse(body) as { error?: Body }).error ?? {};
  } catch {
    return {};
  }
}

// For answers of someone in between; the desk names the kind itself.
function kindOf(status: number): WireKind {
  if (status >= 500) return "away";
  return status === 413 ? "too_large" : status === 429 ? "too_many" : "failed";
}
