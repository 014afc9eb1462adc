//! What of a letter is shown on a ticket: the new words, the quoted history apart, the files.

use kit::error::Error;
use letter::complaint::Complaint;
use letter::{Letter, html, quote};
use words::catalogue::{Arg, say, say_with};
use words::language::Language;
use words::reader::Words;

use super::deeds::{blinded, end_quoted};
use super::post::Post;
use super::store::Incoming;
use crate::tickets::Origin;
use crate::tickets::comments::{Body, NewComment, NewFile};

/// The name of the whole letter, when it is attached to its own ticket.
const WHOLE_LETTER: &str = "message.eml";

/// The letter as a comment; `whole` adds the letter itself as a file, for what could not be shown.
/// Keeps the bytes of every file, and ends the links of our own mails that it holds.
pub async fn comment(
    post: &Post,
    incoming: &Incoming,
    letter: &Letter,
    whole: bool,
) -> Result<NewComment, Error> {
    end_quoted(&post.db, &post.key, letter, post.clock.now()).await?;
    let mut files = Vec::with_capacity(letter.attachments.len());
    for attachment in &letter.attachments {
        files.push(file(post, &attachment.name, &attachment.bytes).await?);
    }
    if whole {
        files.push(file(post, WHOLE_LETTER, &incoming.raw).await?);
    }
    let mut body = body(letter);
    if let Some(bytes) = incoming.left_bytes {
        let size = Words::new(post.language, &post.time_zone, 0).size(bytes.unsigned_abs());
        let note = say_with(
            post.language,
            "mail-left-for-its-size",
            &[("size", Arg::from(&size))],
        );
        body.html = html::safe(&html::from_text(&note));
        body.text = note;
    }
    if letter.text.trim().is_empty()
        && !says_more_than_text(&body.html)
        && let Some(note) = sealed(letter, post.language)
    {
        body.text = note.to_owned();
        body.html = html::safe(&html::from_text(note));
    }
    Ok(NewComment {
        body,
        files,
        origin: Origin::Email,
        once: None,
        incoming_mail: Some(incoming.id.0),
    })
}

async fn file(post: &Post, name: &str, bytes: &[u8]) -> Result<NewFile, Error> {
    let stored = post.files.keep(bytes).await?;
    Ok(NewFile {
        name: name.to_owned(),
        digest: stored.digest,
        media_type: stored.media_type,
        size: stored.size,
    })
}

/// What stands for the words of a letter that are in a file no reader here opens (MIME-07, MIME-17).
fn sealed(letter: &Letter, language: Language) -> Option<&'static str> {
    let complaints = &letter.complaints;
    if complaints.contains(&Complaint::Encrypted) {
        Some(say(language, "mail-only-encrypted"))
    } else if complaints.contains(&Complaint::OutlookContainer) {
        Some(say(language, "mail-only-container"))
    } else {
        None
    }
}

/// The words. The letter's own HTML is shown when it says more than text can and repeats no
/// history: in an answer it would show the whole thread again, so there the new text is shown and
/// the history folded.
pub fn body(letter: &Letter) -> Body {
    let parts = quote::split(&letter.text);
    let quoted = parts.quoted.filter(|quoted| !quoted.trim().is_empty());
    let html = match &letter.html {
        Some(own) if quoted.is_none() && says_more_than_text(own) => own.clone(),
        _ => html::safe(&html::from_text(parts.fresh)),
    };
    Body {
        // What our own mail let its reader do is not for everybody who reads their answer.
        text: blinded(parts.fresh.trim_end()),
        html: blinded(&html),
        quoted: quoted.map(blinded),
    }
}

/// How many pictures of hosts other than this desk's (`own_host`) a letter named; nothing when there is nothing to see of it but its
/// words.
pub fn pictures(letter: &Letter, own_host: &str) -> Option<i64> {
    let named = letter.remote_pictures.iter();
    let shown = named.filter(|it| html::picture_address(it, own_host).is_some());
    let count = i64::try_from(shown.count()).unwrap_or(i64::MAX);
    let has_look = count > 0 || says_more_than_text(letter.html.as_deref().unwrap_or_default());
    has_look.then_some(count)
}

fn says_more_than_text(html: &str) -> bool {
    [
        "<table", "<a ", "<img", "<ul", "<ol", "<pre", "<h1", "<h2", "<h3", "<b>", "<strong",
        "<em>", "<i>",
    ]
    .iter()
    .any(|tag| html.contains(tag))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str, html: Option<&str>) -> Body {
        body(&Letter {
            text: text.to_owned(),
            html: html.map(str::to_owned),
            ..Letter::default()
        })
    }

    #[test]
    fn an_answer_shows_its_new_words_and_folds_the_rest() {
        let body = of(
            "Merci !\n\nLe 3 mars, Ben a écrit :\n> Avez-vous redémarré ?\n",
            Some("<p>Merci !</p><table><tr><td>Le 3 mars</td></tr></table>"),
        );
        assert_eq!(body.text, "Merci !");
        assert_eq!(body.html, "<p>Merci !</p>");
        assert!(
            body.quoted
                .is_some_and(|quoted| quoted.contains("redémarré"))
        );
    }

    #[test]
    fn a_table_is_shown_as_a_table() {
        let body = of("a b", Some("<table><tr><td>a</td><td>b</td></tr></table>"));
        assert!(body.html.contains("<table"));
    }

    #[test]
    fn plain_words_are_never_taken_for_html() {
        let body = of("<script>alert(1)</script>", None);
        assert!(!body.html.contains("<script"));
        assert!(body.html.contains("alert(1)"));
    }
}
