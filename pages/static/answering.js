// The form of a new request: whoever has typed what it is about is shown what may answer it already.
const part = document.querySelector("[data-answering]");
const subject = document.getElementById("subject");
let asked = 0;
let wait;

async function look() {
  const mine = ++asked;
  try {
    const answer = await fetch(`${part.dataset.answering}&subject=${encodeURIComponent(subject.value.slice(0, 200))}`);
    if (!answer.ok || mine !== asked) return;
    const html = await answer.text();
    if (mine === asked && html.trim() !== part.innerHTML.trim()) part.innerHTML = html;
  } catch {
    // Without an answer what is shown stays.
  }
}

subject?.addEventListener("input", () => {
  clearTimeout(wait);
  wait = setTimeout(look, 400);
});
