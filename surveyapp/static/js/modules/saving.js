// Keeps a draft on the phone, sends it, and lets go of it only when the server says that it is stored.
// Sending never waits for storage, and where no script may send, the browser sends the plain form.
// Every word comes from the page.

import { byId } from "./dom.js"
import { asideOf, isDue, newDraft } from "./draft.js"
import { fillForm, isChoice, readForm, textsIn } from "./fields.js"
import { storedDrafts, withDrafts } from "./storage.js"
import { isRefused, isStored, submit } from "./submission.js"

/** @typedef {import("./draft.js").Draft} Draft */
/** @typedef {import("./submission.js").Reply} Reply */

const LONGEST_PAUSE = 60            // seconds between tries
const SUSPICIOUS = 3_000            // milliseconds before a `fetch` is given up that was blocked before

const page = byId("steps")          // not the form: a question's key may hide its properties
const form = /** @type {HTMLFormElement} */ (page.closest("form"))
const steps = [...page.querySelectorAll(".step")]
const address = /** @type {string} */ (form.getAttribute("action"))
const id = address.split("?")[0]
const words = /** @type {Record<string, string>} */ (page.dataset)
const idField = /** @type {HTMLInputElement} */ (form.querySelector("[name=response]"))

let draft = newDraft(id)
let isKept = true, isSending = false, isDone = false, isBumped = false
let timer = 0, typing = 0, pause = 1, hold = 0, refusedAt = -1
let blocked = 0                     // how many times running `fetch` failed while the server could be reached
/** What was pressed last, for browsers that don't tell what submits a form. @type {HTMLButtonElement | null} */
let pressed = null

// The draft in storage

/** All that is stored on this phone, of this survey and of others. */
const kept = () => storedDrafts().catch(() => (isKept = false, /** @type {Draft[]} */ ([])))

/** Another response that still waits under this address gives way, unharmed. @param {IDBObjectStore} store */
function putDraft(store) {
  const asking = store.get(id)
  asking.onsuccess = () => {
    const other = asking.result
    if (isDone) return
    if (other && other.response !== draft.response && isDue(other)) store.put(asideOf(other))
    store.put(draft)
  }
  return asking
}

async function keep() {
  try {
    if (!isDone) await withDrafts("readwrite", putDraft)
    isKept = true
  } catch { isKept = false }
}

// The form and the draft

const showId = () => { idField.value = draft.response }

/** @param {string} [place] */
const tellSteps = place => page.dispatchEvent(new CustomEvent("restored", { detail: place }))

/** @param {Draft} one */
const isMine = one => one.id === id

/** @param {import("./fields.js").Box} box */
const isTouched = box => box.value !== box.defaultValue ||
  isChoice(box) && /** @type {HTMLInputElement} */ (box).checked !== /** @type {HTMLInputElement} */ (box).defaultChecked

/** Whatever else waits on this phone; what sends it loads on the first tap, or where there is something. */
const sendOthers = () => import(words.outbox).then(({ sendOutbox }) => sendOutbox(id)).catch(() => {})

/**
 * @param {Draft} found
 * @param {typeof isTouched} [isLeftAlone]
 */
function takeUp(found, isLeftAlone) {
  fillForm(steps, found.values, isLeftAlone)
  draft = found
  showId()
  const { at } = draft
  draft.at = ""
  tellSteps(at)
}

async function begin() {
  const { hash } = location
  const isResumed = "resumed" in words
  if (isResumed) draft.response = idField.value
  showId()
  const all = await kept()
  const found = all.find(isMine)
  if (!found && hash && isKept && !isResumed) tellSteps("#start")
  if (found) {
    // What the browser sent as a plain form is sent again only by the person: else a refusal would go round in circles.
    if (found.plain) Object.assign(found, { finish: false, plain: false })
    byId("found").hidden = !found.values.length
    takeUp(found, isTouched)        // what was typed before the draft was found stays
  }
  if (all.some(one => !isMine(one) && isDue(one))) sendOthers()
}

/** Make the form's answers the draft's; whether they are others than before. */
function takeAnswers() {
  clearTimeout(typing)
  typing = 0
  const { own, values } = readForm(form, steps)
  draft.page = own
  if (values.join() === draft.values.join()) return false
  const texts = steps.flatMap(textsIn).map(({ value }) => value).filter(Boolean)
  Object.assign(draft, { values, texts, revision: draft.revision + 1, finish: false })
  isBumped = false
  return true
}

const onChange = () => { if (takeAnswers()) keep() }

const onInput = () => {
  clearTimeout(typing)
  typing = setTimeout(onChange, 300)
}

/**
 * Begin anew; what waits to be sent stays on the phone under its own id. False where it can't.
 * @param {boolean} isWaiting
 */
async function renew(isWaiting) {
  const isSafe = await withDrafts("readwrite", store => {
    if (isWaiting) store.put(asideOf(draft))
    return store.delete(id)
  }).then(() => true, () => !isWaiting)
  if (isSafe) {
    draft = newDraft(id)
    showId()
    fillForm(steps, [])
    say("")
    sendOthers()
  }
  return isSafe
}

/**
 * "clear" the form, begin "fresh" without it, or put it "aside" for the next person.
 * @param {MouseEvent} tap
 */
async function onWipe(tap) {
  const button = /** @type {HTMLElement | null} */ (/** @type {Element} */ (tap.target).closest("[data-wipe]"))
  if (!button) return
  const how = button.dataset.wipe
  if (how === "aside" && !isKept) return
  tap.preventDefault()
  await ready
  byId("found").hidden = true
  onChange()
  if (how === "clear") {
    fillForm(steps, [])
    onChange()
  } else if (!await renew(how === "aside" && isDue(draft))) {
    isKept = false
    return button.click()           // the browser takes them to the server
  }
  tellSteps("#start")
}

