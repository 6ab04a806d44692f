// Puts a new list around the item that holds the keyboard, so that the control in use is never replaced.

import { htmx } from "./htmx.js"

/**
 * @param {Element} parent
 * @param {Element | null | undefined} child
 */
const twinIn = (parent, child) => child ? parent.querySelector(`:scope > #${CSS.escape(child.id)}`) : null

/**
 * The parts of the item that changed, but never the part that the keyboard is in.
 * @param {Element} held
 * @param {Element} twin
 */
function refresh(held, twin) {
  for (const part of twin.querySelectorAll(":scope > [id]")) {
    const old = twinIn(held, part)
    if (old && !old.contains(document.activeElement)) old.replaceWith(part)
  }
}

/**
 * The keyboard goes to the item after the one that went.
 * @param {Element} list
 * @param {Element} fresh
 * @param {Element | null} held
 */
function putAnew(list, fresh, held) {
  const next = held && (twinIn(fresh, held.nextElementSibling) || fresh.lastElementChild)
  const items = [...fresh.children]
  list.replaceChildren(...items)
  const control = /** @type {HTMLElement | null | undefined} */ (next?.querySelector("a, button, input, textarea"))
  control?.focus()
  return items
}

/**
 * @param {Element} list
 * @param {Element} fresh
 */
function putAround(list, fresh) {
  const held = list.querySelector(":scope > :focus-within")
  const twin = twinIn(fresh, held)
  if (!held || !twin) return putAnew(list, fresh, held)
  const items = [...fresh.children]
  const place = items.indexOf(twin)
  refresh(held, twin)
  for (const other of [...list.children]) if (other !== held) other.remove()
  held.before(...items.slice(0, place))
  held.after(...items.slice(place + 1))
  held.scrollIntoView({ block: "nearest" })
  return [...list.children]
}

htmx.defineExtension("around", {
  handleSwap: (style, target, fragment) =>
    style === "around" && fragment.firstElementChild ? putAround(target, fragment.firstElementChild) : false,
})
