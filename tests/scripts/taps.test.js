// A4: the button rests until the hand has rested for half a second.

import assert from "node:assert/strict"
import { test } from "node:test"

import { newRest } from "../../surveyapp/static/js/modules/taps.js"

/** How many of these taps count. */
const counted = moments => {
  const isResting = newRest()
  return moments.filter(moment => !isResting(moment)).length
}
const every = (milliseconds, count) => Array.from({ length: count }, (_, tap) => tap * milliseconds)

for (const pace of [10, 80, 150, 200, 250, 499]) {
  test(`twenty taps ${pace} milliseconds apart count once`, () => assert.equal(counted(every(pace, 20)), 1))
}

test("an ignored tap renews the rest", () => assert.equal(counted([0, 400, 800, 1_200]), 1))

test("a hand that has rested for half a second taps again", () => assert.equal(counted([0, 400, 900, 1_400]), 3))

test("the very first tap counts, also at the moment when the page begins", () => assert.equal(counted([0]), 1))
