// Theme: change at once, tell the server behind. Without script the same form posts and comes back.
document.addEventListener("submit", (event) => {
  const form = event.target.closest("form.theme");
  if (!form) return;
  event.preventDefault();
  const theme = event.submitter?.value === "dark" ? "dark" : "light";
  document.documentElement.dataset.theme = theme;
  const fields = new URLSearchParams(new FormData(form));
  fields.set("theme", theme);
  fetch(form.action, { method: "POST", body: fields, redirect: "manual" }).catch(() => {});
});
