// What pages without questions need of a script: a problem has the focus, and a second tap within half a second does
// nothing, since a trembling hand taps twice. The survey's own script does the same.

let tapped = -500

addEventListener("click", tap => {
  if (!tap.detail || !tap.target.closest("button, a")) return
  if (tap.timeStamp - tapped < 500) {
    tap.preventDefault()
    tap.stopImmediatePropagation()
  } else tapped = tap.timeStamp
}, true)

document.getElementById("problem")?.focus()
