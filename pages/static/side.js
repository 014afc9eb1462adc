// The sidebar is a drawer on narrow screens. Escape and the scrim close it; focus goes in and comes back.
const body = document.body;
const openers = () => document.querySelector(".side-open");

function show(open) {
  body.classList.toggle("side-on", open);
  for (const button of document.querySelectorAll("[data-toggle-side]")) button.setAttribute("aria-expanded", String(open));
  if (open) document.querySelector("#side a, #side button")?.focus();
  else openers()?.focus();
}

document.addEventListener("click", (event) => {
  if (event.target.closest("[data-toggle-side]")) show(!body.classList.contains("side-on"));
  else if (event.target === body && body.classList.contains("side-on")) show(false);
});
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && body.classList.contains("side-on")) show(false);
});
