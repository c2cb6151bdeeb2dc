// The patron at the desk: from the scan of a card until "done", another card or some time
// without a scan. Only the card is remembered over a reload, and only for the rest of that time.

const PREFIX = "lienthong.session.";

export class Session {
  patron = null;
  #deadline = 0;
  #key;
  #seconds;
  #onTick;
  #onEnd;

  /** `onTick` gets the seconds that are left; `onEnd` is called when they are over. */
  constructor({ page, seconds, onTick, onEnd }) {
    this.#key = PREFIX + page;
    this.#seconds = seconds;
    this.#onTick = onTick;
    this.#onEnd = onEnd;
    setInterval(() => this.#tick(), 1_000);
  }

  get card() { return this.patron?.card ?? null; }

  open(patron) {
    this.patron = patron;
    this.touch();
  }

  /** Begins the time anew. */
  touch() {
    if (!this.patron) return;
    this.#deadline = Date.now() + this.#seconds * 1_000;
    this.#remember({ card: this.card, deadline: this.#deadline });
    this.#onTick(this.#seconds);
  }

  close() {
    this.patron = null;
    this.#remember(null);
  }

  /** The card of a session that a reload cut short, while its time lasts. */
  remembered() {
    try {
      const kept = JSON.parse(sessionStorage.getItem(this.#key));
      return kept && kept.deadline > Date.now() ? kept.card : null;
    } catch {
      return null;
    }
  }

  #tick() {
    if (!this.patron) return;
    const left = Math.ceil((this.#deadline - Date.now()) / 1_000);
    if (left > 0) this.#onTick(left);
    else this.#onEnd();
  }

  #remember(value) {
    try {
      if (value) sessionStorage.setItem(this.#key, JSON.stringify(value));
      else sessionStorage.removeItem(this.#key);
    } catch { /* without storage a reload ends the session */ }
  }
}
