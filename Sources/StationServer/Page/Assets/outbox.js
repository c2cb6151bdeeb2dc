// What was scanned or pressed and the station has not answered yet. It is kept in the browser's
// storage until it is, so that neither a reload nor a power cut loses it; the operation's name
// makes it safe to send it again.

const PREFIX = "lienthong.outbox";

let lastTime = 0;

/** A UUID of version 7 (RFC 9562); each is later than the one before. */
export function operationName(now = Date.now()) {
  lastTime = Math.max(now, lastTime + 1);
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  for (let index = 5, rest = lastTime; index >= 0; index -= 1) {
    bytes[index] = rest % 256;
    rest = Math.floor(rest / 256);
  }
  bytes[6] = 0x70 | (bytes[6] & 0x0f);
  bytes[8] = 0x80 | (bytes[8] & 0x3f);
  const digits = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return [[0, 8], [8, 12], [12, 16], [16, 20], [20, 32]]
    .map(([start, end]) => digits.slice(start, end)).join("-");
}

/**
 * Work in the order in which it was given. An entry has an `operation`, and either the `text` that
 * was scanned, with the `mode` and the `card` that held then, or a `request` ready to be sent.
 */
export class Outbox {
  #entries;
  #prefix;

  /** Each page has work of its own, which waits until that page is opened again. */
  constructor(page) {
    this.#prefix = `${PREFIX}.${page}.`;
    this.#entries = this.#stored();
  }

  get count() { return this.#entries.length; }

  get first() { return this.#entries[0]; }

  add(entry) {
    const named = { operation: operationName(), ...entry };
    this.#entries.push(named);
    this.#store(named);
  }

  /** Changes an entry, so that a repeat after a restart does exactly the same. */
  update(entry, changes) {
    Object.assign(entry, changes);
    this.#store(entry);
  }

  /** Changes all that came after an entry: the patron or the mode that it set holds for them. */
  updateAfter(entry, changes) {
    for (const other of this.#entries.slice(this.#entries.indexOf(entry) + 1)) {
      if (!other.request) this.update(other, changes);
    }
  }

  remove(entry) {
    this.#entries = this.#entries.filter((other) => other !== entry);
    try { localStorage.removeItem(this.#prefix + entry.operation); } catch { /* no storage to clean */ }
  }

  #store(entry) {
    // Without storage (a private window, a full disk) the page goes on from memory alone.
    try { localStorage.setItem(this.#prefix + entry.operation, JSON.stringify(entry)); } catch { /* see above */ }
  }

  #stored() {
    try {
      return Object.keys(localStorage).filter((key) => key.startsWith(this.#prefix)).sort()
        .map((key) => JSON.parse(localStorage.getItem(key)));
    } catch {
      return [];
    }
  }
}
