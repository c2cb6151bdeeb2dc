// One piece of work after the other, until the station has answered each.

/** Waits between two tries while the station does not answer, in milliseconds. */
const RETRIES = [500, 1_000, 2_000, 5_000];

export class Worker {
  #outbox;
  #attend;
  #onCount;
  #isWorking = false;
  #failures = 0;
  #wake = () => {};

  /**
   * `attend` does what an entry stands for, and gives false where it has to be tried again;
   * `onCount` is told how much is left.
   */
  constructor(outbox, { attend, onCount }) {
    this.#outbox = outbox;
    this.#attend = attend;
    this.#onCount = onCount;
  }

  get count() { return this.#outbox.count; }

  add(entry) {
    this.#outbox.add(entry);
    this.work();
  }

  /** Gives up what is being tried. */
  discard() {
    if (this.#outbox.first) this.#outbox.remove(this.#outbox.first);
    this.#onCount(this.#outbox.count);
    this.#wake();
  }

  /** Ends a pause before another try: somebody pressed something, or the link is back. */
  wake() { this.#wake(); }

  async work() {
    this.#onCount(this.#outbox.count);
    if (this.#isWorking) return this.#wake();
    this.#isWorking = true;
    try {
      while (this.#outbox.first) {
        const entry = this.#outbox.first;
        if (await this.#isDone(entry)) {
          this.#outbox.remove(entry);
          this.#failures = 0;
        } else {
          await this.#pause();
        }
        this.#onCount(this.#outbox.count);
      }
    } finally {
      this.#isWorking = false;
    }
  }

  async #isDone(entry) {
    try {
      return await this.#attend(entry);
    } catch (error) {
      // A fault of the page itself: what was scanned stays, and is tried again.
      console.error(error);
      return false;
    }
  }

  #pause() {
    const wait = RETRIES[Math.min(this.#failures, RETRIES.length - 1)];
    this.#failures += 1;
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, wait);
      this.#wake = () => { clearTimeout(timer); resolve(); };
    });
  }
}
