// How many requests with content an uploader has under way at once, over all its files: browsers have six connections
// to a host, and other requests of the page need some of them.

export class Slots {
  #free;
  /** @type {((release: () => void) => void)[]} first come, first served */
  #waiting = [];

  /** @param {number} count */
  constructor(count) {
    this.#free = count;
  }

  /**
   * Waits for a slot.
   *
   * @param {AbortSignal} signal ends the waiting
   * @returns {Promise<() => void>} gives the slot back; call it once
   * @throws if the signal is aborted first
   */
  async take(signal) {
    signal.throwIfAborted();
    if (this.#free > 0) {
      this.#free--;
      return () => this.#release();
    }
    return new Promise((resolve, reject) => {
      /** @param {() => void} release */
      const enter = (release) => {
        signal.removeEventListener('abort', leave);
        resolve(release);
      };
      const leave = () => {
        this.#waiting = this.#waiting.filter((each) => each !== enter);
        reject(signal.reason);
      };
      signal.addEventListener('abort', leave, { once: true });
      this.#waiting.push(enter);
    });
  }

  #release() {
    const next = this.#waiting.shift();
    if (next) {
      next(() => this.#release());
    } else {
      this.#free++;
    }
  }
}
