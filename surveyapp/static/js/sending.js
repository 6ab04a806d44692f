// Keeps a draft on the phone, sends it, and lets go of it only when the server says that it is stored.
// Every word comes from the page.

const byId = id => document.getElementById(id)
const page = byId("steps")          // never the form itself: a question's key may hide its properties
const form = page.closest("form")
const address = new URL(form.getAttribute("action"), location)
const words = page.dataset
const field = name => document.querySelector(`#survey > [name=${name}]`)
const OURS = ["response", "opened", "view", "lang"]
const PATIENCE = 10_000             // milliseconds before a silent network is called no signal
const LONGEST_PAUSE = 60            // seconds between tries

const newId = () => crypto.randomUUID?.() ?? "10000000-1000-4000-8000-100000000000".replace(/[018]/g,
  digit => (digit ^ crypto.getRandomValues(new Uint8Array(1))[0] & 15 >> digit / 4).toString(16))

let draft = { id: address.pathname, response: newId(), revision: 0, saved: 0, finish: false, values: [], at: "" }
let [isKept, isSending, isDone, isWaiting] = [true, false, false, false]
let [timer, pause, hold, typing] = [0, 1, 0, 0]

// ---- The draft in IndexedDB, on disk before it counts as kept. Opened anew each time: iOS closes it unasked.

const opened = () => new Promise((done, fail) => {
  const asking = indexedDB.open("survey", 1)
  asking.onupgradeneeded = () => asking.result.createObjectStore("drafts", { keyPath: "id" })
  asking.onsuccess = () => done(asking.result)
  asking.onerror = asking.onblocked = fail
})

async function drafts(mode, act) {
  const database = await opened()
  return new Promise((done, fail) => {
    const transaction = database.transaction("drafts", mode, { durability: "strict" })
    const asked = act(transaction.objectStore("drafts"))
    transaction.oncomplete = () => done(asked.result)
    transaction.onabort = transaction.onerror = fail
  }).finally(() => database.close())
}

const kept = () => drafts("readonly", store => store.get(draft.id)).catch(() => { isKept = false })

async function keep() {
  clearTimeout(typing)
  if (isDone) return
  draft.values = [...new FormData(form)].filter(([name]) => !OURS.includes(name))
  try {
    await drafts("readwrite", store => isDone || store.put(draft))
    isKept = true
  } catch { isKept = false }
}

// ---- The form and the draft

const controls = () => [...page.querySelectorAll("input, textarea")]
const isTouched = control => control.value !== control.defaultValue || control.checked !== control.defaultChecked

function fill(values, passOver = () => false) {
  for (const control of controls()) {
    if (passOver(control)) continue
    const mine = values.filter(([name]) => name === control.name).map(([, value]) => value)
    if (/radio|checkbox/.test(control.type)) control.checked = mine.includes(control.value)
    else control.value = mine[0] ?? ""
  }
}

function takeUp(found) {
  fill(found.values, draft.revision ? undefined : isTouched)
  const { at } = draft = found
  draft.at = ""
  field("response").value = draft.response
  page.dispatchEvent(new CustomEvent("restored", { detail: at }))
}

async function start() {
  const found = await kept()
  if (found) {
    byId("found").hidden = !found.values.some(([, value]) => value)
    takeUp(found)
  } else if ("resumed" in words) draft.response = field("response").value
  field("response").value = draft.response
  send()
}

function changed() {
  draft.revision++
  draft.finish = false
  return keep()
}

function onInput() {
  clearTimeout(typing)
  typing = setTimeout(changed, 300)
}

async function wipe(event) {
  const button = event.target.closest("[data-clear], [data-fresh]")
  if (!button) return
  event.preventDefault()
  if ("fresh" in button.dataset) Object.assign(draft, { response: newId(), revision: 0, saved: 0 })
  field("response").value = draft.response
  byId("found").hidden = true
  fill([])
  await changed()
  page.dispatchEvent(new CustomEvent("restored"))
}

// ---- Sending: one request at a time, all answers each time, tried again until it is stored

const say = text => { byId("status").textContent = text }
const isDue = () => !isDone && (draft.finish || draft.revision > draft.saved)

