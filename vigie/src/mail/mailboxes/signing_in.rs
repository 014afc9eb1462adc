//! How somebody signs in to a server: with a password, or with a token (XOAUTH2 and OAUTHBEARER, RFC 7628). What a server
//! says to it is read to its end, and repeated without what is secret.

use data_encoding::BASE64;
use serde::Deserialize;

use super::Protection;
use super::answers::{Answer, Status};
use super::fault::{Fault, Kind, forms};
use super::line::{Line, Most};
use super::session::{is_busy, quoted};

/// The longest command that a server must take (RFC 7162), without its name and a few words.
const LONGEST_COMMAND: usize = 8_000;

/// What somebody signs in with.
#[derive(Clone)]
pub enum Key {
    /// A password.
    Password(String),
    /// A token of a provider.
    Token {
        /// It.
        token: String,
        /// Whether XOAUTH2 is tried first, which Microsoft and Google say they want.
        prefers_xoauth2: bool,
    },
}

/// Where a mailbox is, and who looks into it.
#[derive(Clone)]
pub struct Account {
    /// The server.
    pub host: String,
    /// Its port.
    pub port: u16,
    /// What protects the way there.
    pub protection: Protection,
    /// Who signs in.
    pub login: String,
    /// With what.
    pub key: Key,
}

impl Account {
    /// What is secret of it, in every form in which a server could repeat it.
    pub(super) fn secrets(&self) -> Vec<String> {
        let whole = match &self.key {
            Key::Password(password) if password.is_empty() => return vec![],
            Key::Password(password) => vec![
                password.clone(),
                plain(&self.login, password),
                format!("{}:{password}", self.login),
            ],
            Key::Token { token, .. } => vec![
                token.clone(),
                xoauth2(&self.login, token),
                oauthbearer(self, token),
            ],
        };
        whole.iter().flat_map(|it| forms(it)).collect()
    }
}

impl std::fmt::Debug for Account {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        // Without what is secret.
        write!(f, "Account({}:{})", self.host, self.port)
    }
}

/// What is said with PLAIN.
fn plain(login: &str, password: &str) -> String {
    format!("\0{login}\0{password}")
}

/// What is said with XOAUTH2.
fn xoauth2(login: &str, token: &str) -> String {
    format!("user={login}\x01auth=Bearer {token}\x01\x01")
}

/// What is said with OAUTHBEARER.
fn oauthbearer(account: &Account, token: &str) -> String {
    let login = account.login.replace('=', "=3D").replace(',', "=2C");
    let (host, port) = (&account.host, account.port);
    format!("n,a={login},\x01host={host}\x01port={port}\x01auth=Bearer {token}\x01\x01")
}

/// Signs in.
///
/// # Errors
/// `SignIn` and `TokenRefused`, `NoTokenSignIn`, and whatever a connection can fail with.
pub(super) async fn sign_in(
    line: &mut Line,
    offers: &[String],
    account: &Account,
) -> Result<(), Fault> {
    let (answer, refused) = match &account.key {
        Key::Password(password) => (
            with_password(line, offers, &account.login, password).await?,
            Kind::SignIn,
        ),
        Key::Token {
            token,
            prefers_xoauth2,
        } => (
            with_token(line, offers, account, (token, *prefers_xoauth2)).await?,
            Kind::TokenRefused,
        ),
    };
    match answer.status {
        Status::Ok => Ok(()),
        _ if is_busy(&answer.text) => Err(Fault::saying(Kind::ServerRefuses, &answer.text)),
        _ => Err(Fault::saying(refused, &answer.text)),
    }
}

async fn with_password(
    line: &mut Line,
    offers: &[String],
    login: &str,
    password: &str,
) -> Result<Answer, Fault> {
    if !offers.iter().any(|it| it == "AUTH=PLAIN") {
        let command = format!("LOGIN {} {}", quoted(login), quoted(password));
        return line.ask(&command, Most::TEXT, &mut |_| Ok(())).await;
    }
    let tag = line.say("AUTHENTICATE PLAIN").await?;
    if let Err(refused) = line.invitation(&tag).await? {
        return Ok(refused);
    }
    line.add(&BASE64.encode(plain(login, password).as_bytes()))
        .await?;
    line.end_of(&tag, Most::TEXT, &mut |_| Ok(())).await
}

/// How tokens are shown to a server: the words, and what is said when it asks to be told that its refusal was read.
fn way(offers: &[String], prefers_xoauth2: bool) -> Option<(&'static str, &'static str)> {
    let (first, second) = (("XOAUTH2", ""), ("OAUTHBEARER", "AQ=="));
    let mut ways = [first, second];
    if !prefers_xoauth2 {
        ways.reverse();
    }
    let offered = |name: &str| {
        offers
            .iter()
            .any(|it| it.strip_prefix("AUTH=") == Some(name))
    };
    ways.into_iter().find(|(name, _)| offered(name))
}

