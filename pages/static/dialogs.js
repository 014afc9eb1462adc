// A link whose page only confirms something opens the same form as a dialog when the page holds one.
document.addEventListener("click", (event) => {
  const closer = event.target.closest("[data-close]");
  if (closer?.closest("dialog")) {
    event.preventDefault();
    return closer.closest("dialog").close();
  }

  const opener = event.target.closest("[data-dialog]");
  if (!opener || event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return;
  const dialog = document.getElementById(opener.dataset.dialog);
  if (!dialog?.showModal) return;
  event.preventDefault();
  opener.closest("[popover]")?.hidePopover();
  dialog.showModal();
  dialog.querySelector("textarea, button[type=submit]")?.focus();
});

// A link to a page that asks one thing opens that page's form as a dialog. It is fetched, so that no page carries
// forms nobody opens; whatever is not such a form (a refusal, a page that leads elsewhere) is gone to instead.
document.addEventListener("click", async (event) => {
  const link = event.target.closest("a[data-ask]");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return;
  event.preventDefault();
  link.closest("[popover]")?.hidePopover();
  const answer = await fetch(link.href).catch(() => null);
  const page = answer?.ok ? new DOMParser().parseFromString(await answer.text(), "text/html") : null;
  const form = page?.querySelector("form[data-asks]");
  if (!form) return location.assign(link.href);
  const dialog = document.createElement("dialog");
  dialog.className = "dlg dlg-s";
  dialog.setAttribute("aria-labelledby", "deed-title");
  dialog.append(document.adoptNode(form));
  dialog.addEventListener("close", () => {
    dialog.remove();
    link.focus();
  });
  document.body.append(dialog);
  dialog.showModal();
  form.querySelector("textarea, select, input:not([type=hidden]), button[type=submit]")?.focus();
});
