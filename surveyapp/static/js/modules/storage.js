// The one way to IndexedDB, for pages and the service worker. It holds drafts: the one in hand under its card's address,
// responses that were set aside under their own ids. The version stays 1, so that an older page opens it too.

import { NoAnswer, within } from "./time.js"

const PATIENCE = 2_000              // milliseconds; iOS 14.6 may never answer the first opening of a page
const SHORT_PATIENCE = 100          // once it was silent, nobody is kept waiting for it again

let patience = PATIENCE

/** Opened anew for each use, since iOS closes it unasked. */
const open = () => new Promise((/** @type {(opened: IDBDatabase) => void} */ done, fail) => {
  const request = indexedDB.open("survey", 1)
  request.onupgradeneeded = () => request.result.createObjectStore("drafts", { keyPath: "id" })
  request.onsuccess = () => done(request.result)
  request.onerror = request.onblocked = fail
})

/**
 * Do something with the drafts in one transaction; what it asked for, once that is on disk.
 * Rejects where storage is barred, full or silent; then nothing of it happens later either.
 * @template T
 * @param {IDBTransactionMode} mode
 * @param {(store: IDBObjectStore) => IDBRequest<T>} act
 * @returns {Promise<T>}
 */
export async function withDrafts(mode, act) {
  /** @type {Call} */
  const call = { isGivenUp: false, abort() {} }
  try {
    const result = await within(patience, transact(call, mode, act))
    patience = PATIENCE
    return result
  } catch (error) {
    if (error instanceof NoAnswer) {
      patience = SHORT_PATIENCE
      call.isGivenUp = true
      call.abort()
    }
    throw error
  }
}

/** @typedef {{ isGivenUp: boolean, abort: () => void }} Call */

/**
 * @template T
 * @param {Call} call
 * @param {IDBTransactionMode} mode
 * @param {(store: IDBObjectStore) => IDBRequest<T>} act
 * @returns {Promise<T>}
 */
async function transact(call, mode, act) {
  const database = await open()
  try {
    if (call.isGivenUp) {
      patience = PATIENCE           // slow, not silent: the next call may wait again
      throw new NoAnswer()
    }
    return await new Promise((done, fail) => {
      // A draft counts as kept only when it outlives a browser that is killed.
      const transaction = database.transaction("drafts", mode, { durability: "strict" })
      call.abort = () => { try { transaction.abort() } catch { /* it has just ended by itself */ } }
      const request = act(transaction.objectStore("drafts"))
      transaction.oncomplete = () => done(request.result)
      transaction.onabort = transaction.onerror = fail
    })
  } finally { database.close() }
}

/** @returns {Promise<import("./draft.js").Draft[]>} */
export const storedDrafts = () => withDrafts("readonly", store => store.getAll())
