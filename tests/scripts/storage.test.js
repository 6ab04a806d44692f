// A store that is silent, slow or barred costs nobody more than a moment.

import assert from "node:assert/strict"
import { beforeEach, test } from "node:test"

import { IDBFactory } from "fake-indexeddb"

import { NoAnswer } from "../../surveyapp/static/js/modules/time.js"

let storage, attempt = 0

beforeEach(async () => {
  globalThis.indexedDB = new IDBFactory()
  storage = await import(`../../surveyapp/static/js/modules/storage.js?${attempt++}`)  // each with a patience of its own
})

const put = draft => storage.withDrafts("readwrite", store => store.put(draft))
const elapsed = async promise => {
  const began = performance.now()
  await promise.catch(() => {})
  return performance.now() - began
}

test("what was put is there, under its id", async () => {
  await put({ id: "/s/abc", revision: 1 })
  await put({ id: "/s/abc", revision: 2 })

  assert.deepEqual(await storage.storedDrafts(), [{ id: "/s/abc", revision: 2 }])
})

test("a store that never answers is given up after two seconds, and the next time at once", async () => {
  globalThis.indexedDB.open = () => ({ addEventListener() {} })

  await assert.rejects(storage.storedDrafts(), NoAnswer)
  assert.ok(await elapsed(put({ id: "/s/abc" })) < 500)
})

test("a transaction that never ends is given up, too", async () => {
  const { open } = globalThis.indexedDB
  globalThis.indexedDB.open = function silent(...words) {
    const request = open.apply(this, words)
    request.addEventListener("success", () => {
      request.result.transaction = () => ({ objectStore: () => ({ getAll: () => ({}) }), abort() {} })
    })
    return request
  }

  await assert.rejects(storage.storedDrafts(), NoAnswer)
})

test("what was given up does not happen later", async () => {
  let answer
  const request = {}
  globalThis.indexedDB.open = () => Object.defineProperty(request, "onsuccess", { set(done) { answer = done } })

  await assert.rejects(put({ id: "/s/abc" }), NoAnswer)
  let isUsed = false
  request.result = { close() {}, transaction() { isUsed = true } }
  answer()
  await new Promise(setImmediate)

  assert.equal(isUsed, false)
})

test("a store that was slow once is waited for again", async () => {
  const { open } = globalThis.indexedDB
  globalThis.indexedDB.open = () => ({ set onsuccess(done) { this.result = { close() {} }; setTimeout(done, 2_100) } })
  await assert.rejects(storage.storedDrafts(), NoAnswer)
  await new Promise(done => { setTimeout(done, 200) })
  globalThis.indexedDB.open = function slow(...words) {
    const request = {}
    setTimeout(() => {
      const real = open.apply(this, words)
      real.onupgradeneeded = () => { request.result = real.result; request.onupgradeneeded() }
      real.onsuccess = () => { request.result = real.result; request.onsuccess() }
    }, 300)
    return request
  }

  assert.deepEqual(await storage.storedDrafts(), [])
})

test("a store that is barred or full says so at once", async () => {
  globalThis.indexedDB.open = () => { throw new Error("barred") }

  await assert.rejects(storage.storedDrafts(), /barred/)
})
