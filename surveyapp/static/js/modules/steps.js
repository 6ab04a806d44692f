// One question at a time. Without this the page is one long form, and works. Every word comes from the page.

import { byId, replaceContent } from "./dom.js"
import { chosenIn, textsIn } from "./fields.js"
import { askedOf, longestRunPassed } from "./progress.js"
import { restAfterTaps } from "./taps.js"

const page = byId("steps")          // not the form: a question's key may hide its properties
const words = /** @type {Record<string, string>} */ (page.dataset)

// A browser that lacks something of ours breaks at a line nobody foresaw; then the plain form has to be left whole.
let isGivenUp = false
for (const kind of ["error", "unhandledrejection"]) addEventListener(kind, giveUp)

const problem = byId("problem")
const title = byId("title").textContent
const steps = /** @type {HTMLElement[]} */ ([...page.querySelectorAll(".step")])
const [start, check] = [byId("start"), byId("check")]
let here = start

/** @param {string} hash */
const stepOf = hash => /** @type {HTMLElement | null | undefined} */ (document.getElementById(hash.slice(1))?.closest(".step"))

/** The steps that are asked for now. */
function asked() {
  const are = askedOf(steps.map(step => {
    const { key, if: dependsOn, in: codes = "" } = step.dataset
    return { key, dependsOn, codes: codes.split(" "), chosen: chosenIn(step).map(({ value }) => value) }
  }))
  return steps.filter((_, place) => are[place])
}

/** @param {HTMLElement} step */
function show(step) {
  if (isGivenUp) return
  // Listening aloud ends with the question that was read.
  if (step !== here) page.dispatchEvent(new Event("leave"))
  here.classList.remove("now")
  here = step
  describe()
  focusIn(step)
}

/** The style sheet says how much of the header stays in sight: none of it where text is large. @param {HTMLElement} step */
function focusIn(step) {
  const place = /** @type {HTMLElement} */ (step.querySelector("[tabindex]") || byId("main"))
  place.focus({ preventScroll: true })
  place.scrollIntoView()
}

/** Say where we are, in the page and in its title. */
function describe() {
  if (isGivenUp) return
  const list = asked().filter(step => step.dataset.key)
  const n = list.indexOf(here) + 1
  const count = n ? words.count.replace("{n}", `${n}`).replace("{of}", `${list.length}`) : ""
  const heading = here === check ? byId("heading").textContent : count
  document.title = (here.querySelector(".error") ? words.problem + " " : "") + (heading && heading + " · ") + title
  const counted = byId("count")
  counted.textContent = count && count + ": "
  if (n) here.querySelector(".ask")?.lastElementChild?.prepend(counted)
  byId("next").hidden = !n
  byId("nav").hidden = here === start
  // A radio button can't be untapped: this is the only way back to no answer.
  byId("clear").hidden = !chosenIn(here).length
  here.classList.add("now")
  document.documentElement.classList.toggle("asking", here !== start)
  replaceContent(byId("answers"), here === check ? list.map(answerRow) : [])
  tellPassed(here === check ? list : [])
}

/** On the check, say which questions were passed in a row: a hand may have done that. @param {HTMLElement[]} list */
function tellPassed(list) {
  const run = longestRunPassed(list.map(step => chosenIn(step).length > 0 || textsIn(step).some(({ value }) => value.trim())))
  byId("passed").hidden = !run
  // The sentence and the link stand in the page already, in its language.
  if (!run) return
  const [sentence, link] = byId("passed").children
  const from = run.first + 1
  sentence.textContent = words.passed.replace("{from}", `${from}`).replace("{to}", `${run.last + 1}`)
  link.textContent = words.goBack.replace("{n}", `${from}`)
  link.setAttribute("href", "#" + list[run.first].id)
}

/**
 * @param {HTMLElement} step
 * @param {boolean} [isChange] whether Continue leads from there to the check
 */
function go(step, isChange) {
  // The depth tells whether Back stays within the survey, where `history.length` counts other pages too.
  history.pushState({ depth: (history.state?.depth || 0) + 1, isChange }, "", "#" + step.id)
  show(step)
}

function next() {
  const list = asked()
  go(history.state?.isChange ? check : list[list.indexOf(here) + 1])
}

function back() {
  if (history.state?.depth) return history.back()
  const list = asked()
  go(list[list.indexOf(here) - 1])
}

function clear() {
  for (const box of chosenIn(here)) box.checked = false
  focusIn(here)
  here.dispatchEvent(new Event("change", { bubbles: true }))
}

