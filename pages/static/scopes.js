// What an agent would see, shortly after a change in the form: fetched by what the button "Preview" sends, so that the
// desk's rule counts and nothing is worked out here. Parts of the page that comes back take the place of the same parts.
const form = document.querySelector("form[data-scope-preview]");
const panel = document.getElementById("preview");
const unreached = panel.querySelector("[data-unreached]");
let timer;
let asked;

async function look() {
  asked?.abort();
  asked = new AbortController();
  panel.setAttribute("aria-busy", "true");
  const { signal } = asked;
  try {
    const body = new URLSearchParams(new FormData(form));
    const answer = await fetch(form.dataset.scopePreview, { method: "POST", body, signal, headers: { accept: "text/html" } });
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
    // Somebody signed out, or a desk in trouble, answers with another page.
    if (!fresh.getElementById("preview")) throw new Error("no preview");
    unreached.hidden = true;
    for (const part of document.querySelectorAll("[data-part]")) {
      const next = fresh.querySelector(`[data-part="${part.dataset.part}"]`);
      if (next && part.innerHTML !== next.innerHTML) part.replaceChildren(...next.childNodes);
    }
  } catch {
    // A count of an earlier choice must not pass for this one's.
    if (!signal.aborted) unreached.hidden = false;
  } finally {
    if (!signal.aborted) panel.removeAttribute("aria-busy");
  }
}

form.addEventListener("change", (event) => {
  const row = event.target.closest("tr");
  if (row && event.target.matches("select")) row.classList.toggle("off", !event.target.value);
  clearTimeout(timer);
  timer = setTimeout(look, 250);
});
addEventListener("online", () => unreached.hidden || look());
