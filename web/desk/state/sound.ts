let context: AudioContext | null = null;
let last = 0;
const QUIET = 2000;

/** Browsers let a page sound only after it was touched. */
export function allowSound(): void {
  const wake = () => {
    context ??= new AudioContext();
    void context.resume();
  };
  addEventListener("pointerdown", wake, { once: true });
  addEventListener("keydown", wake, { once: true });
}

/** Two soft notes. Many messages at once sound once. */
export function chime(): void {
  if (context?.state !== "running" || Date.now() - last < QUIET) return;
  last = Date.now();
  note(context, 659.25, 0);
  note(context, 880, 0.11);
}

function note(audio: AudioContext, pitch: number, after: number): void {
  const start = audio.currentTime + after;
  const tone = audio.createOscillator();
  const loudness = audio.createGain();
  tone.frequency.value = pitch;
  loudness.gain.setValueAtTime(0, start);
  loudness.gain.linearRampToValueAtTime(0.09, start + 0.012);
  loudness.gain.exponentialRampToValueAtTime(0.0001, start + 0.45);
  tone.connect(loudness).connect(audio.destination);
  tone.start(start);
  tone.stop(start + 0.5);
}
