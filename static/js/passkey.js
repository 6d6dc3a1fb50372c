// Passkeys need a script and a browser that knows them: without either, their buttons stay hidden and the other ways in remain.
if (window.PublicKeyCredential) {
  for (const element of document.querySelectorAll("[data-passkey]")) element.hidden = false
}

// A ceremony that was broken off says so in the page's own words.
document.addEventListener("allauth.error", (event) => {
  event.preventDefault()
  const place = document.getElementById("passkey-trouble")
  if (place) place.hidden = false
})
