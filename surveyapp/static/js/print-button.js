// Shows the button that opens the browser's own print dialogue; without script the page says which keys to press.

for (const button of document.querySelectorAll("[data-print]")) {
  button.removeAttribute("hidden")
  button.addEventListener("click", () => print())
}
