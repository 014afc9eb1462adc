// The sidebar is a drawer on narrow screens. Without script its links are anchors (#side, #main) and the style sheet
// does the rest; with script it opens without touching the address, Escape and the scrim close it, focus comes back.
const body = document.body;

function show(open) {
  body.classList.toggle("side-on", open);
  document.querySelector(open ? "#side .side-close" : ".side-open")?.focus();
}

document.addEventListener("click", (event) => {
  if (event.target.closest("[data-toggle-side]")) {
    event.preventDefault();
    show(!body.classList.contains("side-on"));
  } else if (event.target === body && body.classList.contains("side-on")) show(false);
});
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && body.classList.contains("side-on")) show(false);
});
