// What our scripts use of htmx, which organisers' pages load before them.

/**
 * @typedef {object} SwapDetail
 * @property {XMLHttpRequest} xhr
 * @property {{ elt: Element, triggeringEvent?: any }} requestConfig
 * @property {boolean} shouldSwap
 * @property {boolean} isError
 * @property {string} serverResponse
 */
/** @typedef {CustomEvent<SwapDetail>} SwapEvent */
/** @typedef {(style: string, target: Element, fragment: DocumentFragment) => boolean | Element[]} HandleSwap */

/** @type {{ defineExtension: (name: string, extension: { handleSwap: HandleSwap }) => void }} */
export const htmx = /** @type {any} */ (self).htmx
