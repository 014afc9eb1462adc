// A link whose page only confirms something opens the same form as a dialog when the page holds one.
document.addEventListener("click", (event) => {
  const closer = event.target.closest("[data-close]");
  if (closer) return closer.closest("dialog")?.close();

  const opener = event.target.closest("[data-dialog]");
  if (!opener || event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return;
  const dialog = document.getElementById(opener.dataset.dialog);
  if (!dialog?.showModal) return;
  event.preventDefault();
  opener.closest("[popover]")?.hidePopover();
  dialog.showModal();
  dialog.querySelector("textarea, button[type=submit]")?.focus();
});
