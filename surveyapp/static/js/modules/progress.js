// Which questions are asked, and which were passed: without the page, so that it can be reasoned about and tested.

/**
 * @typedef {object} Step
 * @property {string} [key] the question's key; the start and the check have none
 * @property {string} [dependsOn] the question whose answer decides whether this one is asked
 * @property {string[]} codes the answers for which it is
 * @property {string[]} chosen the codes that are chosen in it
 */

/**
 * For each step whether it is asked now; a condition looks only at questions that are asked themselves.
 * @param {Step[]} steps
 */
export function askedOf(steps) {
  /** @type {Map<string, string[]>} */
  const answers = new Map()
  return steps.map(({ key, dependsOn, codes, chosen }) => {
    const isAsked = !dependsOn || codes.some(code => (answers.get(dependsOn) || []).includes(code))
    if (isAsked && key) answers.set(key, chosen)
    return isAsked
  })
}

/**
 * The longest run of two and more questions without an answer, from 0; the first of them where several are as long.
 * @param {boolean[]} areAnswered
 * @returns {{ first: number, last: number } | null}
 */
export function longestRunPassed(areAnswered) {
  let longest = null, first = 0
  for (let place = 0; place < areAnswered.length; place++) {
    if (areAnswered[place]) first = place + 1
    else if (place - first > (longest ? longest.last - longest.first : 0)) longest = { first, last: place }
  }
  return longest
}
