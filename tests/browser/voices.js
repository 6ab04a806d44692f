// A phone's voices for the tests, after the Web Speech API: spoken one after the other, each with its events, later.
// `window.phone` says what this phone can do: `voices` at once, `late` voices after a while, `mute` ones say nothing.
(() => {
  const { voices = [], late = [], mute = [], missing = false } = window.phone
  const heard = window.heard = []
  class Voice { constructor(lang) { Object.assign(this, { lang, name: lang, voiceURI: lang, localService: true, default: false }) } }
  class Utterance { constructor(text) { this.text = text } }
  class Speech extends EventTarget {
    queue = []
    known = voices.map(lang => new Voice(lang))
    onvoiceschanged = null
    get speaking() { return this.queue.length > 0 }
    get pending() { return this.queue.length > 1 }
    getVoices() { return [...this.known] }
    speak(one) {
      heard.push([one.lang, one.text])
      this.queue.push(one)
      if (this.queue.length === 1) this.next()
    }
    next() {
      const [one] = this.queue
      if (!one || mute.includes(one.voice?.lang)) return
      setTimeout(() => one === this.queue[0] && one.onstart?.({}), 5)
      setTimeout(() => {
        if (one !== this.queue[0]) return
        this.queue.shift()
        one.onend?.({})
        this.next()
      }, window.phone.pace ?? 20)
    }
    cancel() {
      const going = this.queue.splice(0)
      if (going.length) heard.push(["", "(silence)"])
      setTimeout(() => going.forEach((one, place) => one.onerror?.({ error: place ? "canceled" : "interrupted" })))
    }
  }
  const speech = missing ? undefined : new Speech()
  Object.defineProperty(window, "speechSynthesis", { value: speech, configurable: true })
  window.SpeechSynthesisUtterance = missing ? undefined : Utterance
  if (late.length) setTimeout(() => {
    speech.known = late.map(lang => new Voice(lang))
    speech.onvoiceschanged?.(new Event("voiceschanged"))
  }, 900)
})()
