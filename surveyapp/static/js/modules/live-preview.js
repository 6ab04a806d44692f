// Shows what is typed in the frame that looks like a phone, without loading the frame anew.

import { byId } from "./dom.js"

/** @typedef {import("./htmx.js").SwapEvent} SwapEvent */

/** @param {string} text */
function show(text) {
  const shown = /** @type {HTMLIFrameElement} */ (byId("phone")).contentDocument
  if (!shown) return
  const fresh = new DOMParser().parseFromString(text, "text/html")
  for (const name of ["class", "lang", "dir"]) {
    shown.documentElement.setAttribute(name, fresh.documentElement.getAttribute(name) ?? "")
  }
  shown.body.replaceWith(shown.adoptNode(fresh.body))
}

document.addEventListener("htmx:beforeSwap", event => {
  const { detail } = /** @type {SwapEvent} */ (event)
  if (detail.requestConfig.elt.id !== "look") return
  detail.shouldSwap = false
  detail.isError = false // the last picture stays; saving tells what is wrong
  if (detail.xhr.status === 200) show(detail.serverResponse)
})
