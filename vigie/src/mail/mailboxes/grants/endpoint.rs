//! One question to the place where a provider gives out tokens, and what its answer means. An answer has an end in time and in
//! bytes, leads nowhere else, and is repeated without what is secret.

use std::error::Error as _;
use std::time::Duration;

use kit::clock::Span;
use reqwest::header::{ACCEPT, CONTENT_TYPE};
use reqwest::{Client, Response};
use serde::Deserialize;
use url::form_urlencoded::Serializer;

use super::super::fault::{Fault, Hidden, Kind, forms};
use super::{is_protected, tokens};
use crate::mail::mailboxes::line::Dialer;

/// The most bytes of an answer: a token has a few thousand.
const MOST_BYTES: usize = 64 * 1024;
/// The longest token that is taken, in bytes.
const LONGEST_TOKEN: usize = 16 * 1024;
/// How long a token holds of which nobody says how long.
const USUAL: Span = Span::minutes(5);
/// The longest time that is believed.
const LONGEST: Span = Span::days(1);

/// What a provider gave.
pub struct Granted {
    /// The token to sign in with.
    pub token: String,
    /// How long it holds.
    pub lasts: Span,
    /// What to ask with the next time; none where it is what it was.
    pub refresh_token: Option<String>,
}

/// How this program asks: by the same trust as servers of mailboxes, straight there, and nowhere else.
pub fn client(dialer: &Dialer) -> Result<Client, Fault> {
    let trust = dialer.trust()?;
    Client::builder()
        .tls_backend_preconfigured((*trust).clone())
        .redirect(reqwest::redirect::Policy::none())
        .no_proxy()
        .referer(false)
        // What is called so is this machine, whatever a name server says.
        .resolve("localhost", ([127, 0, 0, 1], 0).into())
        .connect_timeout(dialer.patience())
        .timeout(dialer.patience())
        .pool_idle_timeout(Duration::from_secs(20))
        .build()
        .map_err(unreachable)
}

/// Asks for a token with these fields, some of which are secret.
///
/// # Errors
/// What is wrong.
pub async fn ask(
    dialer: &Dialer,
    address: &str,
    fields: &[(&str, &str)],
    secrets: &[&str],
) -> Result<Granted, Fault> {
    let url = url::Url::parse(address).map_err(|_| Kind::ProviderUnreachable)?;
    if !is_protected(&url) {
        return Err(Kind::ProviderUnprotected.into());
    }
    let hidden = Hidden::of(secrets.iter().flat_map(|it| forms(it)).collect());
    let client = tokens::client(dialer)?;
    let body = Serializer::new(String::new())
        .extend_pairs(fields.iter().filter(|(_, value)| !value.is_empty()))
        .finish();
    let whole = async {
        let response = client
            .post(url)
            .header(CONTENT_TYPE, "application/x-www-form-urlencoded")
            .header(ACCEPT, "application/json")
            .body(body)
            .send()
            .await
            .map_err(unreachable)?;
        let status = response.status().as_u16();
        Ok::<_, Fault>((status, bytes(response).await?))
    };
    let (status, bytes) = tokio::time::timeout(dialer.patience(), whole)
        .await
        .unwrap_or_else(|_| Err(Kind::ProviderNoAnswer.into()))?;
    read(status, &bytes, &hidden)
}

async fn bytes(mut response: Response) -> Result<Vec<u8>, Fault> {
    let mut all = vec![];
    while let Some(more) = response.chunk().await.map_err(unreachable)? {
        if all.len() + more.len() > MOST_BYTES {
            return Err(Kind::ProviderEndless.into());
        }
        all.extend_from_slice(&more);
    }
    Ok(all)
}

/// Why nobody answered.
fn unreachable(error: reqwest::Error) -> Fault {
    // The address is named by the sentence.
    let error = error.without_url();
    if error.is_timeout() {
        return Kind::ProviderNoAnswer.into();
    }
    let mut said = error.to_string();
    let mut cause = error.source();
    while let Some(it) = cause {
        said = it.to_string();
        if is_tls(it) {
            return Fault::saying(Kind::ProviderCertificate, &said);
        }
        cause = it.source();
    }
    Fault::saying(Kind::ProviderUnreachable, &said)
}