async fn with_token(
    line: &mut Line,
    offers: &[String],
    account: &Account,
    (token, prefers_xoauth2): (&str, bool),
) -> Result<Answer, Fault> {
    let (name, over) = way(offers, prefers_xoauth2).ok_or(Kind::NoTokenSignIn)?;
    let words = match name {
        "XOAUTH2" => xoauth2(&account.login, token),
        _ => oauthbearer(account, token),
    };
    let words = BASE64.encode(words.as_bytes());
    let is_at_once = offers.iter().any(|it| it == "SASL-IR") && words.len() <= LONGEST_COMMAND;
    let tag = if is_at_once {
        line.say(&format!("AUTHENTICATE {name} {words}")).await?
    } else {
        let tag = line.say(&format!("AUTHENTICATE {name}")).await?;
        if let Err(refused) = line.invitation(&tag).await? {
            return Ok(refused);
        }
        line.add(&words).await?;
        tag
    };
    match line.invitation(&tag).await? {
        Err(answer) => Ok(answer),
        // Why not, for programs. It ends once it is answered.
        Ok(reason) => {
            line.add(over).await?;
            let answer = line.end_of(&tag, Most::TEXT, &mut |_| Ok(())).await?;
            let text = format!("{} {}", answer.text, line.hushed(&why(&reason)));
            Ok(Answer {
                text: text.trim().to_owned(),
                ..answer
            })
        }
    }
}

/// What a server says with its refusal, as words: `(status 401, scope https://…)`.
fn why(reason: &str) -> String {
    #[derive(Deserialize)]
    struct Why {
        #[serde(default)]
        status: String,
        #[serde(default)]
        scope: String,
    }
    let read = BASE64.decode(reason.as_bytes()).ok();
    let read = read.and_then(|it| serde_json::from_slice::<Why>(&it).ok());
    match read {
        Some(Why { status, scope }) if !scope.is_empty() => {
            format!("(status {status}, scope {scope})")
        }
        Some(Why { status, .. }) if !status.is_empty() => format!("(status {status})"),
        _ => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn account(key: Key) -> Account {
        Account {
            host: "imap.example.org".to_owned(),
            port: 993,
            protection: Protection::Tls,
            login: "zoe".to_owned(),
            key,
        }
    }

    #[test]
    fn a_password_is_known_in_every_form_in_which_it_is_said() {
        let it = account(Key::Password("a\"b".to_owned()));
        let secrets = it.secrets();
        for form in ["a\"b", "a\\\"b", "YSJi", "AHpvZQBhImI"] {
            assert!(secrets.iter().any(|it| it == form), "{form}: {secrets:?}");
        }
        assert!(!format!("{it:?}").contains("a\"b"));
        assert!(account(Key::Password(String::new())).secrets().is_empty());
    }

    #[test]
    fn a_token_is_said_as_the_two_ways_want_it_and_known_in_both() {
        let token = || "ya29.t0ken".to_owned();
        let it = account(Key::Token {
            token: token(),
            prefers_xoauth2: true,
        });
        // As Google and Microsoft write it down.
        assert_eq!(
            xoauth2(
                "someuser@example.com",
                "ya29.vF9dft4qmTc2Nvb3RlckBhdHRhdmlzdGEuY29tCg"
            ),
            "user=someuser@example.com\u{1}auth=Bearer ya29.vF9dft4qmTc2Nvb3RlckBhdHRhdmlzdGEuY29tCg\u{1}\u{1}"
        );
        let odd = Account {
            login: "a,b=c".to_owned(),
            ..it.clone()
        };
        assert_eq!(
            oauthbearer(&odd, "t"),
            "n,a=a=2Cb=3Dc,\u{1}host=imap.example.org\u{1}port=993\u{1}auth=Bearer t\u{1}\u{1}"
        );
        let secrets = it.secrets();
        for form in [
            token(),
            BASE64.encode(xoauth2("zoe", &token()).as_bytes()),
            BASE64.encode(oauthbearer(&it, &token()).as_bytes()),
        ] {
            assert!(secrets.contains(&form), "{form}: {secrets:?}");
        }
        assert!(!format!("{it:?}").contains("t0ken"));
    }

    #[test]
    fn what_a_server_offers_decides_and_microsoft_and_google_are_asked_as_they_want() {
        let both = ["AUTH=OAUTHBEARER".to_owned(), "AUTH=XOAUTH2".to_owned()];
        assert_eq!(way(&both, true), Some(("XOAUTH2", "")));
        assert_eq!(way(&both, false), Some(("OAUTHBEARER", "AQ==")));
        assert_eq!(way(&both[..1], true), Some(("OAUTHBEARER", "AQ==")));
        assert_eq!(way(&both[1..], false), Some(("XOAUTH2", "")));
        assert_eq!(way(&["AUTH=PLAIN".to_owned()], true), None);
    }

    #[test]
    fn a_refusal_is_told_in_words_and_nonsense_says_nothing() {
        let said = |text: &str| why(&BASE64.encode(text.as_bytes()));
        assert_eq!(
            said(r#"{"status":"400","schemes":"bearer","scope":"https://mail.google.com/"}"#),
            "(status 400, scope https://mail.google.com/)"
        );
        assert_eq!(
            said(r#"{"status":"invalid_token"}"#),
            "(status invalid_token)"
        );
        for nonsense in ["{}", "[1]", "", "{\"status\":4}"] {
            assert_eq!(said(nonsense), "");
        }
        assert_eq!(why("+++"), "");
    }
}
