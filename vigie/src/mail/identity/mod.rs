//! Whether a letter comes from whom its `From` names (decision 0073). A verdict about the domain of its author, made of what a
//! receiver found: either one that an administrator trusts ([`results`]), or this desk itself, where letters reach it straight from
//! their senders ([`look`]). Where neither is set up, nothing is known, and the keyed token alone proves who answers.
//!
//! Deliberately absent: what policy a domain asks for. It says what becomes of a forged letter; what such a letter may do here
//! is decided here ([`super::judge`]).

use std::time::Duration;

use futures_util::FutureExt;
use kit::config::is_host_name;
use kit::stored_words;
use letter::Letter;

use super::post::Post;
use super::store::Incoming;

pub mod look;
pub mod results;

/// How long asking the DNS about one letter may take.
const PATIENCE: Duration = Duration::from_secs(10);

stored_words! {
    /// What is known of the author a letter names.
    pub enum Verdict {
        /// The domain of the author speaks for the letter.
        Proven = "proven",
        /// Nothing: nobody looked, the domain says nothing, or the DNS did not answer.
        Unknown = "unknown",
        /// The domain says how its letters are known, and this one is not known by it.
        Forged = "forged",
    }
}

/// What a receiver found about a letter.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Evidence {
    /// Whether the letter keeps the policy of its author's domain (DMARC), each time that was said.
    pub policy: Vec<Policy>,
    /// The domains of signatures that are right (DKIM).
    pub signed_by: Vec<String>,
    /// The domains for which the server that sent it may send (SPF).
    pub sent_by: Vec<String>,
}

/// Whether a letter keeps a domain's policy.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Policy {
    /// Whose; `None` when it was not said.
    pub domain: Option<String>,
    /// It does.
    pub is_kept: bool,
}

/// The domain of an address, in small letters.
pub fn domain_of(address: &str) -> Option<String> {
    let (_, domain) = address.rsplit_once('@')?;
    let domain = domain.trim_end_matches('.').to_ascii_lowercase();
    (!domain.is_empty()).then_some(domain)
}

/// The names of receivers as typed, between spaces or commas; `None` when one can be no name.
pub fn names(typed: &str) -> Option<String> {
    let names: Vec<String> = typed
        .split([' ', ',', '\t'])
        .filter(|it| !it.is_empty())
        .map(str::to_ascii_lowercase)
        .collect();
    (names.iter().all(|it| is_host_name(it))).then(|| names.join(" "))
}

/// Whether `domain` is `parent` or stands under it.
pub fn is_within(domain: &str, parent: &str) -> bool {
    let above = domain.strip_suffix(parent);
    above.is_some_and(|rest| !parent.is_empty() && (rest.is_empty() || rest.ends_with('.')))
}

/// What the evidence says of a letter whose author is of this domain.
///
/// A broken policy counts more than whatever else was said: of two receivers one may be wrong, and a stranger gains
/// nothing by saying so himself. Where the domain has no policy, a signature or a server of its own, or of the domain above it,
/// proves as much as one.
pub fn verdict(author: &str, evidence: &Evidence) -> Verdict {
    let mut is_kept = false;
    for policy in &evidence.policy {
        let is_theirs = policy.domain.as_deref() == Some(author);
        if !policy.is_kept && (is_theirs || policy.domain.is_none()) {
            return Verdict::Forged;
        }
        is_kept |= policy.is_kept && is_theirs;
    }
    let mut speaking = evidence.signed_by.iter().chain(&evidence.sent_by);
    match is_kept || speaking.any(|it| is_within(author, it)) {
        true => Verdict::Proven,
        false => Verdict::Unknown,
    }
}

