// Posting a draft, and what the server's reply proves. A hotel's Wi-Fi page says 200 to everything: only our own header,
// with the very response and revision, proves that answers are stored.

import { within } from "./time.js"

const PATIENCE = 10_000             // milliseconds before a silent network is called no signal

/** @typedef {import("./draft.js").Draft} Draft */
/** @typedef {import("./draft.js").Fields} Fields */

/**
 * @typedef {object} Reply
 * @property {number} status 0 where nobody answered
 * @property {any} json empty where the reply wasn't JSON
 * @property {string} response the response that the server says is stored
 * @property {number} revision its revision
 * @property {number} retryAfter seconds
 */

/** @type {Reply} */
const SILENCE = { status: 0, json: {}, response: "", revision: 0, retryAfter: 0 }

/**
 * Never rejects.
 * @param {string} address
 * @param {Draft} draft
 * @param {Fields} fields
 * @param {number} [patience] milliseconds
 * @returns {Promise<Reply>}
 */
export async function submit(address, draft, fields, patience = PATIENCE) {
  const body = new URLSearchParams(fields)
  body.set("response", draft.response)
  body.set("revision", String(draft.revision))
  if (draft.to) body.set("next", "again")
  if (draft.finish) body.set("finish", "1")
  const stop = new AbortController()
  try {
    return await within(patience, post(address, body, stop.signal))
  } catch {
    stop.abort()
    return SILENCE
  }
}

/**
 * @param {string} address
 * @param {URLSearchParams} body
 * @param {AbortSignal} signal
 * @returns {Promise<Reply>}
 */
async function post(address, body, signal) {
  const headers = { Accept: "application/json" }
  const reply = await fetch(address, { method: "POST", body, headers, credentials: "omit", signal })
  const [response, revision] = (reply.headers.get("X-Saved") || "").split(":")
  const json = await reply.json().catch(() => {}) || {}
  const retryAfter = Number(reply.headers.get("Retry-After")) || 0
  return { status: reply.status, json, response, revision: Number(revision), retryAfter }
}

/**
 * @param {Reply} reply
 * @param {Draft} sent
 */
export const isStored = ({ response, revision, json }, sent) =>
  response === sent.response && revision >= sent.revision && Boolean(json.finished || !sent.finish)

/**
 * Whether there is no use in sending the same again.
 * @param {Reply} reply
 */
export const isRefused = ({ status, json }) => Boolean(json.fields) && status < 500 && status !== 429
