// What happened that concerns the reader: a number beside their name, and, in the corner of the page they look at, a few
// words that go by themselves. Each comes up once, whatever pages are open; what is on the ticket one looks at does not.
const STAYS = 8000;
const MOST = 4;
const bell = document.querySelector("[data-bell]");
const corner = document.querySelector("[data-told]");
const key = `vigie-told/${document.body.dataset.person ?? ""}`;
const memory = {
  get: () => {
    try {
      return Number(localStorage.getItem(key) ?? NaN);
    } catch {
      return NaN;
    }
  },
  set: (newest) => {
    try {
      localStorage.setItem(key, newest);
    } catch {
      // A browser that keeps nothing may tell twice.
    }
  },
};

// Whoever reads it, has it under their hand or under the focus, keeps it.
const isHeld = (toast) => toast.matches(":hover, :focus-within");
function leaves(toast) {
  let timer;
  const wait = () => {
    clearTimeout(timer);
    timer = setTimeout(() => (isHeld(toast) ? wait() : toast.remove()), STAYS);
  };
  for (const sign of ["pointerleave", "focusout"]) toast.addEventListener(sign, wait);
  toast.querySelector("[data-dismiss]")?.addEventListener("click", () => {
    // The focus goes on to what is still there, not to the top of the page.
    const next = toast.nextElementSibling ?? toast.previousElementSibling;
    toast.remove();
    (next?.querySelector("a, button") ?? bell)?.focus();
  });
  wait();
}

let isFetching = false;
async function comes(newest) {
  const before = memory.get();
  if (before >= newest || isFetching) return;
  // The first time in this browser nothing is new; and nobody is told behind other pages.
  if (Number.isNaN(before)) return memory.set(newest);
  isFetching = true;
  const own = /^ticket[/](.+)$/.exec(document.body.dataset.item ?? "")?.[1];
  const address = `/notifications?after=${before}${own ? `&but=${own}` : ""}`;
  const answer = await fetch(address, { headers: { accept: "text/html", "x-vigie-unasked": "yes" } }).catch(() => null);
  isFetching = false;
  // Asked again with the next frame: what was not told is still to be.
  if (!answer?.ok || answer.redirected) return;
  // Told by another page meanwhile.
  if (memory.get() >= newest) return;
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
  const toasts = [...fresh.querySelectorAll(".toast")];
  memory.set(Math.max(newest, ...toasts.map((toast) => Number(toast.dataset.line ?? 0))));
  for (const toast of toasts) {
    corner.append(document.adoptNode(toast));
    leaves(toast);
  }
  const spare = [...corner.children].filter((toast) => !isHeld(toast));
  while (corner.children.length > MOST && spare.length) spare.shift().remove();
  show();
}

let told;
function show() {
  if (!told || document.hidden) return;
  const { unread, newest } = told;
  const count = bell?.querySelector("[data-count]");
  if (count) {
    count.textContent = unread ? (unread > 99 ? "99+" : unread) : "";
    bell.querySelector("[data-count-words]").hidden = !unread;
    bell.toggleAttribute("data-unread", unread > 0);
  }
  if (corner) comes(newest);
}
document.addEventListener("live:frame", ({ detail: frame }) => {
  if (!frame.told) return;
  told = frame.told;
  show();
});
document.addEventListener("visibilitychange", show);
