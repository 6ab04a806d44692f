// Keeps the survey page that was opened, its thanks and all that they are made of, and serves them without signal.
// The network comes first. What it keeps is the same for everybody: no answer, no id, no receipt. Nothing relies on it,
// and nobody waits long for what it keeps.

import { newId } from "./modules/draft.js"
import { sendWaiting } from "./modules/outbox.js"
import { wait, within } from "./modules/time.js"

const worker = /** @type {ServiceWorkerGlobalScope} */ (/** @type {unknown} */ (self))

const CACHE = "survey"
const MOST = 3                      // pages
const PATIENCE_FOR_PAGE = 6_000     // milliseconds before the kept page stands in for a silent network
const PATIENCE_FOR_CACHE = 2_000    // milliseconds before a silent cache is done without
const ID = /(name="response" value=")[^"]*/

/** @param {URL} url */
const codeOf = ({ pathname }) => pathname.match(/^\/s\/([^/]+)/i)?.[1].toLowerCase().replace(/-/g, "")
/** @param {URL} url */
const isPage = ({ pathname, searchParams }) => /^\/s\/[^/.]+$/i.test(pathname) && !searchParams.has("response")
/** @param {URL} url */
const isThanks = ({ pathname }) => /^\/s\/[^/]+\/thanks$/i.test(pathname)
/** @param {URL} url */
const isNews = ({ pathname }) => /^\/s\/[^/]+\/news$/i.test(pathname)
/** @param {URL} url */
const keyOf = url => `/s/${codeOf(url)}${url.search}`
/** @param {URL} url */
const thanksOf = url => `/s/${codeOf(url)}/thanks`
/** @param {URL} url */
const backOf = url => url.searchParams.get("to") === "thanks" ? thanksOf(url) + url.search : `/s/${codeOf(url)}`
/** @param {string} text */
const partsOf = text => [...new Set(text.match(/\/assets\/[\w./-]+/g))]

/**
 * The network's answer, the kept page of the same survey where there is none, or where the server is down.
 * @param {FetchEvent} event
 * @param {URL} url
 */
async function answer(event, url) {
  const asked = ask(event)
  event.waitUntil(asked.then(reply => take(url, reply.clone())).catch(() => {}))
  const kept = await within(PATIENCE_FOR_CACHE, find(url)).catch(() => null)
  if (!kept) return asked
  const reply = await Promise.race([asked, wait(PATIENCE_FOR_PAGE)]).catch(() => null)
  if (reply instanceof Response && reply.status < 500) return reply
  return isThanks(url) ? kept : isPage(url) ? shown(kept) : Response.redirect(backOf(url))
}

/**
 * @param {FetchEvent} event
 * @returns {Promise<Response>}
 */
const ask = async event => await event.preloadResponse ?? fetch(event.request)

/**
 * Keep a survey's page, and nothing else that came under its address; let go of a survey that is over.
 * @param {URL} url
 * @param {Response} reply
 */
async function take(url, reply) {
  if (isNews(url)) return           // there may be none yet, and the survey is not over for that
  if (reply.status === 404 || reply.status === 410) return forget(url)
  if (!reply.ok || reply.redirected || !isPage(url)) return
  const text = await reply.text()
  if (!ID.test(text) || !text.includes(`action="/s/${codeOf(url)}`)) return
  const cache = await caches.open(CACHE)
  await put(cache, keyOf(url), text, reply)
  const thanks = await fetch(thanksOf(url), { credentials: "omit" })
  if (thanks.ok) await put(cache, thanksOf(url), await thanks.text(), thanks)
  await tidy(cache)
}

/**
 * @param {Cache} cache
 * @param {string} key
 * @param {string} text
 * @param {Response} reply
 */
async function put(cache, key, text, reply) {
  await Promise.all(partsOf(text).map(async address => await cache.match(address) ?? cache.add(address)))
  const headers = new Headers(reply.headers)
  for (const name of ["content-encoding", "content-length"]) headers.delete(name)
  await cache.delete(key)
  await cache.put(key, new Response(text.replace(ID, "$1"), { headers }))
}

/** The newest pages stay, with their thanks and their parts. @param {Cache} cache */
async function tidy(cache) {
  const all = (await cache.keys()).map(({ url }) => new URL(url))
  const staying = all.filter(isPage).slice(-MOST).flatMap(url => [keyOf(url), thanksOf(url)])
  const texts = await Promise.all(staying.map(async key => (await cache.match(key))?.text() ?? ""))
  const kept = new Set([...staying, ...texts.flatMap(partsOf)])
  await Promise.all(all.filter(url => !kept.has(url.pathname + url.search)).map(url => cache.delete(url)))
}

/**
 * @param {URL} url
 * @returns {Promise<[Cache, readonly Request[]]>}
 */
async function keptPages(url) {
  const cache = await caches.open(CACHE)
  const isOfIt = (/** @type {URL} */ one) => isPage(one) && codeOf(one) === codeOf(url)
  return [cache, (await cache.keys()).filter(one => isOfIt(new URL(one.url)))]
}

/** @param {URL} url */
async function find(url) {
  const [cache, pages] = await keptPages(url)
  if (isThanks(url)) return cache.match(thanksOf(url))
  return await cache.match(keyOf(url)) ?? (pages.length ? cache.match(pages[pages.length - 1]) : null)
}

/** @param {URL} url */
async function forget(url) {
  const [cache, pages] = await keptPages(url)
  await Promise.all([thanksOf(url), ...pages].map(one => cache.delete(one)))
}

/** The kept page with an id of its own, saying in the page's words that there is no signal. @param {Response} kept */
async function shown(kept) {
  const text = await kept.text()
  const words = text.match(/data-offline="([^"]*)/)?.[1] ?? ""
  const told = text.replace(ID, `$1${newId()}`).replace(/(id="status"[^>]*>)/, `$1${words}`)
  return new Response(told, { headers: kept.headers })
}

/** A page that was opened before there was a worker. */
async function keepOpen() {
  for (const { url } of await worker.clients.matchAll({ type: "window", includeUncontrolled: true })) {
    const address = new URL(url)
    if (!isPage(address) || await (await caches.open(CACHE)).match(keyOf(address))) continue
    await take(address, await fetch(keyOf(address), { credentials: "omit" }))
  }
}

/** @param {Request} request */
async function part(request) {
  const kept = await within(PATIENCE_FOR_CACHE, caches.match(request, { ignoreVary: true })).catch(() => null)
  return kept ?? fetch(request)
}

async function sendAll() {
  const left = await sendWaiting()
  if (left) throw new Error(`${left} are left, to be tried again`)
}

worker.addEventListener("install", event => event.waitUntil(Promise.all([worker.skipWaiting(), keepOpen().catch(() => {})])))
worker.addEventListener("activate", event => event.waitUntil(worker.registration.navigationPreload?.enable() ?? Promise.resolve()))
worker.addEventListener("message", event => event.waitUntil(keepOpen().catch(() => {})))
// Background Sync, which the types don't know.
worker.addEventListener("sync", event => /** @type {ExtendableEvent} */ (event).waitUntil(sendAll()))
worker.addEventListener("fetch", event => {
  const { method, mode, url } = event.request
  const address = new URL(url)
  if (method !== "GET" || address.origin !== location.origin) return
  if (mode === "navigate") event.respondWith(answer(event, address))
  else if (address.pathname.startsWith("/assets/")) event.respondWith(part(event.request))
})
