// A property that a colleague changed first opens both sides as a dialog over the page, with what was typed; without
// script the same form is a page of its own. What is refused otherwise goes the usual way.
import { say } from "./presence.js";
import { settled } from "./unsent.js";

// The address says what came meanwhile once; read again later it would be told as if it were new.
const here = new URL(location.href);
if (here.searchParams.has("since")) {
  here.searchParams.delete("since");
  history.replaceState(history.state, "", here);
}

function goTo(address) {
  const to = new URL(address, location);
  const isHere = to.pathname === location.pathname && to.search === location.search;
  if (!isHere) return location.assign(to);
  history.replaceState(history.state, "", to);
  location.reload();
}

function merge(form, both) {
  const dialog = form.closest("dialog") ?? document.body.appendChild(document.createElement("dialog"));
  dialog.className = "dlg";
  const title = both.querySelector("h1");
  title.id = "merge-title";
  dialog.setAttribute("aria-labelledby", title.id);
  both.querySelector("a.btn").dataset.close = "";
  dialog.replaceChildren(document.adoptNode(both));
  dialog.addEventListener("close", () => dialog.remove());
  if (!dialog.open) dialog.showModal();
  both.querySelector("input:checked, button[type=submit]")?.focus();
}

document.addEventListener(
  "submit",
  async (event) => {
    const form = event.target;
    if (form.method !== "post" || !form.elements.was || event.submitter?.hasAttribute("data-unsent-drop")) return;
    event.preventDefault();
    if (form.dataset.sent) return;
    form.dataset.sent = "yes";
    event.submitter?.setAttribute("aria-busy", "true");
    await settled(form);
    const body = new URLSearchParams(new FormData(form, event.submitter));
    body.set("fragment", "1");
    const answer = await fetch(form.action, { method: "POST", body, redirect: "manual" }).catch(() => null);
    if (answer?.ok) return goTo(await answer.text());
    delete form.dataset.sent;
    event.submitter?.removeAttribute("aria-busy");
    if (!answer) {
      // Kept again, here at least: nothing that was typed is lost with the line.
      form.elements.was.dispatchEvent(new Event("input", { bubbles: true }));
      const place = document.querySelector("[data-alert]");
      if (place) place.textContent = say("line-none");
      return;
    }
    const page = answer.status === 409 && new DOMParser().parseFromString(await answer.text(), "text/html");
    const both = page && page.querySelector("form.form-page");
    if (both) merge(form, both);
    else form.submit();
  },
  true,
);
