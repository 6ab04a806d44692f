// A trembling hand taps twice: the second tap within half a second does nothing. The survey's own script does the same.

let tapped = -500

addEventListener("click", tap => {
  if (!tap.detail || !tap.target.closest("button, a")) return
  if (tap.timeStamp - tapped < 500) {
    tap.preventDefault()
    tap.stopImmediatePropagation()
  } else tapped = tap.timeStamp
}, true)
