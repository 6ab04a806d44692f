// What `make check` asks of the scripts, beside their types. Every module is strict, and runs in browsers since 2019.

import js from "@eslint/js"
import globals from "globals"

// What Chromium 72 and Safari 13 lack; `tsc` sees to the language's own library (see "lib" in jsconfig.json).
const TOO_NEW = ["replaceChildren", "randomUUID", "requestSubmit", "replaceAll", "fromEntries", "allSettled"]
const UP_TO_DATE = [                // organisers' browsers, as htmx asks, and Node
  ...["organiser", "modules/list-swap", "modules/live-preview"].map(name => `surveyapp/static/js/${name}.js`),
  "tests/scripts/**",
]

export default [
  js.configs.recommended,
  {
    languageOptions: { ecmaVersion: 2022, sourceType: "module", globals: globals.browser },
    linterOptions: { reportUnusedDisableDirectives: "error" },
    rules: {
      eqeqeq: "error",
      curly: ["error", "multi-line"],
      "no-empty": ["error", { allowEmptyCatch: false }],
      "no-eval": "error",
      "no-implied-eval": "error",
      "no-new-func": "error",
      "no-restricted-globals": ["error", "event", "name", "status", "length", "top", "parent", "find", "stop"],
      "no-restricted-properties": ["error", ...TOO_NEW.map(property => ({ property, message: "Old phones lack it." }))],
      "no-shadow": "error",
      "no-unexpected-multiline": "error",
      "no-unused-expressions": "error",
      "no-use-before-define": ["error", { functions: false, variables: false }],
      "no-var": "error",
      "object-shorthand": "error",
      "prefer-const": "error",
      "prefer-template": "off",
      complexity: ["error", 12],
      "max-depth": ["error", 3],
      "max-params": ["error", 5],
    },
  },
  { files: ["surveyapp/static/js/worker.js"], languageOptions: { globals: globals.serviceworker } },
  { files: ["tests/scripts/**"], languageOptions: { globals: { ...globals.node, indexedDB: "writable" } } },
  { files: UP_TO_DATE, rules: { "no-restricted-properties": "off" } },
]
