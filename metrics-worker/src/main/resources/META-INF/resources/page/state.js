/** What the page knows: the newest entry of each key, as the worker told it. */

const KEYS = { jobs: 'jobId', reports: 'key', models: 'modelId', samples: 'jobId', deadLetters: 'id', unseen: 'key' };

/** As the worker's own bounds, so that a page that stays open for weeks stays as small. */
const MOST = { jobs: 200, reports: 50, models: 100, samples: 100, deadLetters: 200, unseen: 50 };

export class Knowledge {
  constructor() {
    this.loaded = false;
    this.store = false;
    this.forget();
  }

  forget() {
    for (const part of Object.keys(KEYS)) {
      this[part] = new Map();
    }
  }

  /**
   * Takes a worker's changes.
   *
   * @returns the names of the parts that changed
   */
  accept(changes) {
    const all = changes.whole || !this.loaded;
    if (changes.whole) {
      this.forget();
    }
    this.loaded = true;
    this.store = changes.store;
    const changed = Object.keys(KEYS).filter((part) => all || changes[part].length > 0);
    changed.forEach((part) => changes[part].forEach((entry) => this.#put(part, entry)));
    return new Set(changed);
  }

  #put(part, entry) {
    const entries = this[part];
    const key = entry[KEYS[part]];
    entries.delete(key);
    entries.set(key, entry);
    if (entries.size > MOST[part]) {
      entries.delete(entries.keys().next().value);
    }
  }

  /** The entries of a part, newest news first. */
  newest(part) {
    return [...this[part].values()].reverse();
  }
}