/// What is known of the author of a letter. What was found once stays: keys change, and the DNS may be away the next time.
pub async fn of(post: &Post, incoming: &Incoming, letter: &Letter) -> Verdict {
    if let Some(found @ (Verdict::Proven | Verdict::Forged)) = incoming.verdict {
        return found;
    }
    let author = letter.from.as_ref().and_then(|from| domain_of(&from.email));
    let Some(author) = author else {
        return Verdict::Unknown;
    };
    let trusted: Vec<&str> = incoming.receivers.split_ascii_whitespace().collect();
    if !trusted.is_empty() {
        return verdict(&author, &results::believed(&incoming.raw, &trusted));
    }
    let (Some(names), Some(peer)) = (&post.names, look::Peer::read(&incoming.peer)) else {
        return Verdict::Unknown;
    };
    let own = post.host();
    let looking = names.look(incoming, &author, &peer, &own);
    let looking = std::panic::AssertUnwindSafe(looking).catch_unwind();
    match tokio::time::timeout(PATIENCE, looking).await {
        Ok(Ok(evidence)) => verdict(&author, &evidence),
        Ok(Err(_)) => {
            tracing::error!(mail = incoming.id.0, "looking for who wrote it panicked");
            Verdict::Unknown
        }
        Err(_) => {
            tracing::warn!(
                mail = incoming.id.0,
                "the DNS did not say in time who wrote it"
            );
            Verdict::Unknown
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_domain_of_the_author_decides_by_what_was_found() {
        let policy = |domain: Option<&str>, is_kept| Policy {
            domain: domain.map(str::to_owned),
            is_kept,
        };
        let found = |policy: &[Policy], signed: &[&str], sent: &[&str]| Evidence {
            policy: policy.to_vec(),
            signed_by: signed.iter().map(|it| (*it).to_owned()).collect(),
            sent_by: sent.iter().map(|it| (*it).to_owned()).collect(),
        };
        let (acme, evil) = (Some("acme.example"), Some("evil.example"));
        let kept = policy(acme, true);
        let broken = policy(acme, false);
        let table = [
            ("nothing", found(&[], &[], &[]), Verdict::Unknown),
            (
                "its policy is kept",
                found(std::slice::from_ref(&kept), &[], &[]),
                Verdict::Proven,
            ),
            (
                "its policy is broken",
                found(std::slice::from_ref(&broken), &[], &[]),
                Verdict::Forged,
            ),
            (
                "broken, though somebody else signed",
                found(
                    std::slice::from_ref(&broken),
                    &["evil.example"],
                    &["evil.example"],
                ),
                Verdict::Forged,
            ),
            (
                "broken, of whom it does not say",
                found(&[policy(None, false)], &[], &[]),
                Verdict::Forged,
            ),
            (
                "kept, of whom it does not say",
                found(&[policy(None, true)], &[], &[]),
                Verdict::Unknown,
            ),
            (
                "somebody else's policy is kept",
                found(&[policy(evil, true)], &[], &[]),
                Verdict::Unknown,
            ),
            (
                "somebody else's policy is broken",
                found(&[policy(evil, false)], &[], &[]),
                Verdict::Unknown,
            ),
            (
                "two that disagree",
                found(&[kept, broken], &["acme.example"], &[]),
                Verdict::Forged,
            ),
            (
                "no policy, its own signature",
                found(&[], &["evil.example", "acme.example"], &[]),
                Verdict::Proven,
            ),
            (
                "no policy, its own server",
                found(&[], &[], &["acme.example"]),
                Verdict::Proven,
            ),
            (
                "no policy, a domain under it",
                found(&[], &["mail.acme.example"], &["mail.acme.example"]),
                Verdict::Unknown,
            ),
            (
                "no policy, one that only ends alike",
                found(&[], &["me.example"], &["cme.example"]),
                Verdict::Unknown,
            ),
            (
                "no policy, the domain above it",
                found(&[], &["example"], &[]),
                Verdict::Proven,
            ),
            (
                "no policy, a domain that is empty",
                found(&[], &[""], &[""]),
                Verdict::Unknown,
            ),
        ];
        for (what, evidence, expected) in table {
            assert_eq!(verdict("acme.example", &evidence), expected, "{what}");
        }
    }

    #[test]
    fn receivers_are_named_one_after_another() {
        assert_eq!(
            names(" MX.desk.example,mail ").as_deref(),
            Some("mx.desk.example mail")
        );
        assert_eq!(names("").as_deref(), Some(""));
        for odd in ["mx.desk.example; dmarc=pass", "mx..example", "a@b.example"] {
            assert_eq!(names(odd), None, "{odd}");
        }
    }

    #[test]
    fn a_domain_is_what_stands_behind_the_last_at() {
        assert_eq!(
            domain_of("a@b@Acme.Example.").as_deref(),
            Some("acme.example")
        );
        assert_eq!(domain_of("acme.example"), None);
        assert_eq!(domain_of("a@"), None);
    }
}
