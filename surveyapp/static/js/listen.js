// Reads the question on the screen aloud: the organiser's recording first, else the phone's own voice for the language.
// Loaded at the first tap; on a page without questions at once, where it reads the main part. Nothing is read before
// somebody asks for it, and nothing once they left. Words: the page's.

import { byId } from "./modules/dom.js"
import { wait } from "./modules/time.js"

const VOICES_COME = 2_000                      // milliseconds; some phones never name any
const VOICE_BEGINS = 3_000
const AFTER_CANCEL = 60                        // Chrome drops what is spoken sooner

const button = byId("listen")
const name = /** @type {HTMLElement} */ (button.querySelector("span"))
const words = /** @type {Record<string, string>} */ (button.dataset)
const listen = name.textContent
const survey = document.getElementById("steps")
const page = survey ?? byId("main")
const status = byId(survey ? "status" : "heard")
/** Missing in many apps that show web pages inside them. @type {SpeechSynthesis | undefined} */
const speech = self.speechSynthesis
const rate = document.documentElement.classList.contains("standard") ? 1 : 0.85
const READ = survey
  ? [".ask, #heading", ".when, .lines li", ".note, .help, .error", ".tile label, .more, .care", ".asked, .said"]
  : ["h1, h2, h3, p, li, legend, label, summary"]

let turn = 0, isReading = false, isSettled = false, told = ""
/** @type {HTMLAudioElement | null} */
let playing = null
/** Voices that are listed and say nothing. @type {Set<string>} */
const broken = new Set()
/** Held, since some browsers forget what is spoken. @type {SpeechSynthesisUtterance} */
let saying

const now = () => page.querySelector(".step.now") ?? page

/** @param {Element} part */
const languageOf = part => /** @type {HTMLElement} */ (part.closest("[lang]")).lang

/** @param {string} tag */
function mainOf(tag) {
  const first = tag.split(/[-_]/)[0]
  try { return new Intl.Locale(first).language } catch { return first }     // some phones say eng_GBR
}

/** The phone's voices for a language, the likeliest first; English is British here. @param {string} language */
function voicesFor(language) {
  const wanted = language === "en" ? "en-GB" : language
  const rank = (/** @type {SpeechSynthesisVoice} */ { lang, localService }) =>
    2 * Number(lang.replace("_", "-") === wanted) + Number(localService)
  const known = (speech?.getVoices() ?? []).filter(voice => mainOf(voice.lang) === mainOf(language))
  return known.filter(voice => !broken.has(voice.voiceURI)).sort((one, other) => rank(other) - rank(one))
}

/** @param {Element} step */
const soundOf = step => step.querySelector("audio")

/** @param {Element} step */
const canHear = step => Boolean(soundOf(step) || voicesFor(languageOf(step.querySelector(".ask") ?? step)).length)

/** The button is seen where something can be heard; in the survey it stays until the phone has named its voices. */
function refresh() {
  isSettled = isSettled || !speech || speech.getVoices().length > 0
  button.style.visibility = (isSettled || !survey) && !canHear(now()) ? "hidden" : ""
}

/** Its place goes where nothing can be heard in the whole survey: with the question, so that nothing moves by itself. */
function onLeave() {
  stop()
  for (const sound of page.querySelectorAll("audio")) sound.pause()
  button.hidden = isSettled && ![...page.querySelectorAll(".step")].some(canHear)
  setTimeout(refresh)
}

/** @param {Element} step */
function partsOf(step) {
  const found = /** @type {HTMLElement[]} */ (READ.flatMap(kind => [...step.querySelectorAll(kind)]))
  const title = step.id === "start" ? [byId("title")] : []
  return [...title, ...found].filter(part => part.offsetParent && part.innerText.trim() && !part.querySelector("p, li, .tile"))
}

/** @param {string} text */
function tell(text) {
  if (text || status.textContent === told) status.textContent = text
  told = text
}

function start() {
  stop()
  tell("")
  isReading = true
  name.textContent = words.stop
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

/**
 * One text by one voice: true when it was said, false when the voice failed or never began.
 * @param {SpeechSynthesis} by
 * @param {string} text
 * @param {SpeechSynthesisVoice} voice
 * @returns {Promise<boolean>}
 */
const speak = (by, text, voice) => new Promise(done => {
  saying = Object.assign(new SpeechSynthesisUtterance(text), { voice, lang: voice.lang, rate })
  const silent = setTimeout(done, VOICE_BEGINS, false)
  const end = (/** @type {boolean} */ isSaid) => { clearTimeout(silent); done(isSaid) }
  saying.onstart = () => clearTimeout(silent)
  saying.onend = () => end(true)
  saying.onerror = () => end(false)
  by.speak(saying)
})

/**
 * Whether some voice of the language said it.
 * @param {string} text
 * @param {string} language
 * @param {number} mine
 */
async function speakBySome(text, language, mine) {
  for (const voice of speech ? voicesFor(language) : []) {
    if (await speak(/** @type {SpeechSynthesis} */ (speech), text, voice) || mine !== turn) return true
    broken.add(voice.voiceURI)
    speech?.cancel()
    await wait(AFTER_CANCEL)
  }
  return false
}

/**
 * Speak at once, in the tap itself: iPhones let nobody speak later. Words in a language without a voice are left out.
 * @param {Element} step
 * @param {number} mine
 * @param {boolean} isLate
 */
async function read(step, mine, isLate) {
  let isHeard = false
  for (const part of partsOf(step)) {
    isHeard = await speakBySome(part.innerText.trim().replace(/\s+/g, " "), languageOf(part), mine) || isHeard
    if (mine !== turn) return
    if (!isHeard && part.matches(".ask")) break
  }
  stop()
  if (isHeard) return
  const isRefused = isLate && broken.size > 0  // there are voices, and the phone let none speak so late after the tap
  if (isRefused) broken.clear()
  tell(isRefused ? words.again : words.none)
}

/** Why a recording does not play, if it doesn't. @param {HTMLAudioElement} sound */
async function play(sound) {
  playing = sound
  sound.currentTime = 0
  try { await sound.play() } catch (refused) { return /** @type {Error} */ (refused).name }
  return ""
}

/** @param {boolean} isLate */
async function toggle(isLate) {
  if (isReading) return stop()
  const mine = start(), step = now(), sound = soundOf(step)
  if (sound) {
    const why = await play(sound)
    if (!why || mine !== turn) return
    playing = null
    if (why === "NotAllowedError") {
      tell(words.again)
      return stop()
    }
  }
  if (!isSettled) await Promise.race([wait(VOICES_COME), settled])
  if (mine === turn) read(step, mine, isLate)
}

/** @type {Promise<void>} */
const settled = new Promise(done => {
  if (speech) speech.onvoiceschanged = () => { refresh(); done() }
})

/** @param {Event} event */
function onSound({ type, target }) {
  if (type === "play" && target !== playing) stop()
  if (type !== "play" && target === playing) stop()
}

/** The tap that loaded this file may have been on the button. @param {Event} tap */
export function begin({ target }) {
  if (button.contains(/** @type {Node} */ (target))) toggle(true)
}

button.addEventListener("click", () => toggle(false))
page.addEventListener("leave", onLeave)
for (const kind of ["play", "pause", "ended"]) page.addEventListener(kind, onSound, true)
addEventListener("pagehide", stop)
document.addEventListener("visibilitychange", () => { if (document.hidden) stop() })
setTimeout(() => { isSettled = true; refresh() }, VOICES_COME)
refresh()
if (!survey) button.hidden = false
