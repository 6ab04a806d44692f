// Keeps a draft on the phone, sends it, and lets go of it only when the server says that it is stored.
// Every word comes from the page.

const byId = id => document.getElementById(id)
const page = byId("steps")          // not the form: a question's key may hide its properties
const form = page.closest("form")
const address = form.getAttribute("action")
const id = address.split("?")[0]
const words = page.dataset
const OURS = ["response", "opened", "view", "lang"]
const PATIENCE = 10_000             // milliseconds before a silent network is called no signal
const LONGEST_PAUSE = 60            // seconds between tries

const newId = () => "10000000-1000-4000-8000-100000000000".replace(/[018]/g,
  digit => (digit ^ crypto.getRandomValues(new Uint8Array(1))[0] & 15 >> digit / 4).toString(16))
const blank = () => ({ id, response: newId(), revision: 0, saved: 0, finish: false, values: [], at: "" })

let draft = blank()
let isKept = true, isSending = false, isDone = false, isBumped = false
let timer = 0, typing = 0, pause = 1, hold = 0, refusedAt = -1

// The draft in IndexedDB, on disk before it counts as kept. Opened anew each time: iOS closes it unasked.

const database = () => new Promise((done, fail) => {
  const asking = indexedDB.open("survey", 1)
  asking.onupgradeneeded = () => asking.result.createObjectStore("drafts", { keyPath: "id" })
  asking.onsuccess = () => done(asking.result)
  asking.onerror = asking.onblocked = fail
})

async function drafts(mode, act) {
  const open = await database()
  return new Promise((done, fail) => {
    const transaction = open.transaction("drafts", mode, { durability: "strict" })
    const asked = act(transaction.objectStore("drafts"))
    transaction.oncomplete = () => done(asked.result)
    transaction.onabort = transaction.onerror = fail
  }).finally(() => open.close())
}

const kept = () => drafts("readonly", store => store.getAll()).catch(() => (isKept = false, []))

async function keep() {
  try {
    if (!isDone) await drafts("readwrite", store => isDone ? store.count() : store.put(draft))
    isKept = true
  } catch { isKept = false }
}

// The form and the draft

const idField = form.querySelector("[name=response]")
const showId = () => { idField.value = draft.response }
const tellSteps = detail => page.dispatchEvent(new CustomEvent("restored", { detail }))
const isMine = one => one.id === id
const isDue = ({ finish, revision, saved }) => finish || revision > saved
const isTouched = box => box.value !== box.defaultValue || box.checked !== box.defaultChecked

/** Whatever else waits on this phone; what sends it loads on the first tap, or where there is something. */
const others = () => import(words.outbox).then(() => sendOutbox(id)).catch(() => {})

function fill(values, passOver) {
  for (const box of page.querySelectorAll("input, textarea")) {
    if (passOver?.(box)) continue
    const mine = values.filter(([name]) => name === box.name).map(([, value]) => value)
    if (/radio|checkbox/.test(box.type)) box.checked = mine.includes(box.value)
    else box.value = mine[0] ?? ""
  }
}

/** At is the question that a change of look came from. */
function takeUp(found, passOver) {
  fill(found.values, passOver)
  draft = found
  showId()
  const { at } = draft
  draft.at = ""
  tellSteps(at)
}

async function begin() {
  const { hash } = location
  const all = await kept()
  const found = all.find(isMine)
  if ("resumed" in words) draft.response = idField.value
  else if (!found && hash) tellSteps("#start")
  if (found) {
    byId("found").hidden = !found.values.length
    takeUp(found, isTouched)        // what was typed before the draft was found stays
  }
  if (all.some(one => !isMine(one) && isDue(one))) others()
  showId()
  send()
}

async function changed() {
  clearTimeout(typing)
  typing = 0
  const entries = [...new FormData(form)]
  const values = entries.filter(([name, value]) => value && !OURS.includes(name))
  draft.page = entries.filter(([name]) => OURS.includes(name))
  if (values.join() === draft.values.join()) return
  const texts = [...page.querySelectorAll("[type=text], textarea")].map(box => box.value).filter(Boolean)
  Object.assign(draft, { values, texts, revision: draft.revision + 1, finish: false })
  isBumped = false
  await keep()
}

const onInput = () => { clearTimeout(typing); typing = setTimeout(changed, 300) }

/** Begin anew; what waits to be sent stays on the phone under its own id. False where it can't. */
async function renew(isWaiting) {
  const act = store => (isWaiting && store.put({ ...draft, id: draft.response, to: id }), store.delete(id))
  const isSafe = await drafts("readwrite", act).then(() => true, () => !isWaiting)
  if (isSafe) {
    draft = blank()
    showId()
    fill([])
    say("")
    others()
  }
  return isSafe
}

