// Small manners of forms: a filter applies when chosen, files show their names, a form is sent once.
document.addEventListener("change", (event) => {
  const names = event.target.type === "file" && event.target.parentElement.querySelector(".names");
  if (names) names.textContent = [...event.target.files].map((file) => file.name).join(", ");
  if (event.target.matches("[data-submit-on-change]")) event.target.form.requestSubmit();
});

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented || form.method !== "post") return;
  if (form.dataset.sent) return event.preventDefault();
  form.dataset.sent = "yes";
  event.submitter?.setAttribute("aria-busy", "true");
});
// Words that came are no draft any more: the page that follows says so by its address, and a browser that goes back
// puts them into their field again.
const memory = (name, value) => {
  try {
    return value === undefined ? sessionStorage.getItem(name) : sessionStorage.setItem(name, value);
  } catch {
    return null;
  }
};
document.addEventListener("submit", (event) => {
  const area = event.target.querySelector("textarea[name=body]");
  if (!event.defaultPrevented && area) memory("vigie-sending", area.value);
});
if (/^#(comment|held)-/.test(location.hash)) memory("vigie-sent", memory("vigie-sending") ?? "");
// Coming back by the history button must not find a form that refuses to be sent.
addEventListener("pageshow", (event) => {
  const isBack = event.persisted || performance.getEntriesByType("navigation")[0]?.type === "back_forward";
  for (const area of isBack ? document.querySelectorAll("textarea[name=body]") : [])
    if (area.value && area.value !== area.defaultValue && area.value === memory("vigie-sent")) area.value = area.defaultValue;
  for (const form of document.querySelectorAll("form[data-sent]")) {
    delete form.dataset.sent;
    form.querySelector("[aria-busy]")?.removeAttribute("aria-busy");
  }
});

// The title joins the bar once it has scrolled away.
const thread = document.querySelector("[data-thread]");
if (thread) {
  const main = thread.closest(".tk-main");
  thread.addEventListener("scroll", () => main.toggleAttribute("data-scrolled", thread.scrollTop > 60), { passive: true });
}
