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

next.addEventListener("click", tap => {
  tap.preventDefault()
  location.replace(next.href)
})
addEventListener("pagehide", () => box.remove())
addEventListener("pageshow", ({ persisted }) => persisted && location.replace(next.href))
