//! How the desk's pages are found and used by a browser: every selector stands here and nowhere else.
//! They name what people and forms depend on (names of fields, addresses of deeds), not how it looks.

/// The sign-in form's field for an address or a login name.
pub const SIGN_IN_NAME: &str = "input[name=identifier]";
/// The sign-in form's field for the password.
pub const SIGN_IN_PASSWORD: &str = "input[name=password]";
/// The button that signs in.
pub const SIGN_IN_BUTTON: &str = "form[action=\"/login\"] [type=submit]";
/// What every page of a signed-in person holds.
pub const SIGN_OUT: &str = "form[action=\"/logout\"], a[href=\"/logout\"]";
/// Any form's protection against forged requests.
pub const CSRF: &str = "input[name=csrf]";

/// Links to tickets on the agent's list.
pub const LIST_LINKS: &str = "a[href^=\"/tickets/\"]";
/// Links to tickets in the portal.
pub const PORTAL_LINKS: &str = "a[href^=\"/portal/tickets/\"]";

/// The text of a reply or a note on a ticket's page.
pub const COMPOSER: &str = "textarea[name=body]";
/// The files of a reply or a note.
pub const COMPOSER_FILE: &str = "input[type=file]";
/// The history of a ticket.
pub const HISTORY: &str = "#history";
/// One step of it.
pub const HISTORY_STEP: &str = "#history li";

/// Links to a ticket's attachments.
pub const ATTACHMENTS: &str = "a[href*=\"/attachments/\"]";

/// The way to choose who reads a comment: `public` or `staff`.
pub fn audience(who: &str) -> String {
    format!("input[name=audience][value={who}]")
}

/// The form of a deed, such as `taking`, on the ticket at `path`.
pub fn deed(path: &str, deed: &str) -> String {
    format!("form[action=\"{path}/{deed}\"]")
}

/// The button of a deed's form.
pub fn deed_button(path: &str, name: &str) -> String {
    format!(
        "{} [type=submit], [form=\"{name}\"][type=submit]",
        deed(path, name)
    )
}

/// The text field of a deed's form, for deeds that take a reason.
pub fn deed_text(path: &str, name: &str) -> String {
    format!("{} textarea", deed(path, name))
}
