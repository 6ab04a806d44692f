// Says that a long file is being made; the link itself works without this.

document.addEventListener("click", ({ target }) => {
  const link = target instanceof Element && target.closest("a.file")
  if (link) link.closest("li")?.querySelector(".making")?.removeAttribute("hidden")
})
