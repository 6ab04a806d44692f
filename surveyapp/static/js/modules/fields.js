// The survey's own fields in its form. Browsers' helpers put fields of theirs into forms: nothing of those is kept or sent.

/** @typedef {import("./draft.js").Fields} Fields */
/** @typedef {HTMLInputElement | HTMLTextAreaElement} Box */

/** What the page itself says with every response. */
export const PAGE_FIELDS = ["response", "opened", "view", "lang"]

/**
 * Whether a field belongs to a question: it is named by the question's key, or by the key, two underscores and a word.
 * @param {string} name
 * @param {string} key
 */
export const belongsTo = (name, key) => name === key || name.startsWith(key + "__")

/**
 * A question's radios, checkboxes and text boxes.
 * @param {Element} step
 * @returns {Box[]}
 */
export function boxesOf(step) {
  const { key } = /** @type {HTMLElement} */ (step).dataset
  const all = /** @type {NodeListOf<Box>} */ (step.querySelectorAll("input, textarea"))
  return key ? [...all].filter(({ name }) => belongsTo(name, key)) : []
}

/** @param {Box} box */
export const isChoice = ({ type }) => type === "radio" || type === "checkbox"

/** @param {Element} step */
export const chosenIn = step =>
  /** @type {HTMLInputElement[]} */ (boxesOf(step).filter(box => /** @type {HTMLInputElement} */ (box).checked))

/** @param {Element} step */
export const textsIn = step => boxesOf(step).filter(box => !isChoice(box))

/**
 * What the form holds of ours: the page's fields, and the answers of these steps.
 * @param {HTMLFormElement} form
 * @param {Element[]} steps
 * @returns {{ own: Fields, values: Fields }}
 */
export function readForm(form, steps) {
  const names = new Set(steps.flatMap(step => boxesOf(step).map(({ name }) => name)))
  const entries = /** @type {Fields} */ ([...new FormData(form)])
  return {
    own: entries.filter(([name]) => PAGE_FIELDS.includes(name)),
    values: entries.filter(([name, value]) => value && names.has(name)),
  }
}

/**
 * Show these answers, and no others.
 * @param {Element[]} steps
 * @param {Fields} values
 * @param {(box: Box) => boolean} [isLeftAlone]
 */
export function fillForm(steps, values, isLeftAlone) {
  for (const box of steps.flatMap(boxesOf)) {
    if (isLeftAlone?.(box)) continue
    const mine = values.filter(([name]) => name === box.name).map(([, value]) => value)
    if (isChoice(box)) /** @type {HTMLInputElement} */ (box).checked = mine.includes(box.value)
    else box.value = mine[0] || ""
  }
}
