// Keys of the staff desk: each goes to a field or a page, none decides anything. A person can switch them off.
const isTyping = (element) => element.closest("input:not([type=checkbox], [type=radio]), select, textarea, [contenteditable]")

// In a list, j and k go from row to row, o to the link of the row and x to its box.
const inList = (key, from) => {
  const rows = [...document.querySelectorAll("#result_list tbody tr")]
  const at = rows.indexOf(from.closest("tr"))
  const here = Math.max(at, 0)
  const row = rows[{ j: at + 1, k: at < 0 ? rows.length - 1 : at - 1, o: here, x: here }[key]]
  return row?.querySelector(key === "x" ? "input[type=checkbox]" : "a[href]")
}

const control = (key, from) => {
  if (from.closest("#result_list")) return inList(key, from)
  const named = [...document.querySelectorAll("[data-key]")].filter((one) => one.dataset.key === key)
  return named.find((one) => one.checkVisibility()) ?? inList(key, from)
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented || isTyping(event.target)) return
  if (event.key === "/") {
    event.preventDefault()
    document.getElementById("find")?.focus()
  }
  if (event.key === "?") document.querySelector("[data-keys]")?.click()
  const found = control(event.key, event.target)
  if (found) {
    event.preventDefault()
    found.focus()
    found.scrollIntoView({ block: "nearest" })
  }
})
