// Answers that are still on this phone when the survey closed or went: sent late if their page was opened in time, else
// shown to be copied. Every word comes from the page.

import { byId, replaceContent } from "./modules/dom.js"
import { storedDrafts, withDrafts } from "./modules/storage.js"
import { isStored, submit } from "./modules/submission.js"

/** @typedef {import("./modules/draft.js").Draft} Draft */

const box = byId("unsent")
const button = box.querySelector("button")
const words = /** @type {Record<string, string>} */ (box.dataset)

/** @param {string} text */
const say = text => { /** @type {Element} */ (box.querySelector("[role=status]")).textContent = text }

const found = async () => (await storedDrafts().catch(() => [])).filter(({ id, to }) => id === words.id || to === words.id)

/** @param {Draft} draft */
async function send(draft) {
  say(words.sending)
  const sent = { ...draft, finish: true }
  const reply = await submit(draft.id, sent, [...draft.page ?? [], ...draft.values])
  if (!isStored(reply, sent)) return say(reply.json.error ?? words.offline)
  await withDrafts("readwrite", store => store.delete(draft.id)).catch(() => {})
  location.replace(reply.json.page)
}

/** What was written; codes of choices say nothing without their questions. @param {Draft[]} drafts */
function show(drafts) {
  const lines = drafts.flatMap(({ texts }) => texts ?? []).map(textContent =>
    Object.assign(document.createElement("li"), { className: "said", dir: "auto", textContent }))
  replaceContent(/** @type {Element} */ (box.querySelector("ul")), lines)
  box.hidden = !drafts.some(({ values }) => values.length)
}

async function begin() {
  const drafts = await found()
  const draft = drafts.find(({ id, values }) => id === words.id && values.length)
  show(drafts)
  if (!button) return
  button.hidden = !draft
  if (draft) {
    button.addEventListener("click", () => send(draft))
    if (draft.finish) send(draft)
  }
  if (!drafts.length) return
  await import(words.outbox).then(({ sendOutbox }) => sendOutbox(words.id)).catch(() => {})
  show(await found())
}

begin()
