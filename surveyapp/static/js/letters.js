// Says how many letters are left, near the end of what a comment may hold.

const page = document.getElementById("steps")
const words = page.dataset

function count({ dataset: { limit }, value, nextElementSibling: said }) {
  if (!limit) return
  const left = limit - value.length
  said.hidden = left >= 500
  said.textContent = (left < 0 ? words.over : words.left).replace("{n}", Math.abs(left))
}

/** Loaded at the first letter. */
export function begin() {
  page.addEventListener("input", ({ target }) => count(target))
  for (const box of page.querySelectorAll("textarea")) count(box)
}
