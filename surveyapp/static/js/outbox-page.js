// The outbox of an open page: tries now, at every sign of signal, and in between. Loaded on the first tap.

import { dueDrafts, sendWaiting } from "./modules/outbox.js"

const SHORTEST_PAUSE = 1_000        // milliseconds between tries
const LONGEST_PAUSE = 60_000

const workers = navigator.serviceWorker
let timer = 0, pause = SHORTEST_PAUSE, inHand = "", going = Promise.resolve()

const pass = () => going = going.then(sendOnce)

async function sendOnce() {
  clearTimeout(timer)
  const left = await sendWaiting(inHand)
  if (left) timer = setTimeout(pass, pause * (0.5 + Math.random()))
  pause = left ? Math.min(pause * 2, LONGEST_PAUSE) : SHORTEST_PAUSE
  /** @type {HTMLElement | null} */
  const status = document.querySelector("#safe.now [role=status]")
  if (status && !left) status.textContent = status.dataset.words ?? ""
}

/** A bonus where there is one: the worker sends when signal is back, with every page closed. */
async function askWorkers() {
  for (const folder of ["/s/", "/S/"]) {
    const known = await workers.getRegistration(folder)
    const worker = known ?? (navigator.onLine && await workers.register(`${folder}worker.js`))
    if (!worker) continue
    worker.active?.postMessage("keep")
    // Background Sync, which the types don't know and iPhones don't have.
    if (document.hidden && (await dueDrafts()).length) await /** @type {any} */ (worker).sync?.register("outbox")
  }
}

const askWorkersIfAny = () => askWorkers().catch(() => {})  // the page's own tries are what counts

/** For the next person. */
function clearStatus() {
  const status = document.getElementById("sent")
  if (status) status.textContent = ""
  document.getElementById("again")?.removeAttribute("open")
}

/**
 * Send all that waits but for the draft in hand, now and from now on.
 * @param {string} id
 */
export function sendOutbox(id) {
  inHand = id
  return pass()
}

document.getElementById("steps")?.addEventListener("restored", clearStatus)
addEventListener("online", pass)
document.addEventListener("visibilitychange", () => document.hidden ? askWorkersIfAny() : pass())
askWorkersIfAny()
