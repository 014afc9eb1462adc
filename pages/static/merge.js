// A property that a colleague changed first opens both sides as a dialog over the page, with what was typed; without
// script the same form is a page of its own. What is refused otherwise goes the usual way.
import { say } from "./presence.js";

const isProperty = (form) => form.method === "post" && form.elements.was && !form.action.endsWith("/requester");

// Where the page is again after it was saved: it says what others changed since it was read.
function saved(form) {
  const seen = form.elements.version.value;
  if (seen === document.body.dataset.version) return location.reload();
  const here = new URL(location.href);
  here.searchParams.set("since", seen);
  here.hash = "";
  location.assign(here);
}

function merge(form, page) {
  const both = document.adoptNode(page.querySelector("form.form-page"));
  both.className = "form-page";
  const dialog = form.closest("dialog") ?? document.body.appendChild(document.createElement("dialog"));
  dialog.className = "dlg";
  const title = both.querySelector("h1");
  title.id = "merge-title";
  dialog.setAttribute("aria-labelledby", title.id);
  both.querySelector("a.btn").dataset.close = "";
  dialog.replaceChildren(both);
  dialog.addEventListener("close", () => dialog.remove());
  if (!dialog.open) dialog.showModal();
  both.querySelector("input:checked, button[type=submit]")?.focus();
}

document.addEventListener(
  "submit",
  async (event) => {
    const form = event.target;
    if (!isProperty(form)) return;
    event.preventDefault();
    if (form.dataset.sent) return;
    form.dataset.sent = "yes";
    event.submitter?.setAttribute("aria-busy", "true");
    const rest = () => {
      delete form.dataset.sent;
      event.submitter?.removeAttribute("aria-busy");
    };
    const answer = await fetch(form.action, { method: "POST", body: new URLSearchParams(new FormData(form, event.submitter)), redirect: "manual" }).catch(() => null);
    if (answer?.type === "opaqueredirect") return saved(form);
    rest();
    if (!answer) {
      const place = document.querySelector("[data-alert]");
      if (place) place.textContent = say("line-none");
      return;
    }
    if (answer.status !== 409) return form.submit();
    merge(form, new DOMParser().parseFromString(await answer.text(), "text/html"));
  },
  true,
);
