// Sends what waits on this phone, of this survey and of others: in a page, and as the first part of the worker.
// Exactly one response comes of it, however often it is sent; it is let go of only when the server says it is stored.

{
  const PATIENCE = 10_000           // milliseconds before a silent network is called no signal
  const SHORTEST_PAUSE = 1_000
  const LONGEST_PAUSE = 60_000
  const refused = new Set()         // asked once, and told why not: the person finds it on the survey's page

  const database = () => new Promise((done, fail) => {
    const asking = indexedDB.open("survey", 1)
    asking.onupgradeneeded = () => asking.transaction.abort()
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

  const isDue = ({ finish, revision, saved }) => finish || revision > saved
  const nameOf = ({ response, revision }) => response + revision

  /** "stored", "refused" where there is no use in asking again, or "later". */
  async function outcomeOf({ id, to, page, values, response, revision, finish }) {
    const body = new URLSearchParams([...page, ...values])
    body.set("response", response)
    body.set("revision", revision)
    if (to) body.set("next", "again")
    if (finish) body.set("finish", "1")
    const stop = new AbortController()
    const patience = setTimeout(() => stop.abort(), PATIENCE)
    const headers = { Accept: "application/json" }
    try {
      const reply = await fetch(to ?? id, { method: "POST", body, headers, credentials: "omit", signal: stop.signal })
      const [saved, stored] = reply.headers.get("X-Saved")?.split(":") ?? []
      const json = await reply.json()
      if (saved === response && stored >= revision && (json.finished || !finish)) return "stored"
      return json.fields && reply.status < 500 && reply.status !== 429 ? "refused" : "later"
    } catch { return "later" } finally { clearTimeout(patience) }
  }

  /** Whoever wrote more in the meantime keeps it. */
  const letGo = sent => drafts("readwrite", store => {
    const asking = store.get(sent.id)
    asking.onsuccess = () => {
      const now = asking.result
      if (!now || nameOf(now) !== nameOf(sent)) return
      if (sent.to || sent.finish) store.delete(sent.id)
      else store.put({ ...now, saved: sent.revision })
    }
    return asking
  })

  async function due() {
    const all = await drafts("readonly", store => store.getAll()).catch(() => [])
    return all.filter(one => isDue(one) && !refused.has(nameOf(one)))
  }

  /** Send all that waits, but for the draft that the page has in hand; how many are left to try again. */
  self.sendWaiting = async inHand => {
    let left = 0
    for (const one of (await due()).filter(({ id }) => id !== inHand)) {
      const outcome = await outcomeOf(one)
      if (outcome === "stored") await letGo(one).catch(() => {})
      else if (outcome === "refused") refused.add(nameOf(one))
      else left++
    }
    return left
  }

  if (self.document) inPage()

  /** Try now, at every sign of signal, and in between. */
  function inPage() {
    const workers = navigator.serviceWorker
    let timer = 0, pause = SHORTEST_PAUSE, mine = "", going = Promise.resolve()

    const pass = () => going = going.then(once)

    async function once() {
      clearTimeout(timer)
      const left = await sendWaiting(mine)
      if (left) timer = setTimeout(pass, pause * (0.5 + Math.random()))
      pause = left ? Math.min(pause * 2, LONGEST_PAUSE) : SHORTEST_PAUSE
      const told = document.querySelector("#safe.now [role=status]")
      if (told && !left) told.textContent = told.dataset.words
    }

    /** A bonus where there is one: the worker sends when signal is back, with every page closed. */
    async function askWorker() {
      try {
        for (const folder of ["/s/", "/S/"]) {
          const worker = await workers.getRegistration(folder) ??
            (navigator.onLine ? await workers.register(folder + "worker.js") : null)
          worker?.active?.postMessage("keep")
          if (document.hidden && (await due()).length) await worker?.sync?.register("outbox")
        }
      } catch {}
    }

    /** For the next person. */
    function readyAgain() {
      const told = document.getElementById("sent")
      if (told) told.textContent = ""
      document.getElementById("again")?.removeAttribute("open")
    }

    self.sendOutbox = inHand => {
      mine = inHand
      return pass()
    }
    document.getElementById("steps")?.addEventListener("restored", readyAgain)
    addEventListener("online", pass)
    document.addEventListener("visibilitychange", () => document.hidden ? askWorker() : pass())
    askWorker()
  }
}
