// One short tone when an answer arrives. Off until asked for; a browser lets it sound only after a touch.

let context: AudioContext | null = null;
let last = 0;

/** Called from a click, so that the browser allows the tone later. */
export function allow(): void {
  context ??= new AudioContext();
  void context.resume();
}

export function ring(): void {
  if (!context || Date.now() - last < 1500) return;
  last = Date.now();
  const start = context.currentTime;
  const volume = context.createGain();
  volume.gain.setValueAtTime(0.12, start);
  volume.gain.exponentialRampToValueAtTime(0.001, start + 0.4);
  const tone = context.createOscillator();
  tone.frequency.value = 740;
  tone.connect(volume).connect(context.destination);
  tone.start(start);
  tone.stop(start + 0.4);
}
