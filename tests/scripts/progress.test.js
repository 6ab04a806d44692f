// Which questions are asked, and which were passed in a row.

import assert from "node:assert/strict"
import { test } from "node:test"

import { askedOf, longestRunPassed } from "../../surveyapp/static/js/modules/progress.js"

const step = (key, chosen = [], dependsOn = undefined, codes = []) => ({ key, chosen, dependsOn, codes })

test("a question without a condition is asked, and so are the start and the check", () => {
  assert.deepEqual(askedOf([step(undefined), step("overall"), step(undefined)]), [true, true, true])
})

test("a condition holds when one of its answers is chosen", () => {
  const depending = step("why", [], "overall", ["1", "2"])

  assert.deepEqual(askedOf([step("overall", ["2"]), depending]), [true, true])
  assert.deepEqual(askedOf([step("overall", ["5"]), depending]), [true, false])
  assert.deepEqual(askedOf([step("overall"), depending]), [true, false])
})

test("one of several choices is enough for a condition", () => {
  assert.deepEqual(askedOf([step("role", ["carer", "other"]), step("help", [], "role", ["other"])]), [true, true])
})

test("a question that hangs on one that is not asked is not asked either, whatever was chosen there before", () => {
  const chain = [step("a", ["no"]), step("b", ["yes"], "a", ["yes"]), step("c", [], "b", ["yes"])]

  assert.deepEqual(askedOf(chain), [true, false, false])
})

test("one question passed is no run", () => {
  assert.equal(longestRunPassed([]), null)
  assert.equal(longestRunPassed([true, false, true, false]), null)
})

test("the longest run of passed questions is told, the first of those that are as long", () => {
  assert.deepEqual(longestRunPassed([true, false, false, true]), { first: 1, last: 2 })
  assert.deepEqual(longestRunPassed([false, false, true, false, false]), { first: 0, last: 1 })
  assert.deepEqual(longestRunPassed([false, false, true, false, false, false]), { first: 3, last: 5 })
  assert.deepEqual(longestRunPassed([false, false, false]), { first: 0, last: 2 })
})
