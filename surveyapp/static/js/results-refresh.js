// A results page that nobody looks at doesn't ask for newer answers.

document.addEventListener("htmx:beforeRequest", event => {
  if (document.hidden && /** @type {Element} */ (event.target).id === "live") event.preventDefault()
})
