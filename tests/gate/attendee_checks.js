// More of what no engine finds, on attendees' pages: run in a page, gives a list of sentences.
() => {
  const found = []
  const style = one => getComputedStyle(one)
  const seen = one => one.checkVisibility({visibilityProperty: true, opacityProperty: true})
  const told = one => one.outerHTML.slice(0, 110)
  const isAway = one => Boolean(one.closest(".unseen, .skip, .asking h1"))
  const all = selector => [...document.querySelectorAll(selector)].filter(one => seen(one) && !isAway(one))
  const box = one => one.getBoundingClientRect()
  const plain = text => text.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, " ").trim()

  // Zoom by two fingers (1.4.4): not even a style sheet takes it away.
  for (const one of [document.documentElement, ...document.querySelectorAll("body, main, form, section, fieldset, .tile, label")]) {
    const {touchAction} = style(one)
    if (!["auto", "manipulation"].includes(touchAction) && !touchAction.includes("pinch-zoom")) found.push(`no zoom by touch (${touchAction}): ${told(one)}`)
  }

  // Links (1.4.1): more than a colour says that they are links.
  for (const one of all("a[href]")) {
    const {textDecorationLine, borderBottomWidth, backgroundColor} = style(one)
    const isDrawn = textDecorationLine.includes("underline") || parseFloat(borderBottomWidth) > 0 || one.querySelector("svg, img")
    if (!isDrawn && /, 0\)$/.test(backgroundColor)) found.push(`a link by its colour alone: ${told(one)}`)
  }

  // The language of parts (3.1.2): small words that only one language has, against the language that is named.
  const small = {
    en: "the and was were you your with what this how of to is are not do did", pl: "się nie jest czy jak było czego dla oraz",
    es: "qué cómo fue usted para una los las está", pt: "você não foi uma como isso está para", ro: "și este cum fost pentru sau nu",
    cy: "oedd yn chi beth sut gyda mae", so: "waa iyo ka ku sidee ayaa", fr: "le la les est vous avec une pour comment", de: "der die das und ist nicht wie war mit",
  }
  const wordsOf = Object.fromEntries(Object.entries(small).map(([tag, list]) => [tag, new Set(list.split(" "))]))
  const scripts = {ar: "Arabic", ur: "Arabic", fa: "Arabic", ckb: "Arabic", bn: "Bengali", pa: "Gurmukhi", gu: "Gujarati"}
  for (const one of document.querySelectorAll("main [lang], main, header, footer")) {
    if (!seen(one)) continue
    const named = one.closest("[lang]")?.lang ?? "", language = named.split("-")[0]
    const own = [...one.querySelectorAll("[lang]")].reduce((text, part) => text.replace(part.innerText, " "), one.innerText)
    const letters = own.match(/\p{L}/gu)?.length ?? 0
    const script = scripts[language]
    const written = script && (own.match(new RegExp(`\\p{Script=${script}}`, "gu"))?.length ?? 0)
    if (script && letters >= 8 && written < letters / 4) found.push(`not written in ${named}: ${told(one)}`)
    if (one.matches("main, header, footer")) continue
    const words = plain(own).split(" ")
    const points = tag => words.filter(word => wordsOf[tag].has(word)).length
    const likelier = Object.keys(wordsOf).find(tag => tag !== language && points(tag) >= 2 && (!wordsOf[language] || points(language) === 0))
    if (likelier) found.push(`named ${named}, reads like ${likelier}: ${told(one)}`)
    try { Intl.getCanonicalLocales(named) } catch { found.push(`no language: ${told(one)}`) }
  }

  // The words that are seen are in the name (2.5.3).
  for (const one of all("a, button, input, textarea, select")) {
    const by = (one.getAttribute("aria-labelledby") ?? "").split(" ").map(id => document.getElementById(id)?.textContent ?? "").join(" ").trim()
    const name = by || one.getAttribute("aria-label")
    const words = one.matches("a, button") ? one.innerText : one.labels?.[0]?.innerText ?? ""
    if (name && words.trim() && !plain(name).includes(plain(words))) found.push(`its name leaves out “${words.trim()}”: ${told(one)}`)
  }

  // What looks or acts like a button is one (4.1.2).
  const native = "a[href], button, label, summary, input, select, textarea, option"
  for (const one of all("body *")) {
    const looks = one.classList.contains("button") || style(one).cursor === "pointer"
    if (looks && !one.closest(native)) found.push(`only looks like a button: ${told(one)}`)
    if (one.hasAttribute("tabindex") && one.tabIndex >= 0 && !one.matches(native)) found.push(`takes the keyboard and is nothing: ${told(one)}`)
  }

  // The order that is seen is the order of the source (1.3.2, 2.4.3).
  const inOrder = all("main :is(h1, h2, p, .tile, textarea, input[type=text], button, summary), main li:not(:has(li))").filter(one => !one.closest("[hidden], .tile :is(p, button)"))
  inOrder.forEach((one, place) => {
    const next = inOrder[place + 1]
    if (!next || one.contains(next) || !box(one).height) return
    if (box(next).bottom <= box(one).top + 1) found.push(`stands before what comes before it in the source: ${told(next)}`)
  })

  // Nothing is cut off, and what is longer than its box can be scrolled (1.4.4, 1.4.10, 1.4.12).
  const root = document.documentElement
  const hides = value => value === "hidden" || value === "clip"
  const isLong = root.scrollHeight > innerHeight + 2 || document.body.scrollHeight > innerHeight + 2
  if (isLong && [root, document.body].some(one => hides(style(one).overflowY) || style(one).position === "fixed")) found.push("the page can't be scrolled")
  for (const one of all("body *:not(svg, svg *, textarea, input, img)")) {
    const {overflowX, overflowY, textOverflow, webkitLineClamp} = style(one)
    const isCut = hides(overflowY) && one.scrollHeight > one.clientHeight + 2 || hides(overflowX) && one.scrollWidth > one.clientWidth + 2
    if (isCut || textOverflow === "ellipsis" || webkitLineClamp > 0) found.push(`cuts off what is in it: ${told(one)}`)
    const scrolls = /auto|scroll/.test(overflowX + overflowY) && (one.scrollHeight > one.clientHeight + 2 || one.scrollWidth > one.clientWidth + 2)
    if (scrolls && one.tabIndex < 0) found.push(`no key scrolls it: ${told(one)}`)
    const fixed = one.clientHeight && one.scrollHeight > one.clientHeight + 8 && overflowY === "visible" && style(one).display !== "inline"
    const isFlow = one.matches("label, button, legend, h1, h2, p, li, a, header")
    if (fixed && isFlow && !one.querySelector(".sym")) found.push(`its words stand out of it: ${told(one)}`)
  }

  // The ring around the focus is whole (2.4.11, 2.4.13).
  const before = document.activeElement
  for (const one of all("a[href], button:not([disabled]), input:not([type=hidden]), textarea, select, summary").slice(0, 40)) {
    one.focus({focusVisible: true, preventScroll: true})
    if (document.activeElement !== one) continue
    const ringed = one.closest(".tile")?.querySelector("label") ?? one
    const {outlineWidth, outlineOffset, outlineStyle} = style(ringed)
    if (outlineStyle === "none") continue
    const out = parseFloat(outlineWidth) + parseFloat(outlineOffset)
    for (let part = ringed.parentElement; part && part !== document.body; part = part.parentElement) {
      const {overflowX, overflowY, contain, clipPath} = style(part)
      const clips = hides(overflowX) || hides(overflowY) || /auto|scroll/.test(overflowX + overflowY) || /paint|content|strict/.test(contain) || clipPath !== "none"
      const [inner, outer] = [box(ringed), box(part)]
      const fits = inner.left - out >= outer.left - 1 && inner.right + out <= outer.right + 1 && inner.top - out >= outer.top - 1 && inner.bottom + out <= outer.bottom + 1
      if (clips && !fits) {
        found.push(`its ring is cut off: ${told(one)}`)
        break
      }
    }
  }
  before?.focus?.({preventScroll: true})
  return [...new Set(found)]
}