// Sending: one request at a time, all answers each time, tried again until they are stored

/** Once: what is there already is not said again. @param {string} text */
const say = text => {
  const status = byId("status")
  if (status.textContent !== text) status.textContent = text
}

async function send() {
  await ready
  if (isSending || isDone || draft.revision === refusedAt || !isDue(draft) || performance.now() < hold) return
  isSending = true
  clearTimeout(timer)
  const sent = { ...draft }
  if (sent.finish && pause === 1) say(words.sending)
  const { own, values } = readForm(form, steps)
  const reply = await submit(address, sent, [...own, ...values], blocked ? SUSPICIOUS : undefined)
  const isAgain = await judge(reply, sent)
  isSending = false
  if (isAgain) send()
}

/**
 * Whether to send again at once.
 * @param {Reply} reply
 * @param {Draft} sent
 */
async function judge(reply, sent) {
  const { status, json } = reply
  if (status) blocked = 0
  if (sent.response !== draft.response) return true
  if (isStored(reply, sent)) return onStored(sent, json)
  if (status < 300 && json.revision >= sent.revision && !isBumped) {
    isBumped = true
    draft.revision = json.revision + 1
    await keep()
    return true
  }
  return isRefused(reply) ? onRefused(reply, sent) : tryLater(reply)
}

/**
 * A finished response without a receipt was taken back: there is nothing left to say more to.
 * @param {Draft} sent
 * @param {any} json
 */
async function onStored({ revision, finish }, { receipt, finished, page: thanks }) {
  pause = 1
  draft.saved = revision
  if (finished && !receipt || finish && draft.finish) isDone = true
  else {
    if (byId("status").textContent) say(words.sent)
    await keep()
    return true
  }
  await withDrafts("readwrite", store => store.delete(id)).catch(() => {})
  try { if ("shared" in words) sessionStorage.receipt = receipt } catch { /* barred: the receipt isn't shown */ }
  location.replace(thanks)
}

/** @param {Reply} reply */
async function tryLater({ status, retryAfter }) {
  blocked = !status && await isFetchBlocked() ? blocked + 1 : 0
  if (blocked && draft.finish) return blocked === 1 || sendPlain()
  // On a shared phone nobody has to wait for signal.
  if ("shared" in words && draft.finish && await renew(true)) return tellSteps("#safe")
  say(blocked ? "" : isKept ? words.offline : words.memory)
  hold = performance.now() + retryAfter * 1000
  timer = setTimeout(send, Math.max(retryAfter, pause * (0.5 + Math.random())) * 1000)
  pause = Math.min(pause * 2, LONGEST_PAUSE)
}

const isFetchBlocked = () => import(words.plain).then(({ isServerReachable }) => isServerReachable(words.picture)).catch(() => false)

/** The thanks page lets go of the draft. */
async function sendPlain() {
  const { sendForm } = await import(words.plain)
  draft.plain = true
  await keep()
  isDone = true
  sendForm(form, draft)
}

/**
 * Say what to do, with everything still there; nothing is sent again until the person acts.
 * @param {Reply} reply
 * @param {Draft} sent
 */
async function onRefused(reply, { revision, finish }) {
  const summary = await import(words.errors).catch(() => {})
  if (!summary) return tryLater(reply)
  refusedAt = revision
  draft.finish = false
  say("")
  summary.show(reply.json, reply.status !== 422 || finish)
}

/**
 * Going to another look, the draft goes along by itself; where it can't be kept, the form takes the answers.
 * @param {SubmitEvent} event
 */
async function onSubmit(event) {
  const button = /** @type {HTMLButtonElement | null} */ (event.submitter || pressed)
  const isLeaving = button && button.name === "next"
  if (isLeaving && !isKept) return
  event.preventDefault()
  await ready
  onChange()
  if (isLeaving) return leave(button)
  draft.finish = true
  keep()
  byId("problem").hidden = true
  hold = 0
  pause = 1
  refusedAt = -1
  send()
}

/** @param {HTMLButtonElement} button */
async function leave(button) {
  draft.at = location.hash
  await keep()
  if (isKept) location.assign(button.dataset.go || button.formAction)
  else button.click()
}

async function onReturn() {
  if (document.hidden) return typing && onChange()
  const newer = (await kept()).find(isMine)
  if (newer && newer.response === draft.response && newer.revision > draft.revision) takeUp(newer)
  send()
}

const ready = begin()

form.addEventListener("submit", onSubmit)
page.addEventListener("change", onChange)
page.addEventListener("input", onInput)
page.addEventListener("click", onWipe)
page.addEventListener("leave", () => setTimeout(() => { onChange(); send() }, 50))  // the next question first
addEventListener("click", ({ target }) => { pressed = target instanceof Element ? target.closest("button") : null })
addEventListener("click", () => setTimeout(sendOthers, 50), { once: true })
addEventListener("online", send)
document.addEventListener("visibilitychange", onReturn)
addEventListener("pagehide", () => { if (isDone) fillForm(steps, []) })
addEventListener("pageshow", ({ persisted }) => { if (persisted) (isDone ? () => location.reload() : onReturn)() })
addEventListener("load", () => { navigator.serviceWorker?.register(location.pathname.slice(0, 3) + "worker.js").catch(() => {}) })
send()
