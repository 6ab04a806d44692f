// A draft: the answers of one person on this phone, until the server has said that it stores them.

/** @typedef {[name: string, value: string][]} Fields */

/**
 * @typedef {object} Draft
 * @property {string} id the card's address; once set aside, the response's own id
 * @property {string} response the response's random id
 * @property {number} revision counts up with every change
 * @property {number} saved the revision that the server has stored
 * @property {boolean} finish whether the person pressed "Send my answers"
 * @property {Fields} values the answers
 * @property {Fields} [page] the page's own fields: its opening, view and language
 * @property {string[]} [texts] what was written in words, to be shown where the survey is gone
 * @property {string} at the question that a change of look came from
 * @property {string} [to] the card's address, once set aside
 * @property {boolean} [plain] the browser was asked to send it as a plain form, and what came of that isn't known
 */

/** A random UUID, also where `crypto.randomUUID` is missing: on plain HTTP and in older browsers. */
export const newId = () => "10000000-1000-4000-8000-100000000000".replace(/[018]/g,
  digit => (+digit ^ crypto.getRandomValues(new Uint8Array(1))[0] & 15 >> +digit / 4).toString(16))

/**
 * @param {string} id
 * @returns {Draft}
 */
export const newDraft = id => ({ id, response: newId(), revision: 0, saved: 0, finish: false, values: [], at: "" })

/**
 * Whether there is something that the server doesn't have yet.
 * @param {Draft} draft
 */
export const isDue = ({ finish, revision, saved }) => finish || revision > saved

/**
 * @param {Draft} one
 * @param {Draft} other
 */
export const isSameVersion = (one, other) => one.response === other.response && one.revision === other.revision

/**
 * A draft that makes room for the next person's: it waits under its own id.
 * @param {Draft} draft
 * @returns {Draft}
 */
export const asideOf = draft => ({ ...draft, id: draft.response, to: draft.id })
