// What could not be taken and what to do about it, each at its question and all together first in the page.

import { byId, replaceContent } from "./modules/dom.js"

const page = byId("steps")
const problem = byId("problem")

/**
 * Mark every answer that was refused.
 * @param {{ error: string, fields: Record<string, string> }} refusal
 * @param {boolean} isAwaited the person waits for a word, so the summary is shown and focused
 */
export function show({ error, fields }, isAwaited) {
  for (const old of page.querySelectorAll(".error")) old.remove()
  for (const box of page.querySelectorAll("[aria-invalid]")) box.removeAttribute("aria-invalid")
  const marked = Object.entries(fields).map(([name, sentence]) => [mark(name, sentence), sentence])
  if (!isAwaited) return
  const lines = marked.length ? marked : [["survey", error]]
  replaceContent(/** @type {Element} */ (problem.querySelector("ul")), lines.map(([id, sentence]) => {
    const item = document.createElement("li")
    item.append(Object.assign(document.createElement("a"), { href: "#" + id, textContent: sentence }))
    return item
  }))
  problem.hidden = false
  page.dispatchEvent(new Event("problem"))
}

/**
 * The id of what the summary's line leads to.
 * @param {string} name
 * @param {string} textContent
 */
function mark(name, textContent) {
  const boxes = /** @type {NodeListOf<HTMLInputElement>} */ (page.querySelectorAll("input, textarea"))
  const box = [...boxes].find(one => one.name === name)
  const question = box?.closest(".step")?.querySelector(".ask")
  if (!box || !question) return "survey"
  const id = "e-" + name
  const place = question.closest("legend") ?? question
  place.after(Object.assign(document.createElement("p"), { id, className: "error", textContent }))
  box.setAttribute("aria-invalid", "true")
  box.setAttribute("aria-describedby", `${id} ${box.getAttribute("aria-describedby") ?? ""}`)
  return box.id
}
