// A key that leads from any page to the first one, beside the built-in theme's scripts.
addEventListener("keydown", (event) => {
  if (event.key === "Home" && event.altKey) document.querySelector(".brand")?.click();
});
