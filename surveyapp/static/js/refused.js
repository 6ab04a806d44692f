// What could not be taken and what to do about it, each at its question and all together first in the page.

const page = document.getElementById("steps")
const problem = document.getElementById("problem")

/** Mark every answer that was refused; isTold = the person waits for a word, so the problem is shown and focused. */
export function tell({ error, fields }, isTold) {
  for (const old of page.querySelectorAll(".error")) old.remove()
  for (const box of page.querySelectorAll("[aria-invalid]")) box.removeAttribute("aria-invalid")
  const told = Object.entries(fields).map(([name, sentence]) => [mark(name, sentence), sentence])
  if (!isTold) return
  problem.querySelector("ul").replaceChildren(...(told[0] ? told : [["survey", error]]).map(([id, sentence]) => {
    const item = document.createElement("li")
    item.append(Object.assign(document.createElement("a"), { href: "#" + id, textContent: sentence }))
    return item
  }))
  problem.hidden = false
  page.dispatchEvent(new Event("problem"))
}

function mark(name, textContent) {
  const box = [...page.querySelectorAll("input, textarea")].find(box => box.name === name)
  if (!box) return "survey"
  const id = "e-" + name
  const error = Object.assign(document.createElement("p"), { id, className: "error", textContent })
  box.closest(".step").querySelector(".ask").after(error)
  box.setAttribute("aria-invalid", true)
  box.setAttribute("aria-describedby", `${id} ${box.getAttribute("aria-describedby") ?? ""}`)
  return box.id
}
