import { backOff } from "./wait.ts";
import type { Bye, FromDesk, ToDesk, Whisper } from "./facts.ts";

const PING_EVERY = 25_000;
const ANSWER_WITHIN = 10_000;
const STEADY_AFTER = 5_000;
const PULSE_EVERY = 5_000;
const ASLEEP = 60_000;

export type LiveState = "connecting" | "open" | "away";

export type LiveOptions<F> = {
  url: string;
  /** What to say first: `{seq, token?}` with the newest number known at that moment. */
  hello: () => object;
  onWelcome: (seq: number, now: number) => void;
  onFact: (fact: F) => void;
  onWhisper: (whisper: Whisper) => void;
  onResync: (seq: number) => void;
  onState: (state: LiveState) => void;
  /** After "signed_out" and "refused" the socket stays closed until `restart()` or `wake()`. */
  onBye: (why: Bye) => void;
};

/** A socket that comes back by itself. It remembers nothing: the newest number is the caller's. */
export class Live<F extends { is: "fact"; seq: number }> {
  private readonly options: LiveOptions<F>;
  private readonly ended = new AbortController();
  private socket: WebSocket | null = null;
  private welcomed = false;
  private stopped = false;
  private tries = 0;
  private retry: Timer = undefined;
  private ping: Timer = undefined;
  private answer: Timer = undefined;
  private steady: Timer = undefined;
  private readonly pulse: Timer;
  private awakeAt = Date.now();

  constructor(options: LiveOptions<F>) {
    this.options = options;
    const { signal } = this.ended;
    addEventListener("online", this.onOnline, { signal });
    addEventListener("offline", this.check, { signal });
    addEventListener("pageshow", this.onPageShow, { signal });
    document.addEventListener("visibilitychange", this.onVisibility, { signal });
    this.pulse = setInterval(this.onPulse, PULSE_EVERY);
    this.connect();
  }

  /** Says it if the desk is listening; whispers are worth nothing later. */
  send(frame: ToDesk): boolean {
    if (!this.welcomed || this.socket?.readyState !== WebSocket.OPEN) return false;
    this.socket.send(JSON.stringify(frame));
    return true;
  }

  /** Connects now, whatever the wait was; a socket that seems well is asked to prove it. */
  wake(): void {
    if (this.welcomed) this.check();
    else if (!this.socket) this.restart();
  }

  /** Says hello anew, for example after the token changed. */
  restart(): void {
    this.stopped = false;
    this.tries = 0;
    this.connect();
  }

  close(): void {
    this.stopped = true;
    this.hangUp();
    clearInterval(this.pulse);
    this.ended.abort();
  }

  private connect(): void {
    this.hangUp();
    this.options.onState("connecting");
    const socket = new WebSocket(this.options.url);
    this.socket = socket;
    socket.onopen = () => socket.send(JSON.stringify({ do: "hello", ...this.options.hello() }));
    socket.onmessage = (event) => this.hear(socket, event.data);
    socket.onclose = this.lost;
    this.answer = setTimeout(this.lost, ANSWER_WITHIN);
  }

  private hear(socket: WebSocket, data: unknown): void {
    if (socket !== this.socket) return;
    const frame = JSON.parse(String(data)) as FromDesk<F>;
    this.provenAlive();
    if (frame.is === "fact") this.options.onFact(frame);
    else if (frame.is === "whisper") this.options.onWhisper(frame);
    else if (frame.is === "welcome") this.welcome(frame.seq, frame.now);
    else if (frame.is === "resync") this.options.onResync(frame.seq);
    else if (frame.is === "bye") this.bye(frame.why);
  }

  private welcome(seq: number, now: number): void {
    this.welcomed = true;
    this.steady = setTimeout(() => { this.tries = 0; }, STEADY_AFTER);
    this.options.onState("open");
    this.options.onWelcome(seq, now);
  }

  // A desk that restarts says goodbye to everyone in one moment: come back spread out.
  private bye(why: Bye): void {
    this.stopped = why === "signed_out" || why === "refused";
    this.tries = Math.max(this.tries, 2);
    this.lost();
    this.options.onBye(why);
  }

  private provenAlive(): void {
    clearTimeout(this.answer);
    clearTimeout(this.ping);
    this.ping = setTimeout(this.check, PING_EVERY);
  }

  private readonly check = (): void => {
    if (!this.send({ do: "ping" })) return;
    clearTimeout(this.ping);
    clearTimeout(this.answer);
    this.answer = setTimeout(this.lost, ANSWER_WITHIN);
  };

  private readonly lost = (): void => {
    this.hangUp();
    this.options.onState("away");
    if (this.stopped) return;
    this.retry = setTimeout(() => this.connect(), backOff(this.tries));
    this.tries += 1;
  };

  private hangUp(): void {
    for (const timer of [this.retry, this.ping, this.answer, this.steady]) clearTimeout(timer);
    const socket = this.socket;
    this.socket = null;
    this.welcomed = false;
    if (!socket) return;
    socket.onopen = socket.onmessage = socket.onclose = null;
    socket.close();
  }

  private readonly onOnline = (): void => {
    if (!this.stopped) this.wake();
  };

  private readonly onPageShow = (event: PageTransitionEvent): void => {
    if (event.persisted && !this.stopped) this.restart();
  };

  private readonly onVisibility = (): void => {
    if (!this.onPulse() && !this.stopped && document.visibilityState === "visible") this.wake();
  };

  // A machine that slept, or a page out of sight for long, has a socket that looks open and may be dead: do not
  // wait for an answer. Only what is in view has a pulse, because hidden pages are slowed by the browser.
  private readonly onPulse = (): boolean => {
    if (document.visibilityState === "hidden") return false;
    const slept = Date.now() - this.awakeAt > ASLEEP && !this.stopped;
    this.awakeAt = Date.now();
    if (slept) this.restart();
    return slept;
  };
}

type Timer = ReturnType<typeof setTimeout> | undefined;
