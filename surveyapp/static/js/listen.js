// Reads the question on the screen aloud: the organiser's recording first, else the phone's own voice for the language.
// Loaded at the first tap; on a page without questions at once, where it reads the main part. Nothing is read before
// somebody asks for it, and nothing once they left. Words: the page's.

const ear = document.getElementById("listen")
const name = ear.querySelector("span")
const words = ear.dataset
const [listen, { stop: halt }] = [name.textContent, words]
const survey = document.getElementById("steps")
const page = survey ?? document.getElementById("main")
const status = document.getElementById(survey ? "status" : "heard")
const speech = self.speechSynthesis            // missing in many apps that show web pages inside them
const rate = document.documentElement.classList.contains("standard") ? 1 : 0.85
const VOICES_COME = 2_000                      // milliseconds; some phones never name any
const VOICE_BEGINS = 3_000
const AFTER_CANCEL = 60                        // Chrome drops what is spoken sooner
const READ = survey ?
  [".note", ".ask, #heading", ".when, .lines li", ".help, .error", "label:not(.ask), .care", ".asked, .said"] :
  ["h1, h2, h3, p, li, legend, label, summary"]

let turn = 0, isReading = false, isSettled = false, playing = null, saying, told
const broken = new Set()                       // voices that are listed and say nothing

const wait = time => new Promise(done => setTimeout(done, time))
const now = () => page.querySelector(".step.now") ?? page
const languageOf = part => part.closest("[lang]").lang

function mainOf(tag) {
  const first = tag.split(/[-_]/)[0]
  try { return new Intl.Locale(first).language } catch { return first }     // some phones say eng_GBR
}

/** The phone's voices for a language, the likeliest first; English is British here. */
function voicesFor(language) {
  const wanted = language === "en" ? "en-GB" : language
  const rank = ({ lang, localService }) => 2 * (lang.replace("_", "-") === wanted) + localService
  const known = (speech?.getVoices() ?? []).filter(voice => mainOf(voice.lang) === mainOf(language))
  return known.filter(voice => !broken.has(voice.voiceURI)).sort((one, other) => rank(other) - rank(one))
}

const soundOf = step => step.querySelector("audio")
const canHear = step => soundOf(step) || voicesFor(languageOf(step.querySelector(".ask") ?? step)).length

/** The button is seen where something can be heard; in the survey it stays until the phone has named its voices. */
function refresh() {
  isSettled ||= Boolean(!speech || speech.getVoices().length)
  ear.style.visibility = (isSettled || !survey) && !canHear(now()) ? "hidden" : ""
}

/** Its place goes where nothing can be heard in the whole survey: with the question, so that nothing moves by itself. */
function leave() {
  stop()
  for (const sound of page.querySelectorAll("audio")) sound.pause()
  ear.hidden = isSettled && ![...page.querySelectorAll(".step")].some(canHear)
  setTimeout(refresh)
}

function partsOf(step) {
  const found = READ.flatMap(kind => [...step.querySelectorAll(kind)])
  const title = step.id === "start" ? [document.getElementById("title")] : []
  return [...title, ...found].filter(part => part.offsetParent && part.innerText.trim() && !part.querySelector("p, li, label"))
}

function tell(text) {
  if (text || status.textContent === told) status.textContent = text
  told = text
}

function start() {
  stop()
  tell("")
  isReading = true
  name.textContent = halt
  return turn
}

function stop() {
  turn++
  speech?.cancel()
  playing?.pause()
  isReading = false
  playing = null
  name.textContent = listen
}

/** One text by one voice: true when it was said, false when the voice failed or never began. */
const said = (text, voice) => new Promise(done => {
  saying = Object.assign(new SpeechSynthesisUtterance(text), { voice, lang: voice.lang, rate })
  const silent = setTimeout(done, VOICE_BEGINS, false)
  saying.onstart = () => clearTimeout(silent)
  saying.onend = () => { clearTimeout(silent); done(true) }
  saying.onerror = () => { clearTimeout(silent); done(false) }
  speech.speak(saying)
})

async function saidBySome(text, language, mine) {
  for (const voice of voicesFor(language)) {
    if (await said(text, voice) || mine !== turn) return true
    broken.add(voice.voiceURI)
    speech.cancel()
    await wait(AFTER_CANCEL)
  }
}

/** Speak at once, in the tap itself: iPhones let nobody speak later. Words in a language without a voice are left out. */
async function read(step, mine, isLate) {
  let heard = false
  for (const part of partsOf(step)) {
    heard = await saidBySome(part.innerText.trim(), languageOf(part), mine) || heard
    if (mine !== turn) return
    if (!heard && part.matches(".ask")) break
  }
  stop()
  if (heard) return
  const isRefused = isLate && broken.size      // there are voices, and the phone let none speak so late after the tap
  if (isRefused) broken.clear()
  tell(isRefused ? words.again : words.none)
}

/** Why a recording does not play, if it doesn't. */
async function play(sound) {
  playing = sound
  sound.currentTime = 0
  try { await sound.play() } catch (refused) { return refused.name }
}

async function toggle(isLate) {
  if (isReading) return stop()
  const mine = start(), step = now(), sound = soundOf(step)
  if (sound) {
    const why = await play(sound)
    if (!why || mine !== turn) return
    playing = null
    if (why === "NotAllowedError") return stop(tell(words.again))
  }
  if (!isSettled) await Promise.race([wait(VOICES_COME), settled])
  if (mine === turn) read(step, mine, isLate)
}

const settled = new Promise(done => {
  if (speech) speech.onvoiceschanged = () => { refresh(); done() }
})

const onSound = ({ type, target }) => {
  if (type === "play" && target !== playing) stop()
  if (type !== "play" && target === playing) stop()
}

/** The tap that loaded this file may have been on the button. */
export function begin({ target }) {
  if (ear.contains(target)) toggle(true)
}

ear.addEventListener("click", () => toggle())
page.addEventListener("leave", leave)
for (const kind of ["play", "pause", "ended"]) page.addEventListener(kind, onSound, true)
addEventListener("pagehide", stop)
document.addEventListener("visibilitychange", () => document.hidden && stop())
setTimeout(() => { isSettled = true; refresh() }, VOICES_COME)
refresh()
if (!survey) ear.hidden = false
