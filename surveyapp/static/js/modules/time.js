// Limits on waiting: a phone's storage, a network and a filter between them may say nothing for ever.

/** What was waited for said nothing in time. */
export class NoAnswer extends Error {}

/** @param {number} milliseconds */
export const wait = milliseconds => new Promise(done => { setTimeout(done, milliseconds) })

/**
 * A promise's own outcome, or a rejection with `NoAnswer` once it has said nothing for so long.
 * @template T
 * @param {number} milliseconds
 * @param {PromiseLike<T>} promise
 * @returns {Promise<T>}
 */
export function within(milliseconds, promise) {
  let timer = 0
  /** @type {Promise<never>} */
  const silence = new Promise((_, fail) => { timer = setTimeout(fail, milliseconds, new NoAnswer()) })
  return Promise.race([promise, silence]).finally(() => clearTimeout(timer))
}
