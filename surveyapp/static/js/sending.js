// Keeps a draft on the phone, sends it, and lets go of it only when the server says that it is stored.
// Every word comes from the page.

const byId = id => document.getElementById(id)
const page = byId("steps")          // not the form: a question's key may hide its properties
const form = page.closest("form")
const address = form.getAttribute("action")
const words = page.dataset
const OURS = ["response", "opened", "view", "lang"]
const PATIENCE = 10_000             // milliseconds before a silent network is called no signal
const LONGEST_PAUSE = 60            // seconds between tries

const random = () => crypto.getRandomValues(new Uint8Array(1))[0]
const newId = () => crypto.randomUUID?.() ?? "10000000-1000-4000-8000-100000000000".replace(/[018]/g,
  digit => (digit ^ random() & 15 >> digit / 4).toString(16))

let draft = { id: address.split("?")[0], response: newId(), revision: 0, saved: 0, finish: false, values: [], at: "" }
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

async function kept() {
  try { return await drafts("readonly", store => store.get(draft.id)) } catch { isKept = false }
}

async function keep() {
  try {
    if (!isDone) await drafts("readwrite", store => isDone ? store.count() : store.put(draft))
    isKept = true
  } catch { isKept = false }
}

// The form and the draft

const idField = form.querySelector("[name=response]")
const showId = () => { idField.value = draft.response }
const isTouched = box => box.value !== box.defaultValue || box.checked !== box.defaultChecked

function fill(values, passOver) {
  for (const box of page.querySelectorAll("input, textarea")) {
    if (passOver?.(box)) continue
    const mine = values.filter(([name]) => name === box.name).map(([, value]) => value)
    if (/radio|checkbox/.test(box.type)) box.checked = mine.includes(box.value)
    else box.value = mine[0] ?? ""
  }
}

/** What was typed before the draft was found stays; at is the question that a change of look came from. */
function takeUp(found) {
  fill(found.values, draft.revision || isTouched)
  draft = found
  showId()
  const { at } = draft
  draft.at = ""
  page.dispatchEvent(new CustomEvent("restored", { detail: at }))
}

async function begin() {
  const { hash } = location
  const found = await kept()
  if ("resumed" in words) draft.response = idField.value
  else if (!found && hash) page.dispatchEvent(new CustomEvent("restored", { detail: "#start" }))
  if (found) {
    byId("found").hidden = !found.values.length
    takeUp(found)
  }
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
  Object.assign(draft, { values, revision: draft.revision + 1, finish: false })
  isBumped = false
  await keep()
}

function onInput() {
  clearTimeout(typing)
  typing = setTimeout(changed, 300)
}

async function wipe(tap) {
  const button = tap.target.closest("[data-clear], [data-fresh]")
  if (!button) return
  tap.preventDefault()
  if ("fresh" in button.dataset) Object.assign(draft, { response: newId(), revision: 0, saved: 0 })
  showId()
  byId("found").hidden = true
  fill([])
  await changed()
  page.dispatchEvent(new CustomEvent("restored"))
}

// Sending: one request at a time, all answers each time, tried again until they are stored

const say = text => { byId("status").textContent = text }
const isDue = () => !isDone && draft.revision !== refusedAt && (draft.finish || draft.revision > draft.saved)

async function post({ response, revision, finish }) {
  const body = new URLSearchParams(new FormData(form))
  body.set("revision", revision)
  if (finish) body.set("finish", "1")
  const stop = new AbortController()
  setTimeout(() => stop.abort(), PATIENCE)
  const headers = { Accept: "application/json" }
  try {
    const reply = await fetch(address, { method: "POST", body, headers, credentials: "omit", signal: stop.signal })
    const [id, stored] = reply.headers.get("X-Saved")?.split(":") ?? []
    const json = await reply.json().catch(() => null) ?? {}
    return { reply, json, isSafe: id === response && stored >= revision }
  } catch { return { json: {} } }
}

async function send() {
  if (isSending || !isDue() || Date.now() < hold) return
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
  if (isSafe && (!sent.finish || json.finished)) return stored(sent, json.receipt)
  if (reply?.ok && json.revision >= sent.revision && !isBumped) {
    isBumped = true
    draft.revision = json.revision + 1
    await keep()
    return true
  }
  if (json.fields && reply.status < 500 && reply.status !== 429) return refused(reply.status, json, sent)
  tryLater(+reply?.headers.get("Retry-After") || 0)
}

async function stored({ revision, finish }, receipt) {
  pause = 1
  draft.saved = revision
  if (!finish || !draft.finish) {
    if (byId("status").textContent) say(words.sent)
    await keep()
    return true
  }
  isDone = true
  await drafts("readwrite", store => store.delete(draft.id)).catch(() => {})
  location.replace(words.thanks + receipt)
}

function tryLater(seconds) {
  say(isKept ? words.offline : words.memory)
  hold = Date.now() + seconds * 1000
  timer = setTimeout(send, Math.max(seconds, pause * (0.5 + Math.random())) * 1000)
  pause = Math.min(pause * 2, LONGEST_PAUSE)
}

/** Say what to do, with everything still there; nothing is sent again until the person acts. */
function refused(status, { error, fields }, { revision, finish }) {
  refusedAt = revision
  draft.finish = false
  say("")
  for (const old of page.querySelectorAll(".error")) old.remove()
  for (const box of page.querySelectorAll("[aria-invalid]")) box.removeAttribute("aria-invalid")
  const told = Object.entries(fields).map(([name, sentence]) => [mark(name, sentence), sentence])
  if (status === 422 && !finish) return
  byId("problem").querySelector("ul").replaceChildren(...(told[0] ? told : [["survey", error]]).map(([id, sentence]) => {
    const item = document.createElement("li")
    item.append(Object.assign(document.createElement("a"), { href: "#" + id, textContent: sentence }))
    return item
  }))
  byId("problem").hidden = false
  page.dispatchEvent(new Event("problem"))
}

function mark(name, textContent) {
  const box = [...page.querySelectorAll("input, textarea")].find(box => box.name === name)
  if (!box) return "survey"
  const id = "e-" + name
  const error = Object.assign(document.createElement("p"), { id, className: "error", textContent })
  box.closest(".step").querySelector(".ask").after(error)
  box.setAttribute("aria-invalid", true)
  box.setAttribute("aria-describedby", `${id} ${box.getAttribute("aria-describedby") ?? ""}`)
  return box.id
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
  const newer = await kept()
  if (newer?.response === draft.response && newer.revision > draft.revision) takeUp(newer)
  send()
}

form.addEventListener("submit", onSubmit)
page.addEventListener("change", changed)
page.addEventListener("input", onInput)
page.addEventListener("click", wipe)
page.addEventListener("leave", async () => { await changed(); send() })
addEventListener("online", send)
document.addEventListener("visibilitychange", onReturn)
addEventListener("pageshow", ({ persisted }) => persisted && (isDone ? location.reload() : onReturn()))
begin()
