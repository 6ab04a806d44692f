// What no engine finds: run in a page, gives a list of sentences. `least` is the smallest target in px, 0 for any size.
least => {
  const found = []
  const style = one => getComputedStyle(one)
  const seen = one => one.checkVisibility({visibilityProperty: true, opacityProperty: true})
  const told = one => one.outerHTML.slice(0, 110)
  const all = selector => [...document.querySelectorAll(selector)].filter(seen)
  const forced = matchMedia("(forced-colors: active)").matches

  // Targets (2.5.5): a field counts with its label, a skip link only when it is focused.
  for (const one of all("a, button, input, textarea, select, summary")) {
    if (one.type === "hidden" || one.closest(".skip")) continue
    const boxes = [one, one.labels?.[0] ?? one].map(part => part.getBoundingClientRect())
    const isInText = one.matches("p a, li a") && style(one).display === "inline"
    if (least && !isInText && boxes.every(box => Math.min(box.width, box.height) < least - .5)) {
      found.push(`smaller than ${least} px: ${told(one)}`)
    }
  }

  // Reflow (1.4.10).
  const over = document.documentElement.scrollWidth - document.documentElement.clientWidth
  if (over > 0) found.push(`scrolls sideways by ${over} px`)

  // Text (1.4.12, 1.4.8): lines apart, not justified.
  for (const one of all("p, li, label, legend, td")) {
    const {lineHeight, fontSize, textAlign} = style(one)
    const hasLines = one.getBoundingClientRect().height > 2 * parseFloat(fontSize)
    if (hasLines && parseFloat(lineHeight) < 1.2 * parseFloat(fontSize)) found.push(`lines too close: ${told(one)}`)
    if (textAlign === "justify") found.push(`justified: ${told(one)}`)
  }

  // The language of parts (3.1.2): text of a script stands in an element of a language that is written so.
  const scripts = [
    [/\p{Script=Arabic}{2}/u, ["ar", "ur", "fa", "ckb", "ps", "ug", "sd"], true],
    [/\p{Script=Bengali}{2}/u, ["bn", "as"], false],
    [/\p{Script=Gurmukhi}{2}/u, ["pa"], false],
    [/\p{Script=Gujarati}{2}/u, ["gu"], false],
  ]
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
  for (let node = texts.nextNode(); node; node = texts.nextNode()) {
    const holder = node.parentElement
    if (!seen(holder) || holder.closest("[dir=auto]")) continue
    for (const [script, languages, isRightToLeft] of scripts) {
      if (!script.test(node.data)) continue
      const language = holder.closest("[lang]")?.lang.split("-")[0]
      if (!languages.includes(language)) found.push(`not said to be in its language: ${told(holder)}`)
      if (isRightToLeft && style(holder).direction !== "rtl") found.push(`runs the wrong way: ${told(holder)}`)
    }
  }

  // Edges (1.4.11): 3:1 between a control and what is around it, by its border or its fill.
  const channels = colour => (colour.match(/[\d.]+/g) ?? [0, 0, 0]).map(Number)
  const light = colour => {
    const [red, green, blue] = channels(colour).map(value => {
      const part = value / 255
      return part <= .04045 ? part / 12.92 : ((part + .055) / 1.055) ** 2.4
    })
    return .2126 * red + .7152 * green + .0722 * blue
  }
  const against = (one, other) => {
    const [darker, lighter] = [light(one), light(other)].sort((a, b) => a - b)
    return (lighter + .05) / (darker + .05)
  }
  const isClear = colour => channels(colour)[3] === 0
  const fill = one => {
    for (let part = one; part; part = part.parentElement) if (!isClear(style(part).backgroundColor)) return style(part).backgroundColor
    return "rgb(255, 255, 255)"
  }
  for (const one of forced ? [] : all(".tile label, textarea, input:is([type=text], [type=number], [type=email], [type=password], :not([type])), select, button")) {
    const around = fill(one.parentElement)
    const edge = parseFloat(style(one).borderTopWidth) > 0 && !isClear(style(one).borderTopColor) ? against(style(one).borderTopColor, around) : 1
    const ownFill = isClear(style(one).backgroundColor) ? 1 : against(style(one).backgroundColor, around)
    const isLinkLike = one.matches("button") && style(one).textDecorationLine.includes("underline")
    if (!isLinkLike && Math.max(edge, ownFill) < 3) found.push(`an edge that can't be seen (${Math.max(edge, ownFill).toFixed(1)}:1): ${told(one)}`)
  }

  // Labels are words (D2): never an emoji or a picture alone.
  for (const one of all("label, legend, button, h1, h2, a")) {
    const words = one.textContent.trim() || one.getAttribute("aria-label") || ""
    if (words && !/[\p{L}\p{N}]/u.test(words)) found.push(`a label without words: ${told(one)}`)
    if (/\p{Extended_Pictographic}/u.test(words.replace(/[©®™\d#*]/g, ""))) found.push(`an emoji in a label: ${told(one)}`)
    if (!words) found.push(`a label that shows a picture alone: ${told(one)}`)
  }

  // Focus (2.4.7, 2.4.13): whatever takes it shows a line of 2 px or more, on itself or its tile.
  const line = one => style(one).outlineStyle === "none" ? 0 : parseFloat(style(one).outlineWidth)
  const before = document.activeElement
  for (const one of all("a[href], button:not([disabled]), input:not([type=hidden]), textarea, select, summary").slice(0, 40)) {
    one.focus({focusVisible: true, preventScroll: true})
    const tile = one.closest(".tile") ?? one
    if (document.activeElement === one && Math.max(line(one), line(tile), line(tile.querySelector("label") ?? tile)) < 2) {
      found.push(`focus is not seen: ${told(one)}`)
    }
  }
  before?.focus?.({preventScroll: true})

  // Nothing is sent by choosing (3.2.2).
  const sent = []
  const own = {submit: HTMLFormElement.prototype.submit, requestSubmit: HTMLFormElement.prototype.requestSubmit}
  HTMLFormElement.prototype.submit = HTMLFormElement.prototype.requestSubmit = () => sent.push("form")
  for (const one of all("input[type=radio], input[type=checkbox], select").slice(0, 20)) {
    const was = one.checked
    one.dispatchEvent(new Event("input", {bubbles: true}))
    one.dispatchEvent(new Event("change", {bubbles: true}))
    one.checked = was
    if (sent.splice(0).length) found.push(`sends by choosing: ${told(one)}`)
  }
  Object.assign(HTMLFormElement.prototype, own)
  return found
}
