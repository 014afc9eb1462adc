//! How the desk's pages are found and used by a browser: every selector stands here and nowhere else.
//! They name what people and forms depend on (names of fields, addresses of deeds), not how it looks.

/// The sign-in form's field for an address or a login name.
pub const SIGN_IN_NAME: &str = "form[action=\"/login\"] input[name=login]";
/// The same field's name, for who signs in without a browser.
pub const SIGN_IN_NAME_FIELD: &str = "login";
/// The sign-in form's field for the password.
pub const SIGN_IN_PASSWORD: &str = "form[action=\"/login\"] input[name=password]";
/// The button that signs in.
pub const SIGN_IN_BUTTON: &str = "form[action=\"/login\"] button:not([type=button])";
/// What every page of a signed-in person holds.
pub const SIGN_OUT: &str = "form[action=\"/logout\"]";
/// Any form's protection against forged requests.
pub const CSRF: &str = "input[name=csrf]";

/// Links to tickets on the agent's list.
pub const LIST_LINKS: &str = "a[href^=\"/tickets/\"]";
/// Links to tickets in the portal.
pub const PORTAL_LINKS: &str = "a[href^=\"/portal/tickets/\"]";

/// The text of a reply or a note on a ticket's page.
pub const COMPOSER: &str = "form[action$=\"/comments\"] textarea[name=body]";
/// The files of a reply or a note.
pub const COMPOSER_FILES: &str = "form[action$=\"/comments\"] input[type=file]";
/// A step in a ticket's history.
pub const HISTORY_STEP: &str = ".thread .ev";
/// Links to the files of a ticket's comments.
pub const FILES: &str = ".files a[href]";

/// The deed of taking a ticket.
pub const TAKING: &str = "assignment";
/// The deed of closing a ticket, as its form and page are called.
pub const CLOSURE: &str = "closure";

/// What is pressed to choose who reads a comment: `public` or `staff`.
pub fn audience(who: &str) -> String {
    format!("label:has(input[name=audience][value={who}])")
}

/// The form of a deed on the ticket at `path`.
pub fn deed(path: &str, deed: &str) -> String {
    format!("form[action=\"{path}/{deed}\"]")
}

/// The button of a deed's form, inside it or elsewhere on the page.
pub fn deed_button(path: &str, name: &str) -> String {
    format!(
        "{} button:not([type=button]):not([formaction]), button[form=\"act-{name}\"]",
        deed(path, name)
    )
}

/// The text field of a deed's form, for deeds that take words.
pub fn deed_text(path: &str, name: &str) -> String {
    format!("{} textarea", deed(path, name))
}

/// What opens a deed's form where it is folded away.
pub fn deed_unfold(path: &str, name: &str) -> String {
    format!("details:not([open]):has({}) > summary", deed(path, name))
}

/// What leads to a deed's form in a dialog, or on a page of its own where no script runs.
pub fn deed_link(path: &str, name: &str) -> String {
    format!("a[href=\"{path}/{name}\"]")
}
