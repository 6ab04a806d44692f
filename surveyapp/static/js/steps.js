// One question at a time. Without this file the page is one long form, and works. Every word comes from the page.

const byId = id => document.getElementById(id)
const page = byId("steps")          // not the form: a question's key may hide its properties
const form = page.closest("form")
const words = page.dataset

for (const kind of ["error", "unhandledrejection"]) addEventListener(kind, giveUp)

const problem = byId("problem")
const event = byId("title").textContent
const steps = [...page.querySelectorAll(".step")]
const [start, check] = [byId("start"), byId("check")]
let here = start

const chosenIn = step => [...step.querySelectorAll(":checked")]
const stepOf = hash => byId(hash.slice(1))?.closest(".step")

/** The steps that are asked for now; a condition looks only at questions that are asked themselves. */
function asked() {
  const codes = {}
  return steps.filter(step => {
    const { key, if: depends, in: wanted } = step.dataset
    const is = !depends || wanted.split(" ").some(code => codes[depends]?.includes(code))
    if (is && key) codes[key] = chosenIn(step).map(({ value }) => value)
    return is
  })
}

function show(step) {
  if (step !== here) page.dispatchEvent(new Event("leave"))
  here.classList.remove("now")
  here = step
  describe()
  scrollTo(0, 0)
  const place = step.querySelector("[tabindex]") ?? byId("main")
  place.focus({ preventScroll: true })
}

/** Say where we are, in the page and in its title. */
function describe() {
  const list = asked().filter(step => step.dataset.key)
  const n = list.indexOf(here) + 1
  const count = n ? words.count.replace("{n}", n).replace("{of}", list.length) : ""
  const heading = here === check ? byId("heading").textContent : count
  document.title = (here.querySelector(".error") ? words.problem + " " : "") + (heading && heading + " · ") + event
  byId("count").textContent = count
  byId("next").hidden = !n
  byId("nav").hidden = here === start
  byId("clear").hidden = !chosenIn(here).length
  here.classList.add("now")
  document.documentElement.classList.toggle("asking", here !== start)
  byId("answers").replaceChildren(...here === check ? list.map(answerRow) : [])
}

function go(step, back) {
  history.pushState({ depth: (history.state?.depth ?? 0) + 1, back }, "", "#" + step.id)
  show(step)
}

function next() {
  const list = asked()
  go(history.state?.back ? check : list[list.indexOf(here) + 1])
}

function back() {
  if (history.state?.depth) return history.back()
  const list = asked()
  go(list[list.indexOf(here) - 1])
}

function clear() {
  for (const input of chosenIn(here)) input.checked = false
  here.querySelector("[tabindex]").focus()
  here.querySelector("input").dispatchEvent(new Event("change", { bubbles: true }))
}

/** One line of the check: question, answer with its symbol, and a way to change it. */
function answerRow(step) {
  const row = byId("row").content.cloneNode(true)
  const part = name => row.querySelector("." + name)
  const question = step.querySelector(".ask")
  const { lang, dir } = question.closest("[lang]")
  for (const name of ["asked", "named"]) Object.assign(part(name), { lang, dir, textContent: question.textContent.trim() })
  const answers = [...chosenIn(step).map(input => input.labels[0]), ...step.querySelectorAll("[type=text], textarea")]
    .map(asAnswer).filter(answer => answer.textContent)
  if (answers.length) part("said").replaceChildren(...answers)
  part("change").href = "#" + step.id
  return row
}

function asAnswer(source) {
  const answer = document.createElement("span")
  answer.append(...source.value ? [source.value.trim()] : source.cloneNode(true).childNodes)
  answer.lang = source.closest("[lang]").lang
  answer.dir = source.dir
  return answer
}

/** An answer that goes with no other clears the others, and the other way round. */
function leaveAlone({ target }) {
  if (target.type !== "checkbox" || !target.checked) return
  for (const other of chosenIn(target.closest(".step"))) {
    if (other !== target && ("alone" in target.dataset || "alone" in other.dataset)) other.checked = false
  }
}

/** A trembling hand taps twice: the second tap within half a second does nothing. */
let tapped = -500
function ignoreSecondTap(tap) {
  if (!tap.detail || !tap.target.closest("button, a")) return
  if (tap.timeStamp - tapped < 500) {
    tap.preventDefault()
    tap.stopImmediatePropagation()
  } else tapped = tap.timeStamp
}

function followLink(tap) {
  const link = tap.target.closest('a[href^="#"]')
  const step = link && stepOf(link.hash)
  if (!step) return
  tap.preventDefault()
  go(step, here === check)
  if (link.hash !== "#" + step.id) byId(link.hash.slice(1)).focus()
}

function onEnter(press) {
  if (press.key !== "Enter" || press.target.tagName !== "INPUT") return
  press.preventDefault()
  next()
}

/** Where a script of ours breaks, the page is the plain long form again, and is sent as one. */
function giveUp({ error, reason }) {
  if (!(error ?? reason)?.stack?.includes("/assets/")) return
  document.documentElement.classList.remove("steps")
  for (const part of document.querySelectorAll(".scripted")) part.hidden = true
  addEventListener("submit", event => event.stopPropagation(), true)
}

function tellProblem() {
  if (here !== check) go(check)
  document.title = `${words.problem} ${event}`
  problem.focus()
}

addEventListener("click", ignoreSecondTap, true)
addEventListener("click", followLink)
addEventListener("popstate", () => show(location.hash ? stepOf(location.hash) ?? here : start))
page.addEventListener("change", leaveAlone, true)
page.addEventListener("change", describe)
page.addEventListener("keydown", onEnter)
page.addEventListener("restored", ({ detail }) => detail ? show(stepOf(detail) ?? start) : describe())
page.addEventListener("problem", tellProblem)
for (const [id, act] of Object.entries({ go: next, next, back, clear })) byId(id).addEventListener("click", () => act())
// The first of each brings the script that has to do with it; the next question comes first.
const bring = async tap => (await import(words[tap.type])).begin(tap)
for (const kind of ["input", "click"]) addEventListener(kind, tap => setTimeout(() => bring(tap).catch(() => {}), 50), { once: true })
for (const part of document.querySelectorAll(".scripted")) part.hidden = false

here = (problem.hidden ? stepOf(location.hash) : page.querySelector(".error")?.closest(".step")) ?? start
describe()
document.documentElement.classList.add("steps")
if (!problem.hidden) problem.focus()