/// Whether TLS was refused: an error of input and output holds the true one, perhaps in another of its kind, and does not
/// give it as its cause.
fn is_tls(error: &(dyn std::error::Error + 'static)) -> bool {
    let within = error
        .downcast_ref::<std::io::Error>()
        .and_then(std::io::Error::get_ref);
    error.is::<rustls::Error>() || within.is_some_and(|it| is_tls(it))
}

#[derive(Deserialize)]
struct Given {
    access_token: String,
    #[serde(default)]
    token_type: Option<String>,
    #[serde(default)]
    expires_in: Option<serde_json::Value>,
    #[serde(default)]
    refresh_token: Option<String>,
}

#[derive(Deserialize)]
struct Refused {
    error: String,
    #[serde(default)]
    error_description: Option<String>,
}

/// What an answer means.
fn read(status: u16, bytes: &[u8], hidden: &Hidden) -> Result<Granted, Fault> {
    let by_number = format!("HTTP {status}");
    match status {
        300..=399 => return Err(Fault::saying(Kind::ProviderRedirects, &by_number)),
        429 | 500..=599 => return Err(Fault::saying(Kind::ProviderFails, &by_number)),
        _ => {}
    }
    if let Ok(refused) = serde_json::from_slice::<Refused>(bytes) {
        return Err(refusal(&refused, hidden));
    }
    let unclear = || Fault::saying(Kind::ProviderUnclear, &by_number);
    if !(200..=299).contains(&status) {
        return Err(unclear());
    }
    let given: Given = serde_json::from_slice(bytes).map_err(|_| unclear())?;
    let is_bearer = given
        .token_type
        .is_none_or(|it| it.eq_ignore_ascii_case("bearer"));
    if !is_bearer || !is_token(&given.access_token) {
        return Err(unclear());
    }
    let seconds = match given.expires_in {
        Some(serde_json::Value::Number(it)) => it.as_f64(),
        Some(serde_json::Value::String(it)) => it.parse().ok(),
        _ => None,
    };
    let lasts = seconds
        .filter(|it| it.is_finite() && *it >= 0.0)
        .map_or(USUAL, |it| Span::seconds(it.min(1e6) as i64).min(LONGEST));
    Ok(Granted {
        token: given.access_token,
        lasts,
        refresh_token: given.refresh_token.filter(|it| is_token(it)),
    })
}

/// Whether this can stand in a line that is said to a server.
fn is_token(text: &str) -> bool {
    let is_plain = text.bytes().all(|b| (b'!'..=b'~').contains(&b));
    is_plain && !text.is_empty() && text.len() <= LONGEST_TOKEN
}

fn refusal(refused: &Refused, hidden: &Hidden) -> Fault {
    let kind = match refused.error.as_str() {
        "invalid_grant" => Kind::GrantEnded,
        "invalid_client" | "unauthorized_client" => Kind::ClientRefused,
        "invalid_scope" | "invalid_target" => Kind::ScopeRefused,
        "temporarily_unavailable" | "server_error" | "slow_down" => Kind::ProviderFails,
        _ => Kind::ProviderRefuses,
    };
    let said = match &refused.error_description {
        Some(words) => format!("{}: {words}", refused.error),
        None => refused.error.clone(),
    };
    Fault::saying(kind, &hidden.hushed(&said))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn kind(status: u16, text: &str) -> Result<Span, Kind> {
        let found = read(status, text.as_bytes(), &Hidden::default());
        found.map(|it| it.lasts).map_err(|it| it.kind)
    }

    #[test]
    fn an_answer_is_a_token_or_says_what_is_wrong() {
        let token = r#"{"access_token":"a.b","token_type":"Bearer","expires_in":3599}"#;
        assert_eq!(kind(200, token), Ok(Span::seconds(3599)));
        // Some write numbers as text, some none at all, some nonsense.
        for (said, lasts) in [
            (r#""60""#, Span::seconds(60)),
            ("null", USUAL),
            ("-4", USUAL),
            ("1e99", LONGEST),
            ("[]", USUAL),
        ] {
            let text = format!(r#"{{"access_token":"a","expires_in":{said}}}"#);
            assert_eq!(kind(200, &text), Ok(lasts), "{said}");
        }
        for (error, expected) in [
            ("invalid_grant", Kind::GrantEnded),
            ("invalid_client", Kind::ClientRefused),
            ("unauthorized_client", Kind::ClientRefused),
            ("invalid_scope", Kind::ScopeRefused),
            ("temporarily_unavailable", Kind::ProviderFails),
            ("invalid_request", Kind::ProviderRefuses),
        ] {
            let text = format!(r#"{{"error":"{error}"}}"#);
            assert_eq!(kind(400, &text), Err(expected));
            assert_eq!(kind(200, &text), Err(expected), "some refuse with 200");
        }
        assert_eq!(kind(302, token), Err(Kind::ProviderRedirects));
        assert_eq!(kind(503, token), Err(Kind::ProviderFails));
        assert_eq!(kind(404, "<html>"), Err(Kind::ProviderUnclear));
        for nonsense in [
            "<html>",
            "",
            "{}",
            r#"{"access_token":""}"#,
            r#"{"access_token":"a b"}"#,
            r#"{"access_token":"a\r\nb"}"#,
            r#"{"access_token":"a","token_type":"mac"}"#,
        ] {
            assert_eq!(
                kind(200, nonsense),
                Err(Kind::ProviderUnclear),
                "{nonsense}"
            );
        }
    }

    #[test]
    fn what_a_provider_repeats_of_a_secret_is_not_repeated() {
        let hidden = Hidden::of(forms("s3/cret"));
        let text = r#"{"error":"invalid_client","error_description":"s3/cret s3%2Fcret czMvY3JldA== is wrong"}"#;
        let said = read(401, text.as_bytes(), &hidden).err().unwrap().said;
        assert_eq!(said, "invalid_client: … … … is wrong");
    }

    proptest! {
        #[test]
        fn whatever_is_answered_is_read_without_a_panic(status in 100u16..600, said in proptest::collection::vec(prop_oneof![
            Just("{".to_owned()), Just("}".to_owned()), Just("\"access_token\":\"x\"".to_owned()), Just(",".to_owned()),
            Just("\"expires_in\":1e400".to_owned()), Just("\"error\":3".to_owned()), any::<String>(),
        ], 0..8)) {
            let _ = read(status, said.concat().as_bytes(), &Hidden::default());
        }
    }
}
