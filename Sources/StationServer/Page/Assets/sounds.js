// Short tones that go with the colours: a rising pair for yes, a low one for "ask somebody".

const TONES = {
  ok: [[660, 0, 0.12], [990, 0.12, 0.2]],
  info: [[660, 0, 0.12]],
  refused: [[300, 0, 0.16], [240, 0.18, 0.26]],
  failed: [[240, 0, 0.3]],
};
const LOUDNESS = 0.18;

let context = null;

/** Plays the tone of a kind of answer; silent until somebody has touched or typed. */
export function play(kind) {
  const tones = TONES[kind];
  if (!tones || !navigator.userActivation?.hasBeenActive) return;
  try {
    context ??= new AudioContext();
    if (context.state === "suspended") context.resume();
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
