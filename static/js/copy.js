// Print and Copy link need a script: without one their buttons stay hidden, and the address stands beside them as a link.
for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false
  button.addEventListener("click", () => window.print())
}

for (const button of document.querySelectorAll("[data-copy]")) {
  const address = document.querySelector("[data-without-copy]")
  if (!navigator.clipboard) { // browsers have it on secure pages alone
    address.dataset.shown = ""
    button.remove()
    continue
  }
  button.hidden = false
  address.hidden = true
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(button.dataset.copy)
    button.querySelector("span").textContent = button.dataset.copied
    document.querySelector("[data-copy-status]").textContent = button.dataset.copied
  })
}
