// Print and Copy link need a script: without one their buttons stay hidden, and the address stands beside them as a link.
for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false
  button.addEventListener("click", () => window.print())
}

for (const button of document.querySelectorAll("[data-copy]")) {
  if (!navigator.clipboard) break // browsers have it on secure pages alone
  button.hidden = false
  document.querySelector("[data-without-copy]").hidden = true
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(button.dataset.copy)
    button.querySelector("span").textContent = button.dataset.copied
    document.querySelector("[data-copy-status]").textContent = button.dataset.copied
  })
}