/** One line of the check: question, answer with its symbol, and a way to change it. @param {HTMLElement} step */
function answerRow(step) {
  const template = /** @type {HTMLTemplateElement} */ (byId("row"))
  const row = /** @type {DocumentFragment} */ (template.content.cloneNode(true))
  /** @type {(name: string) => HTMLElement} */
  const part = name => /** @type {HTMLElement} */ (row.querySelector("." + name))
  const question = /** @type {HTMLElement} */ (step.querySelector(".ask"))
  const { lang, dir } = /** @type {HTMLElement} */ (question.closest("[lang]"))
  for (const name of ["asked", "named"]) {
    Object.assign(part(name), { lang, dir, textContent: question.textContent.trim() })
  }
  const answers = [
    ...chosenIn(step).map(box => answerOf(box.labels ? box.labels[0] : box)),
    ...textsIn(step).map(box => answerOf(box, box.value)),
  ].filter(answer => answer.textContent)
  if (answers.length) replaceContent(part("said"), answers)
  part("change").setAttribute("href", "#" + step.id)
  return row
}

/**
 * What was chosen, or what was written.
 * @param {HTMLElement} source
 * @param {string} [written]
 */
function answerOf(source, written) {
  const answer = document.createElement("span")
  answer.append(...written === undefined ? source.cloneNode(true).childNodes : [written.trim()])
  answer.lang = /** @type {HTMLElement} */ (source.closest("[lang]")).lang
  answer.dir = source.dir
  return answer
}

/** An answer that goes with no other clears the others, and the other way round. @param {Event} change */
function keepExclusive({ target }) {
  const box = /** @type {HTMLInputElement} */ (target)
  if (box.type !== "checkbox" || !box.checked) return
  for (const other of chosenIn(/** @type {Element} */ (box.closest(".step")))) {
    if (other !== box && ("alone" in box.dataset || "alone" in other.dataset)) other.checked = false
  }
}

/** @param {MouseEvent} tap */
function followLink(tap) {
  const link = /** @type {HTMLAnchorElement | false | null} */ (
    tap.target instanceof Element && tap.target.closest('a[href^="#"]'))
  const step = link && stepOf(link.hash)
  if (!link || !step) return
  // The browser would jump to the question without showing its step.
  tap.preventDefault()
  go(step, here === check && !link.closest("#passed"))
  if (link.hash !== "#" + step.id) byId(link.hash.slice(1)).focus()
}

/** @param {KeyboardEvent} press */
function onEnter(press) {
  // Enter in a field would send the whole form from the middle of it.
  if (press.key !== "Enter" || /** @type {Element} */ (press.target).tagName !== "INPUT") return
  press.preventDefault()
  next()
}

/** Where a script of ours breaks, the page is the plain long form again, and is sent as one. @param {any} fault */
function giveUp({ error, reason }) {
  if (!`${(error || reason || {}).stack}`.includes("/assets/")) return
  isGivenUp = true
  document.documentElement.classList.remove("steps")
  for (const part of document.querySelectorAll(".scripted")) part.setAttribute("hidden", "")
  addEventListener("submit", event => event.stopPropagation(), true)
}

function tellProblem() {
  if (here !== check) go(check)
  document.title = `${words.problem} ${title}`
  problem.focus()
}

/** @param {Event} restored */
function onRestored(restored) {
  const place = /** @type {CustomEvent<string>} */ (restored).detail
  if (place) show(stepOf(place) || start)
  else describe()
}

/** The first of each brings the script that has to do with it; the next question comes first. @param {Event} tap */
const bring = tap => setTimeout(() => import(words[tap.type]).then(part => part.begin(tap)).catch(() => {}), 50)

restAfterTaps()
addEventListener("click", followLink)
addEventListener("popstate", () => show(location.hash ? stepOf(location.hash) || here : start))
page.addEventListener("change", keepExclusive, true)
page.addEventListener("change", describe)
page.addEventListener("keydown", onEnter)
page.addEventListener("restored", onRestored)
page.addEventListener("problem", tellProblem)
for (const [id, act] of Object.entries({ go: next, next, back, clear })) byId(id).addEventListener("click", () => act())
for (const kind of ["input", "click"]) addEventListener(kind, bring, { once: true })
for (const part of document.querySelectorAll(".scripted")) part.removeAttribute("hidden")

here = (problem.hidden ? stepOf(location.hash)
  : /** @type {HTMLElement | null | undefined} */ (page.querySelector(".error")?.closest(".step"))) || start
describe()
document.documentElement.classList.add("steps")
if (!problem.hidden) problem.focus()
