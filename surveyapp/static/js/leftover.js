// Answers that were left on this phone when the survey closed: sent late if their page was opened in time, else shown
// to be copied. Every word comes from the page.

const box = document.getElementById("leftover")
const words = box.dataset
const say = text => { box.querySelector("[role=status]").textContent = text }

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
    return location.replace(words.thanks + json.receipt)
  }
  say(json?.error ? `${json.error} ${words.copy}` : words.offline)
}

/** What was written; codes of choices say nothing without their questions. */
function show({ values }) {
  const written = values.map(([, value]) => value).filter(value => /[^a-z0-9_]/.test(value))
  box.querySelector("ul").replaceChildren(...written.map(text =>
    Object.assign(document.createElement("li"), { className: "said", textContent: text })))
}

const draft = await drafts("readonly", store => store.get(words.id)).catch(() => null)
if (draft?.values.length) {
  box.hidden = false
  box.querySelector("button").addEventListener("click", () => send(draft))
  show(draft)
  if (draft.finish) send(draft)
}
