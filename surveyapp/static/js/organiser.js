// Puts the keyboard on the list of problems, and falls back to the browser's own way where htmx is refused.

import { byId } from "./modules/dom.js"

/** @typedef {import("./modules/htmx.js").SwapEvent} SwapEvent */

const showProblem = () => /** @type {HTMLElement | null} */ (document.querySelector(".problem"))?.focus()

/**
 * A form that is refused is sent once more as a whole page, which says why and keeps what was typed.
 * @param {HTMLFormElement} form
 * @param {HTMLButtonElement | undefined} button
 */
function sendNatively(form, button) {
  if (button?.name) {
    const { name, value } = button
    form.append(Object.assign(document.createElement("input"), { type: "hidden", name, value }))
  }
  form.submit()
}

showProblem()
document.addEventListener("htmx:afterSettle", ({ target }) => {
  if (/** @type {Element} */ (target).id === "main") showProblem()
})
document.addEventListener("htmx:beforeSwap", event => {
  const { detail } = /** @type {SwapEvent} */ (event)
  const { elt, triggeringEvent } = detail.requestConfig
  if (detail.xhr.status < 400 || !(elt instanceof HTMLFormElement)) return
  detail.shouldSwap = false
  detail.isError = false
  sendNatively(elt, triggeringEvent?.submitter)
})
document.addEventListener("htmx:sendError", () => {
  const status = byId("status")
  const sentence = document.createElement("p")
  sentence.textContent = status.dataset.offline ?? ""
  status.replaceChildren(sentence)
})
