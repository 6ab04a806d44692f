// What is too small on a screen of people who answer: run in a page, gives a list of sentences.
() => {
  const found = []
  const seen = one => one.checkVisibility({visibilityProperty: true, opacityProperty: true})
  const all = selector => [...document.querySelectorAll(selector)].filter(one => seen(one) && !one.closest(".skip"))
  const told = one => one.outerHTML.slice(0, 100)

  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
  for (let node = texts.nextNode(); node; node = texts.nextNode()) {
    const holder = node.parentElement
    if (!node.data.trim() || !seen(holder) || holder.closest(".skip, .unseen")) continue
    const size = parseFloat(getComputedStyle(holder).fontSize)
    if (size < 20) found.push(`words of ${size} px: ${told(holder)}`)
  }
  for (const tile of all(".tile")) {
    const box = tile.querySelector("label").getBoundingClientRect()
    const radio = tile.querySelector("input").getBoundingClientRect()
    if (box.height < 76) found.push(`a tile of ${box.height} px: ${told(tile)}`)
    if (Math.min(radio.width, radio.height) < 44) found.push(`a circle of ${radio.width} px: ${told(tile)}`)
    const below = tile.nextElementSibling?.querySelector(":scope.tile > label")?.getBoundingClientRect()
    if (below && below.top >= box.bottom && below.top - box.bottom < 11.5) found.push(`tiles too close: ${told(tile)}`)
  }
  for (const one of all("a, button, summary, textarea, input:not([type=hidden])")) {
    const {width, height} = one.getBoundingClientRect()
    if (Math.min(width, height) < 43.5) found.push(`smaller than 44 px: ${told(one)}`)
  }
  return found
}
