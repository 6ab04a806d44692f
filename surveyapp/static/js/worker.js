// Keeps the survey page that was opened, with all that it is made of, and serves it where there is no signal.
// The network comes first. What it keeps is the same for everybody: no answer, no id, no receipt. Nothing relies on it.

const KEPT = "survey"
const MOST = 3                      // pages
const PATIENCE_FOR_PAGE = 6_000     // milliseconds before the kept page stands in for a silent network
const ID = /(name="response" value=")[^"]*/

const codeOf = ({ pathname }) => pathname.match(/^\/s\/([^/]+)/i)?.[1].toLowerCase().replaceAll("-", "")
const isPage = ({ pathname, searchParams }) => /^\/s\/[^/.]+$/i.test(pathname) && !searchParams.has("response")
const keyOf = url => `/s/${codeOf(url)}${url.search}`
const partsOf = text => [...new Set(text.match(/\/assets\/[\w./-]+/g))]
const newId = () => crypto.randomUUID?.() ?? ""

/** The network's answer, the kept page of the same survey where there is none, or where the server is down. */
async function answer(event, url) {
  const asked = ask(event)
  event.waitUntil(asked.then(reply => take(url, reply.clone()), () => {}))
  const kept = await find(url)
  if (!kept) return asked
  const wait = new Promise(done => setTimeout(done, PATIENCE_FOR_PAGE))
  const reply = await Promise.race([asked, wait]).catch(() => {})
  return reply && reply.status < 500 ? reply : isPage(url) ? shown(kept) : Response.redirect(`/s/${codeOf(url)}`)
}

const ask = async event => await event.preloadResponse ?? fetch(event.request)

/** Keep a survey's page, and nothing else that came under its address; let go of a survey that is over. */
async function take(url, reply) {
  if (reply.status === 404 || reply.status === 410) return forget(url)
  if (!reply.ok || reply.redirected || !isPage(url)) return
  const text = await reply.text()
  if (!ID.test(text) || !text.includes(`action="/s/${codeOf(url)}`)) return
  const cache = await caches.open(KEPT)
  const parts = partsOf(text)
  await Promise.all(parts.map(async part => await cache.match(part) ?? cache.add(part)))
  const headers = new Headers(reply.headers)
  for (const name of ["content-encoding", "content-length"]) headers.delete(name)
  await cache.delete(keyOf(url))
  await cache.put(keyOf(url), new Response(text.replace(ID, "$1"), { headers }))
  await tidy(cache)
}

/** The newest pages stay, with their parts. */
async function tidy(cache) {
  const all = await cache.keys()
  const pages = all.filter(({ url }) => isPage(new URL(url)))
  const staying = pages.slice(-MOST)
  const texts = await Promise.all(staying.map(async page => (await cache.match(page)).text()))
  const parts = new Set(texts.flatMap(partsOf))
  const going = all.filter(one => !staying.includes(one) && !parts.has(new URL(one.url).pathname))
  await Promise.all(going.map(one => cache.delete(one)))
}

async function keptPages(url) {
  const cache = await caches.open(KEPT)
  return [cache, (await cache.keys()).filter(one => isPage(new URL(one.url)) && codeOf(new URL(one.url)) === codeOf(url))]
}

async function find(url) {
  try {
    const [cache, pages] = await keptPages(url)
    return await cache.match(keyOf(url)) ?? (pages.length ? await cache.match(pages.at(-1)) : null)
  } catch { return null }
}

async function forget(url) {
  const [cache, pages] = await keptPages(url)
  await Promise.all(pages.map(page => cache.delete(page)))
}

/** The kept page with an id of its own, saying in the page's words that there is no signal. */
async function shown(kept) {
  const text = await kept.text()
  const words = text.match(/data-offline="([^"]*)/)?.[1] ?? ""
  const told = text.replace(ID, `$1${newId()}`).replace(/(id="status"[^>]*>)/, `$1${words}`)
  return new Response(told, { headers: kept.headers })
}

/** A page that was opened before there was a worker. */
async function keepOpen() {
  for (const { url } of await clients.matchAll({ type: "window", includeUncontrolled: true })) {
    const address = new URL(url)
    if (!isPage(address) || await (await caches.open(KEPT)).match(keyOf(address))) continue
    await take(address, await fetch(keyOf(address), { credentials: "omit" }))
  }
}

addEventListener("install", event => event.waitUntil(Promise.all([skipWaiting(), keepOpen().catch(() => {})])))
addEventListener("activate", event => event.waitUntil(registration.navigationPreload?.enable()))
addEventListener("message", event => event.waitUntil(keepOpen().catch(() => {})))
addEventListener("sync", event => event.waitUntil(sendWaiting().then(left => left && Promise.reject(left))))
addEventListener("fetch", event => {
  const { method, mode, url } = event.request
  const address = new URL(url)
  if (method !== "GET" || address.origin !== location.origin) return
  if (mode === "navigate") event.respondWith(answer(event, address))
  else if (address.pathname.startsWith("/assets/")) event.respondWith(part(event.request))
})

const part = async request => await caches.match(request, { ignoreVary: true }).catch(() => {}) ?? fetch(request)