async function post(revision) {
  const body = new URLSearchParams(new FormData(form))
  body.set("revision", revision)
  if (draft.finish) body.set("finish", "1")
  const stop = new AbortController()
  const patience = setTimeout(() => stop.abort(), PATIENCE)
  try {
    const reply = await fetch(address, { method: "POST", body, headers: { Accept: "application/json" }, credentials: "omit", signal: stop.signal })
    const [id, stored] = (reply.headers.get("X-Saved") ?? "").split(":")
    return { reply, json: await reply.json().catch(() => ({})), isSafe: id === draft.response && +stored >= revision }
  } finally { clearTimeout(patience) }
}

async function send(isRetry) {
  if (isSending || !isDue() || Date.now() < hold) return
  clearTimeout(timer)
  isSending = true
  const { revision, finish } = draft
  if (finish) say(words.sending)
  const answer = await post(revision).catch(() => ({ json: {} }))
  isSending = false
  await judge(answer, revision, finish, isRetry)
  if (isDue() && !isWaiting) send()
}

/** Only our own header proves that answers are stored; a hotel's Wi-Fi page says 200 to everything. */
async function judge({ reply, json, isSafe }, revision, finish, isRetry) {
  isWaiting = false
  if (isSafe && (!finish || json.finished)) return stored(revision, finish, json.receipt)
  if (reply?.ok && json.revision >= revision && !isRetry) {
    draft.revision = json.revision + 1
    await keep()
    return send(true)
  }
  isWaiting = true
  if (json.error && reply.status < 500 && reply.status !== 429) return refused(reply.status, json, finish)
  later(+reply?.headers.get("Retry-After"))
}

async function stored(revision, finish, receipt) {
  pause = 1
  if (!finish || !draft.finish) {
    draft.saved = revision
    if (byId("status").textContent) say(words.sent)
    return keep()
  }
  isDone = true
  clearTimeout(typing)
  await drafts("readwrite", store => store.delete(draft.id)).catch(() => {})
  location.replace(words.thanks + encodeURIComponent(receipt))
}

function later(seconds) {
  say(isKept ? words.offline : words.memory)
  hold = Date.now() + (seconds || 0) * 1000
  timer = setTimeout(send, Math.max(seconds || 0, pause * (0.5 + Math.random())) * 1000)
  pause = Math.min(pause * 2, LONGEST_PAUSE)
}

/** Told what to do, with everything still there; nothing is sent again until the person acts. */
function refused(status, { error, fields }, finish) {
  say("")
  for (const old of page.querySelectorAll(".error")) old.remove()
  const told = Object.entries(fields ?? {}).map(([name, sentence]) => [mark(name, sentence), sentence])
  draft.finish = false
  if (status === 422 && !finish) return
  byId("problem").querySelector("ul").replaceChildren(...(told.length ? told : [["survey", error]]).map(([id, sentence]) => {
    const item = document.createElement("li")
    const link = item.appendChild(document.createElement("a"))
    link.href = "#" + id
    link.textContent = sentence
    return item
  }))
  byId("problem").hidden = false
  page.dispatchEvent(new Event("problem"))
}

function mark(name, sentence) {
  const control = page.querySelector(`[name="${CSS.escape(name)}"]`)
  if (!control || !control.id) return "survey"
  const error = document.createElement("p")
  error.className = "error"
  error.id = "e-" + name
  error.textContent = sentence
  control.closest(".step").querySelector(".ask").after(error)
  control.setAttribute("aria-invalid", "true")
  control.setAttribute("aria-describedby", error.id)
  return control.id
}

// ---- What people do

/** Going to another look: the draft goes along by itself; where it can't be kept, the form does it. */
async function onSubmit(event) {
  const button = event.submitter
  if (button?.name === "next" && !isKept) return
  event.preventDefault()
  await keep()
  if (button?.name === "next") {
    draft.at = location.hash
    await keep()
    return location.assign(button.dataset.go ?? button.formAction)
  }
  draft.finish = true
  byId("problem").hidden = true
  hold = 0
  await keep()
  send()
}

async function onReturn() {
  if (document.hidden) return typing && changed()
  const newer = await kept()
  if (newer?.response === draft.response && newer.revision > draft.revision) takeUp(newer)
  send()
}

form.addEventListener("submit", onSubmit)
page.addEventListener("change", changed)
page.addEventListener("input", onInput)
page.addEventListener("click", wipe)
page.addEventListener("leave", () => send())
addEventListener("online", () => send())
document.addEventListener("visibilitychange", onReturn)
addEventListener("pageshow", ({ persisted }) => persisted && (isDone ? location.reload() : onReturn()))
start()