/** "clear" the form, begin "fresh" without it, or put it "aside" for the next person. */
async function wipe(tap, how) {
  if (how === "aside" && !isKept) return
  tap.preventDefault()
  byId("found").hidden = true
  await changed()
  if (how === "clear") fill([]), await changed()
  else await renew(how === "aside" && isDue(draft))
  tellSteps("#start")
}

// Sending: one request at a time, all answers each time, tried again until they are stored

const say = text => { byId("status").textContent = text }

async function post({ response, revision, finish }) {
  const body = new URLSearchParams(new FormData(form))
  body.set("revision", revision)
  if (finish) body.set("finish", "1")
  const stop = new AbortController()
  setTimeout(() => stop.abort(), PATIENCE)
  const headers = { Accept: "application/json" }
  try {
    const reply = await fetch(address, { method: "POST", body, headers, credentials: "omit", signal: stop.signal })
    const [saved, stored] = reply.headers.get("X-Saved")?.split(":") ?? []
    const json = await reply.json().catch(() => null) ?? {}
    return { reply, json, isSafe: saved === response && stored >= revision }
  } catch { return { json: {} } }
}

async function send() {
  if (isSending || isDone || draft.revision === refusedAt || !isDue(draft) || performance.now() < hold) return
  isSending = true
  clearTimeout(timer)
  const sent = { ...draft }
  if (sent.finish) say(words.sending)
  const isOver = await judge(await post(sent), sent)
  isSending = false
  if (isOver) send()
}

/** Only our own header proves that answers are stored; a hotel's Wi-Fi page says 200 to everything. */
async function judge({ reply, json, isSafe }, sent) {
  if (sent.response !== draft.response) return true
  if (isSafe && (!sent.finish || json.finished)) return stored(sent, json)
  if (reply?.ok && json.revision >= sent.revision && !isBumped) {
    isBumped = true
    draft.revision = json.revision + 1
    await keep()
    return true
  }
  if (json.fields && reply.status < 500 && reply.status !== 429) return refused(reply.status, json, sent)
  return tryLater(+reply?.headers.get("Retry-After") || 0)
}

/** A finished response without a receipt was taken back: there is nothing left to say more to. */
async function stored({ revision, finish }, { receipt, finished, page }) {
  pause = 1
  draft.saved = revision
  if (finished && !receipt || finish && draft.finish) isDone = true
  else {
    if (byId("status").textContent) say(words.sent)
    await keep()
    return true
  }
  await drafts("readwrite", store => store.delete(id)).catch(() => {})
  try { if ("shared" in words) sessionStorage.receipt = receipt } catch {}
  location.replace(page)
}

/** On a shared phone nobody has to wait for signal. */
async function tryLater(seconds) {
  if ("shared" in words && draft.finish && await renew(true)) return tellSteps("#safe")
  say(isKept ? words.offline : words.memory)
  hold = performance.now() + seconds * 1000
  timer = setTimeout(send, Math.max(seconds, pause * (0.5 + Math.random())) * 1000)
  pause = Math.min(pause * 2, LONGEST_PAUSE)
}

/** Say what to do, with everything still there; nothing is sent again until the person acts. */
async function refused(status, json, { revision, finish }) {
  const telling = await import(words.refused).catch(() => {})
  if (!telling) return tryLater(0)
  refusedAt = revision
  draft.finish = false
  say("")
  telling.tell(json, status !== 422 || finish)
}

/** Going to another look, the draft goes along by itself; where it can't be kept, the form takes the answers. */
async function onSubmit(event) {
  const { submitter } = event
  const isLeaving = submitter?.name === "next"
  if (isLeaving && !isKept) return
  event.preventDefault()
  await changed()
  if (isLeaving) draft.at = location.hash
  else draft.finish = true
  await keep()
  if (isLeaving) return location.assign(submitter.dataset.go ?? submitter.formAction)
  byId("problem").hidden = true
  hold = 0
  refusedAt = -1
  send()
}

async function onReturn() {
  if (document.hidden) return typing && changed()
  const newer = (await kept()).find(isMine)
  if (newer?.response === draft.response && newer.revision > draft.revision) takeUp(newer)
  send()
}

form.addEventListener("submit", onSubmit)
page.addEventListener("change", changed)
page.addEventListener("input", onInput)
page.addEventListener("click", tap => { const how = tap.target.closest("[data-wipe]")?.dataset.wipe; if (how) wipe(tap, how) })
page.addEventListener("leave", () => setTimeout(async () => { await changed(); send() }, 50))  // the next question first
addEventListener("click", () => setTimeout(others, 50), { once: true })
addEventListener("online", send)
document.addEventListener("visibilitychange", onReturn)
addEventListener("pagehide", () => isDone && fill([]))
addEventListener("pageshow", ({ persisted }) => persisted && (isDone ? location.reload() : onReturn()))
addEventListener("load", () => navigator.serviceWorker?.register(location.pathname.slice(0, 3) + "worker.js").catch(() => {}))
begin()
