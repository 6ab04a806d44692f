// Keeps the survey page that was opened, its thanks and all that they are made of, and serves them without signal.
// The network comes first. What it keeps is the same for everybody: no answer, no id, no receipt. Nothing relies on it.

const KEPT = "survey"
const MOST = 3                      // pages
const PATIENCE_FOR_PAGE = 6_000     // milliseconds before the kept page stands in for a silent network
const ID = /(name="response" value=")[^"]*/

const codeOf = ({ pathname }) => pathname.match(/^\/s\/([^/]+)/i)?.[1].toLowerCase().replaceAll("-", "")
const isPage = ({ pathname, searchParams }) => /^\/s\/[^/.]+$/i.test(pathname) && !searchParams.has("response")
const isThanks = ({ pathname }) => /^\/s\/[^/]+\/thanks$/i.test(pathname)
const isNews = ({ pathname }) => /^\/s\/[^/]+\/news$/i.test(pathname)
const keyOf = url => `/s/${codeOf(url)}${url.search}`
const thanksOf = url => `/s/${codeOf(url)}/thanks`
const backOf = url => url.searchParams.get("to") === "thanks" ? thanksOf(url) + url.search : `/s/${codeOf(url)}`
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
  if (reply && reply.status < 500) return reply
  return isThanks(url) ? kept : isPage(url) ? shown(kept) : Response.redirect(backOf(url))
}

const ask = async event => await event.preloadResponse ?? fetch(event.request)

/** Keep a survey's page, and nothing else that came under its address; let go of a survey that is over. */
async function take(url, reply) {
  if (isNews(url)) return           // there may be none yet, and the survey is not over for that
  if (reply.status === 404 || reply.status === 410) return forget(url)
  if (!reply.ok || reply.redirected || !isPage(url)) return
  const text = await reply.text()
  if (!ID.test(text) || !text.includes(`action="/s/${codeOf(url)}`)) return
  const cache = await caches.open(KEPT)
  await put(cache, keyOf(url), text, reply)
  const thanks = await fetch(thanksOf(url), { credentials: "omit" })
  if (thanks.ok) await put(cache, thanksOf(url), await thanks.text(), thanks)
  await tidy(cache)
}

async function put(cache, key, text, reply) {
  await Promise.all(partsOf(text).map(async part => await cache.match(part) ?? cache.add(part)))
  const headers = new Headers(reply.headers)
  for (const name of ["content-encoding", "content-length"]) headers.delete(name)
  await cache.delete(key)
  await cache.put(key, new Response(text.replace(ID, "$1"), { headers }))
}

/** The newest pages stay, with their thanks and their parts. */
async function tidy(cache) {
  const all = (await cache.keys()).map(({ url }) => new URL(url))
  const staying = all.filter(isPage).slice(-MOST).flatMap(url => [keyOf(url), thanksOf(url)])
  const texts = await Promise.all(staying.map(async key => (await cache.match(key))?.text() ?? ""))
  const kept = new Set([...staying, ...texts.flatMap(partsOf)])
  await Promise.all(all.filter(url => !kept.has(url.pathname + url.search)).map(url => cache.delete(url)))
}

async function keptPages(url) {
  const cache = await caches.open(KEPT)
  return [cache, (await cache.keys()).filter(one => isPage(new URL(one.url)) && codeOf(new URL(one.url)) === codeOf(url))]
}

async function find(url) {
  try {
    const [cache, pages] = await keptPages(url)
    if (isThanks(url)) return await cache.match(thanksOf(url))
    return await cache.match(keyOf(url)) ?? (pages.length ? await cache.match(pages.at(-1)) : null)
  } catch { return null }
}

async function forget(url) {
  const [cache, pages] = await keptPages(url)
  await Promise.all([thanksOf(url), ...pages].map(one => cache.delete(one)))
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
