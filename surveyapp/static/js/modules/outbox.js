// Sends what waits on this phone, of this survey and of others: from pages and from the service worker.
// Exactly one response comes of it, however often it is sent; it is let go of only when the server says it is stored.

import { isDue, isSameVersion } from "./draft.js"
import { storedDrafts, withDrafts } from "./storage.js"
import { isRefused, isStored, submit } from "./submission.js"

/** @typedef {import("./draft.js").Draft} Draft */

/** Asked once, and told why not: the person finds it on the survey's page. @type {Draft[]} */
const refused = []

/** Whoever wrote more in the meantime keeps it. @param {Draft} sent */
const release = sent => withDrafts("readwrite", store => {
  const asking = store.get(sent.id)
  asking.onsuccess = () => {
    const now = asking.result
    if (!now || !isSameVersion(now, sent)) return
    if (sent.to || sent.finish) store.delete(sent.id)
    else store.put({ ...now, saved: sent.revision })
  }
  return asking
})

/** What waits here; nothing where storage can't be asked. */
export async function dueDrafts() {
  const all = await storedDrafts().catch(() => [])
  return all.filter(one => isDue(one) && !refused.some(other => isSameVersion(one, other)))
}

/**
 * Send all that waits, but for the draft that the page has in hand; how many are left to try again.
 * @param {string} [inHand]
 */
export async function sendWaiting(inHand) {
  let left = 0
  for (const draft of await dueDrafts()) {
    if (draft.id === inHand) continue
    const reply = await submit(draft.to ?? draft.id, draft, [...draft.page ?? [], ...draft.values])
    if (isStored(reply, draft)) await release(draft).catch(() => {})
    else if (isRefused(reply)) refused.push(draft)
    else left++
  }
  return left
}
