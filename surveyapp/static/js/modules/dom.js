// The few things that every page's script does with the document.

/**
 * An element that the page certainly has.
 * @param {string} id
 */
export const byId = id => /** @type {HTMLElement} */ (document.getElementById(id))

/**
 * `replaceChildren` for browsers before 2020.
 * @param {Element} parent
 * @param {(Node | string)[]} content
 */
export function replaceContent(parent, content) {
  parent.textContent = ""
  parent.append(...content)
}
