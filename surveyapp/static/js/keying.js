// Paper forms: after a mark that can't go on, the keyboard is in the next field; Backspace in an empty one goes back.

const fields = /** @type {HTMLInputElement[]} */ ([...document.querySelectorAll("[data-keys] input")])
const main = fields.filter(field => !("beside" in field.dataset))

/** @param {string | undefined} list */
const marksOf = list => (list ?? "").split(" ").filter(Boolean)

/** @param {HTMLInputElement} field */
function nextAfter(field) {
  const typed = field.value.trim().toUpperCase()
  const marks = marksOf(field.dataset.marks)
  const isWhole = marks.includes(typed) && !marks.some(mark => mark !== typed && mark.startsWith(typed))
  if (!isWhole) return undefined
  const takesWords = marksOf(field.dataset.words).includes(typed)
  return takesWords ? fields[fields.indexOf(field) + 1] : main[main.indexOf(field) + 1]
}

document.addEventListener("input", event => {
  if (event.target instanceof HTMLInputElement && fields.includes(event.target)) nextAfter(event.target)?.focus()
})
document.addEventListener("keydown", event => {
  const { target } = event
  if (event.key !== "Backspace" || !(target instanceof HTMLInputElement) || target.value) return
  const before = main[main.indexOf(target) - 1]
  if (!before) return
  event.preventDefault()
  before.focus()
  before.select()
})
for (const hint of document.querySelectorAll("[data-scripted]")) hint.removeAttribute("hidden")
