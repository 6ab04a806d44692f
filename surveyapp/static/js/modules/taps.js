// Hands that shake tap again and again. After a tap, buttons and links rest until the hand has rested for half a second.

const REST = 500                    // milliseconds

/**
 * A rest that every tap begins, an ignored one too: whether a tap at this moment is to be ignored.
 * @returns {(moment: number) => boolean}
 */
export function newRest() {
  let until = -Infinity
  return moment => {
    const isResting = moment < until
    until = moment + REST
    return isResting
  }
}

/** Keyboards, switches and voices don't tremble: their clicks count no taps. */
export function restAfterTaps() {
  const isResting = newRest()
  addEventListener("click", tap => {
    if (!tap.detail || !/** @type {Element} */ (tap.target).closest("button, a") || !isResting(tap.timeStamp)) return
    tap.preventDefault()
    tap.stopImmediatePropagation()
  }, true)
}
