// Thanks on a phone that is handed on: the receipt is shown once, and nothing of it stays in the phone's history.

const box = document.getElementById("receipt")
const next = document.getElementById("next")
let receipt = ""

try {
  receipt = sessionStorage.receipt ?? ""
  sessionStorage.removeItem("receipt")
} catch {}
if (receipt) {
  box.querySelector(".receipt").textContent = receipt
  box.hidden = false
}
history.replaceState(null, "", location.pathname)

/** Whoever changes the look of this page comes back to it, and to the receipt. */
for (const link of document.querySelectorAll("header a")) {
  link.addEventListener("click", () => { if (receipt) sessionStorage.receipt = receipt })
}

next.addEventListener("click", tap => {
  tap.preventDefault()
  location.replace(next.href)
})
addEventListener("pagehide", () => box.remove())
addEventListener("pageshow", ({ persisted }) => persisted && location.replace(next.href))
