// Exactly one response comes of what waits on a phone; it is let go of only when the server says that it is stored.

import assert from "node:assert/strict"
import { beforeEach, test } from "node:test"

import { IDBFactory } from "fake-indexeddb"

import { asideOf, isDue, newDraft } from "../../surveyapp/static/js/modules/draft.js"
import { storedDrafts, withDrafts } from "../../surveyapp/static/js/modules/storage.js"

let outbox, attempt = 0, posts = []

beforeEach(async () => {
  globalThis.indexedDB = new IDBFactory()
  posts = []
  outbox = await import(`../../surveyapp/static/js/modules/outbox.js?${attempt++}`)   // each with refusals of its own
})

const keep = draft => withDrafts("readwrite", store => store.put(draft))

/** A draft with an answer that was not sent yet. */
const waiting = (id, more = {}) => ({ ...newDraft(id), revision: 1, values: [["overall", "4"]], page: [["lang", "en"]], ...more })

/** What the server says to each post: by default, that it has stored it. */
function serve(answer = body => storedReply(body)) {
  globalThis.fetch = async (address, { body }) => {
    posts.push([address, Object.fromEntries(body)])
    return answer(body)
  }
}

function storedReply(body, json = { finished: body.has("finish"), page: "/s/abc/thanks" }) {
  return Response.json(json, { headers: { "X-Saved": `${body.get("response")}:${body.get("revision")}` } })
}

test("a finished draft is sent with all that it holds, and goes", async () => {
  const draft = waiting("/s/abc", { finish: true })
  await keep(draft)
  serve()

  assert.equal(await outbox.sendWaiting(), 0)
  assert.deepEqual(posts, [["/s/abc", { lang: "en", overall: "4", response: draft.response, revision: "1", finish: "1" }]])
  assert.deepEqual(await storedDrafts(), [])
})

test("an unfinished draft stays, as saved", async () => {
  await keep(waiting("/s/abc"))
  serve()
  await outbox.sendWaiting()

  const [kept] = await storedDrafts()
  assert.equal(kept.saved, 1)
  assert.equal(isDue(kept), false)
})

test("the draft in hand is the page's own to send", async () => {
  await keep(waiting("/s/abc", { finish: true }))
  serve()

  assert.equal(await outbox.sendWaiting("/s/abc"), 0)
  assert.deepEqual(posts, [])
})

test("a response that was set aside is sent to its card, for nobody who is still there", async () => {
  const draft = waiting("/s/abc", { finish: true })
  await keep(asideOf(draft))
  serve()
  await outbox.sendWaiting("/s/abc")

  const [[address, { next, response }]] = posts
  assert.deepEqual([address, next, response], ["/s/abc", "again", draft.response])
  assert.deepEqual(await storedDrafts(), [])
})

const FOREIGN = {
  "a hotel's page": () => new Response("<h1>Welcome to our Wi-Fi</h1>"),
  "a proxy's error": () => new Response("Bad gateway", { status: 502 }),
  "too many requests": () => Response.json({ error: "Later", fields: {} }, { status: 429 }),
  "no signal": () => { throw new TypeError("Failed to fetch") },
  "the proof of another response": () => Response.json({ finished: true }, { headers: { "X-Saved": "another:9" } }),
  "the proof of an older revision": body =>
    Response.json({ finished: true }, { headers: { "X-Saved": `${body.get("response")}:0` } }),
  "a save where a finish was sent": body => storedReply(body, { finished: false }),
}

for (const [name, answer] of Object.entries(FOREIGN)) {
  test(`${name} is no proof: the draft stays, to be tried again`, async () => {
    await keep(waiting("/s/abc", { finish: true }))
    serve(answer)

    assert.equal(await outbox.sendWaiting(), 1)
    assert.equal((await storedDrafts()).length, 1)
  })
}

test("what was refused is not sent again and again, and stays for the person to mend", async () => {
  await keep(waiting("/s/abc", { finish: true }))
  serve(() => Response.json({ error: "Please write a number.", fields: { visits: "Please write a number." } }, { status: 422 }))

  assert.equal(await outbox.sendWaiting(), 0)
  assert.equal(await outbox.sendWaiting(), 0)
  assert.equal(posts.length, 1)
  assert.equal((await storedDrafts()).length, 1)
})

test("whoever wrote more while it was sent keeps it", async () => {
  const draft = waiting("/s/abc", { finish: true })
  await keep(draft)
  serve(async body => {
    await keep({ ...draft, revision: 2, values: [["overall", "5"]] })
    return storedReply(body)
  })
  await outbox.sendWaiting()

  assert.deepEqual((await storedDrafts()).map(({ values }) => values), [[["overall", "5"]]])
})

test("a network that says nothing is given up", { timeout: 20_000 }, async () => {
  await keep(waiting("/s/abc", { finish: true }))
  globalThis.fetch = () => new Promise(() => {})

  assert.equal(await outbox.sendWaiting(), 1)
})

test("a silent store means that nothing waits, not that everything does", async () => {
  globalThis.indexedDB.open = () => ({})
  serve()

  assert.equal(await outbox.sendWaiting(), 0)
})

test("ids are random UUIDs", () => {
  const ids = new Set(Array.from({ length: 100 }, () => newDraft("/s/abc").response))

  assert.equal(ids.size, 100)
  for (const id of ids) assert.match(id, /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
})
