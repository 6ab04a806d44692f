// Thanks: lets go of the draft that the browser sent as a plain form. On a phone that is handed on, the receipt is shown
// once, and nothing of it stays in the phone's history.

import { byId } from "./modules/dom.js"
import { withDrafts } from "./modules/storage.js"

/** The thanks page is the proof that a plain form has arrived. */
function releaseDraft() {
  const id = location.pathname.replace(/\/thanks$/i, "")
  return withDrafts("readwrite", store => {
    const asking = store.get(id)
    asking.onsuccess = () => { if (asking.result?.plain) store.delete(id) }
    return asking
  })
}

function readReceipt() {
  try {
    const receipt = sessionStorage.receipt ?? ""
    sessionStorage.removeItem("receipt")
    return receipt
  } catch { return "" }
}

function handOn() {
  const box = byId("receipt")
  const next = /** @type {HTMLAnchorElement} */ (byId("next"))
  const code = /** @type {Element} */ (box.querySelector(".receipt"))
  const receipt = readReceipt() || code.textContent
  code.textContent = receipt
  box.hidden = !receipt
  history.replaceState(null, "", location.pathname)

  // Whoever changes the look of this page comes back to it, and to the receipt.
  for (const link of document.querySelectorAll("header a")) {
    link.addEventListener("click", () => { if (receipt) sessionStorage.receipt = receipt })
  }
  next.addEventListener("click", tap => {
    tap.preventDefault()
    location.replace(next.href)
  })
  addEventListener("pagehide", () => box.remove())
  addEventListener("pageshow", ({ persisted }) => { if (persisted) location.replace(next.href) })
}

releaseDraft().catch(() => {})
if ("shared" in byId("next").dataset) handOn()
