// Passkeys: opens the browser's own window, and sends what it says by the form that stands on the page.
const bytes = (text) => Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (c) => c.charCodeAt(0));
const text = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer ?? []))).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");

async function asks(form) {
  const body = new URLSearchParams({ csrf: form.elements.csrf.value });
  const answer = await fetch(form.dataset.challenge, { method: "POST", body });
  if (!answer.ok) throw new Error(answer.status);
  const options = await answer.json();
  options.challenge = bytes(options.challenge);
  for (const known of options.excludeCredentials ?? []) known.id = bytes(known.id);
  if (form.dataset.passkey === "create") {
    options.user.id = bytes(options.user.id);
    return navigator.credentials.create({ publicKey: options });
  }
  return navigator.credentials.get({ publicKey: options });
}

function fills(form, credential) {
  const said = credential.response;
  const values = {
    client_data: said.clientDataJSON,
    authenticator: said.attestationObject ?? said.authenticatorData,
    signature: said.signature,
    handle: said.userHandle,
    credential: credential.rawId,
  };
  for (const [name, value] of Object.entries(values)) {
    if (form.elements[name]) form.elements[name].value = text(value);
  }
}

for (const form of document.querySelectorAll("form[data-passkey]")) {
  if (!window.PublicKeyCredential) continue;
  form.hidden = false;
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (form.dataset.asking) return;
    form.dataset.asking = "yes";
    const failed = form.querySelector("[data-passkey-failed]");
    failed.hidden = true;
    try {
      fills(form, await asks(form));
      form.submit();
    } catch {
      // Closed by the person, not known to the authenticator, or no connection: all may be tried again.
      failed.hidden = false;
    } finally {
      delete form.dataset.asking;
    }
  });
}
