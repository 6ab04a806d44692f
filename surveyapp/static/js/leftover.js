// Answers that were left on this phone when the survey closed or went: sent late if their page was opened in time, else
// shown to be copied. Every word comes from the page.

const box = document.getElementById("leftover")
const button = box.querySelector("button")
const words = box.dataset
const say = text => { box.querySelector("[role=status]").textContent = text }
const isHere = one => one.id === words.id || one.to === words.id

const drafts = (mode, act) => new Promise((done, fail) => {
  const asking = indexedDB.open("survey", 1)
  asking.onupgradeneeded = () => asking.transaction.abort()
  asking.onerror = fail
  asking.onsuccess = () => {
    const transaction = asking.result.transaction("drafts", mode)
    const asked = act(transaction.objectStore("drafts"))
    transaction.oncomplete = () => {
      asking.result.close()
      done(asked.result)
    }
  }
})

const found = async () => (await drafts("readonly", store => store.getAll()).catch(() => [])).filter(isHere)

async function send(draft) {
  const body = new URLSearchParams([...draft.page, ...draft.values])
  body.set("response", draft.response)
  body.set("revision", draft.revision)
  body.set("finish", "1")
  say(words.sending)
  const headers = { Accept: "application/json" }
  const reply = await fetch(draft.id, { method: "POST", body, headers, credentials: "omit" }).catch(() => null)
  const json = await reply?.json().catch(() => null)
  const [id, stored] = reply?.headers.get("X-Saved")?.split(":") ?? []
  if (id === draft.response && stored >= draft.revision && json?.finished) {
    await drafts("readwrite", store => store.delete(draft.id))
    return location.replace(json.page)
  }
  say(json?.error ?? words.offline)
}

/** What was written; codes of choices say nothing without their questions. */
function show(left) {
  const lines = left.flatMap(({ texts }) => texts ?? []).map(textContent =>
    Object.assign(document.createElement("li"), { className: "said", dir: "auto", textContent }))
  box.querySelector("ul").replaceChildren(...lines)
  box.hidden = !left.some(({ values }) => values.length)
}

const left = await found()
const draft = left.find(({ id, values }) => id === words.id && values.length)
if (button) button.hidden = !draft
show(left)
if (draft && button) {
  button.addEventListener("click", () => send(draft))
  if (draft.finish) send(draft)
}
if (button && left.length) {
  await import(words.outbox).then(() => sendOutbox(words.id)).catch(() => {})
  show(await found())
}
