// Keys of the staff desk: each goes to a field or a page, none decides anything. A person can switch them off.
const isTyping = (element) => element.closest("input, select, textarea, [contenteditable]")

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented || isTyping(event.target)) return
  if (event.key === "/") {
    event.preventDefault()
    document.getElementById("find")?.focus()
  }
  if (event.key === "?") document.querySelector("[data-keys]")?.click()
})
