// A table on the clipboard, as Word and web pages give it, is pasted with a tab between its cells; the rest as text.

// Word's HTML is full of styles, which the page's policy would refuse one by one, aloud.
const STYLES = /<style[^]*?<\/style>|\sstyle=(?:"[^"]*"|'[^']*')/gi
const BLOCKS = "p, div, br, tr, h1, h2, h3, h4, h5, h6, table, ul, ol"

/** @param {Element} cell */
const wordsOf = cell => (cell.textContent ?? "").replace(/\s+/g, " ").trim()

/** @param {HTMLTableRowElement} row */
const rowOf = row => [...row.cells].map(cell => wordsOf(cell) + "\t".repeat(cell.colSpan - 1)).join("\t")

/**
 * The text of a clipboard's HTML with each row of a table on a line; nothing where there is no table.
 * @param {string} html
 */
export function textWithTables(html) {
  const page = new DOMParser().parseFromString(html.replace(STYLES, ""), "text/html")
  const tables = [...page.querySelectorAll("table")].filter(table => !table.querySelector("table") && table.rows[1]?.cells[1])
  if (tables.length === 0) return ""
  for (const table of tables) table.replaceWith(`\n${[...table.rows].map(rowOf).join("\n")}\n`)
  for (const node of page.querySelectorAll("style, script, title")) node.remove()
  for (const item of page.querySelectorAll("li")) item.prepend("\n- ")
  for (const block of page.querySelectorAll(BLOCKS)) block.before("\n")
  return (page.body.textContent ?? "").replace(/\r/g, "").replace(/\n{3,}/g, "\n\n").replace(/^\n+|\n+$/g, "")
}

document.addEventListener("paste", event => {
  const field = event.target
  const text = field instanceof HTMLTextAreaElement ? textWithTables(event.clipboardData?.getData("text/html") ?? "") : ""
  if (!text) return
  event.preventDefault()
  document.execCommand("insertText", false, text)
})
