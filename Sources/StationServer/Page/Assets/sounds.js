// Short tones that go with the colours: a rising pair for yes, a low one for "ask somebody".

const TONES = {
  ok: [[660, 0, 0.12], [990, 0.12, 0.2]],
  info: [[660, 0, 0.12]],
  refused: [[300, 0, 0.16], [240, 0.18, 0.26]],
  failed: [[240, 0, 0.3]],
};
const LOUDNESS = 0.18;
/** A tone that comes later than this says nothing any more, in milliseconds. */
const LATE = 300;

let context = null;

/** Plays the tone of a kind of answer, as soon as the browser lets this page be heard. */
export async function play(kind) {
  const tones = TONES[kind];
  if (!tones) return;
  try {
    context ??= new AudioContext();
    const asked = performance.now();
    // Many a browser wants a touch first, and goes on only then.
    await context.resume();
    if (performance.now() - asked > LATE) return;
    for (const [pitch, start, length] of tones) tone(pitch, start, length);
  } catch { /* a machine without sound */ }
}

function tone(pitch, start, length) {
  const begin = context.currentTime + start;
  const source = new OscillatorNode(context, { type: "sine", frequency: pitch });
  const volume = new GainNode(context, { gain: 0 });
  // Soft edges, or a loudspeaker clicks.
  volume.gain.setValueAtTime(0, begin);
  volume.gain.linearRampToValueAtTime(LOUDNESS, begin + 0.02);
  volume.gain.linearRampToValueAtTime(0, begin + length);
  source.connect(volume).connect(context.destination);
  source.start(begin);
  source.stop(begin + length);
}
