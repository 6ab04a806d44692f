// Says how many letters are left, near the end of what a comment may hold. Loaded at the first letter.

import { byId } from "./modules/dom.js"

const NEAR_THE_END = 500            // letters

const page = byId("steps")
const words = /** @type {Record<string, string>} */ (page.dataset)

/** @param {HTMLTextAreaElement | HTMLInputElement} box */
function count(box) {
  const status = /** @type {HTMLElement | null | undefined} */ (box.closest(".step")?.querySelector(".left"))
  if (!box.dataset.limit || !status) return
  const left = Number(box.dataset.limit) - box.value.length
  status.hidden = left >= NEAR_THE_END
  status.textContent = (left < 0 ? words.over : words.left).replace("{n}", String(Math.abs(left)))
}

export function begin() {
  page.addEventListener("input", ({ target }) => count(/** @type {HTMLTextAreaElement} */ (target)))
  for (const box of page.querySelectorAll("textarea")) count(box)
}
