// One question at a time. Without this file the page is one plain long form, and works.
// Every word comes from the page. Nothing moves on by itself.

const byId = id => document.getElementById(id)
const page = byId("steps")          // never the form itself: a question's key may hide its properties
const form = page.closest("form")
const root = document.documentElement
const words = page.dataset
const event = document.title.replace(words.problem, "").trim()
const steps = [...page.querySelectorAll(".step")]
const [start, check] = [byId("start"), byId("check")]
const SAME_TAP = 500                // milliseconds: a trembling hand taps twice
let here = start

const codesOf = key => new FormData(form).getAll(key)
const chosenIn = step => [...step.querySelectorAll(":checked")]
const fill = (text, values) => text.replace(/{(\w+)}/g, (_, name) => values[name])

/** The steps that are asked for now; a condition looks only at questions that are asked themselves. */
function asked() {
  const codes = {}
  return steps.filter(step => {
    const { key, if: depends, in: wanted } = step.dataset
    const is = !depends || wanted.split(" ").some(code => codes[depends]?.includes(code))
    if (is && key) codes[key] = codesOf(key)
    return is
  })
}

const stepOf = hash => byId(decodeURIComponent(hash.slice(1)))?.closest(".step")

function show(step) {
  if (step !== here) page.dispatchEvent(new Event("leave"))
  here.classList.remove("now")
  here = step
  here.classList.add("now")
  describe()
  scrollTo(0, 0)
  const place = step.querySelector("[tabindex]") ?? document.querySelector("main")
  place.focus({ preventScroll: true })
}

/** Say where we are, in the page and in its title. */
function describe() {
  const questions = asked().filter(step => step.dataset.key)
  const n = questions.indexOf(here) + 1
  const count = n ? fill(words.count, { n, of: questions.length }) : ""
  const heading = here === check ? here.querySelector("h2").textContent : count
  document.title = (here.querySelector(".error") ? words.problem + " " : "") + (heading && heading + " · ") + event
  byId("count").textContent = count
  byId("count").hidden = byId("next").hidden = !n
  byId("nav").hidden = here === start
  byId("clear").hidden = !chosenIn(here).length
  root.classList.toggle("asking", here !== start)
  if (here === check) listAnswers()
}

function go(step, back) {
  history.pushState({ depth: (history.state?.depth ?? 0) + 1, back }, "", step === start ? location.search : "#" + step.id)
  show(step)
}

function next() {
  const list = asked()
  go(history.state?.back ? check : list[list.indexOf(here) + 1])
}

function back() {
  if (history.state?.depth) return history.back()
  const list = asked()
  history.replaceState(null, "", "#" + list[list.indexOf(here) - 1].id)
  show(stepOf(location.hash))
}

function clear() {
  for (const input of chosenIn(here)) input.checked = false
  here.querySelector("[tabindex]").focus()
  here.querySelector("input").dispatchEvent(new Event("change", { bubbles: true }))
}

/** The check: question, answer with its symbol, and a way to change it. */
function listAnswers() {
  byId("answers").replaceChildren(...asked().filter(step => step.dataset.key).map(step => {
    const row = byId("row").content.cloneNode(true)
    const question = step.querySelector(".ask")
    row.querySelector(".asked").textContent = question.textContent.trim()
    row.querySelector("li").lang = question.closest("[lang]").lang
    row.querySelector(".said").append(...answersOf(step))
    row.querySelector("a").href = "#" + step.id
    row.querySelector(".unseen").textContent = ": " + question.textContent.trim()
    return row
  }))
}

function answersOf(step) {
  const chosen = chosenIn(step).map(input => input.labels[0])
  const written = [...step.querySelectorAll("[type=text], textarea")].map(box => box.value.trim()).filter(Boolean)
  const parts = [...chosen.map(label => [...label.cloneNode(true).childNodes]), ...written.map(text => [text])]
  return (parts.length ? parts : [[words.skipped]]).map(nodes => {
    const part = document.createElement("span")
    part.append(...nodes)
    return part
  })
}

/** An answer that goes with no other clears the others, and the other way round. */
function leaveAlone({ target }) {
  if (target.type !== "checkbox" || !target.checked) return
  const alone = "alone" in target.dataset
  for (const other of chosenIn(target.closest(".step"))) {
    if (other !== target && (alone || "alone" in other.dataset)) other.checked = false
  }
}

function countLetters({ target }) {
  const left = target.dataset.limit - target.value.length
  const said = target.dataset.limit && target.nextElementSibling
  if (!said) return
  said.hidden = left >= 500
  said.textContent = fill(left < 0 ? words.over : words.left, { n: Math.abs(left) })
}

let tapped = 0
function ignoreSecondTap(event) {
  if (!event.target.closest("button, a")) return
  if (event.detail && event.timeStamp - tapped < SAME_TAP) {
    event.preventDefault()
    event.stopImmediatePropagation()
  } else tapped = event.timeStamp
}

function followLink(event) {
  const link = event.target.closest('a[href^="#"]')
  const step = link && stepOf(link.hash)
  if (!step) return
  event.preventDefault()
  const target = byId(link.hash.slice(1))
  go(step, here === check)
  if (target !== step) target.focus()
}

function onEnter(event) {
  if (event.key !== "Enter" || event.target.tagName !== "INPUT") return
  event.preventDefault()
  next()
}

function showProblem() {
  const problem = byId("problem")
  if (here !== check) go(check)
  describe()
  document.title = `${words.problem} ${event}`
  problem.focus()
}

addEventListener("click", ignoreSecondTap, true)
addEventListener("click", followLink)
addEventListener("popstate", () => show(location.hash ? stepOf(location.hash) ?? here : start))
page.addEventListener("change", leaveAlone, true)
page.addEventListener("change", describe)
page.addEventListener("input", countLetters)
page.addEventListener("keydown", onEnter)
page.addEventListener("restored", ({ detail }) => detail ? show(stepOf(detail) ?? start) : describe())
page.addEventListener("problem", showProblem)
for (const [id, act] of Object.entries({ go: next, next, back, clear })) byId(id).addEventListener("click", act)
for (const part of document.querySelectorAll(".scripted, #answers")) part.hidden = false

here = (byId("problem").hidden ? stepOf(location.hash) : page.querySelector(".error")?.closest(".step")) ?? start
here.classList.add("now")
describe()
root.classList.add("steps")
if (!byId("problem").hidden) byId("problem").focus()
