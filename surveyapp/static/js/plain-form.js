// Where the server can be reached and no script may `fetch` from it (an extension, a filter, an app around the page), the
// browser sends the form itself. Loaded when a `fetch` has failed.

import { newId } from "./modules/draft.js"
import { within } from "./modules/time.js"

const PATIENCE = 4_000              // milliseconds

/**
 * Ask for a tiny picture of ours, under an address that no cache knows.
 * @param {string} picture
 */
export const isServerReachable = picture => within(PATIENCE, new Promise(done => {
  const image = new Image()
  image.onload = () => done(true)
  image.onerror = () => done(false)
  image.src = `${picture}?${newId()}`
})).catch(() => false)

/**
 * The thanks page lets go of the draft.
 * @param {HTMLFormElement} form
 * @param {import("./modules/draft.js").Draft} draft
 */
export function sendForm(form, { revision }) {
  for (const [name, value] of [["revision", String(revision)], ["finish", "1"]]) {
    form.append(Object.assign(document.createElement("input"), { type: "hidden", name, value }))
  }
  HTMLFormElement.prototype.submit.call(form)    // a question's key may hide the form's own `submit`
}
