//! Our own look at a letter that came straight from its sender: its signatures (DKIM), the server it came from (SPF) and the policy of
//! its author's domain (DMARC), by `mail-auth`. The DNS is an argument: the system's, or answers that are known beforehand.
//!
//! What the DNS does not say now is not known: no letter waits for it, and none is refused.

use std::borrow::Borrow;
use std::collections::HashMap;
use std::hash::Hash;
use std::net::IpAddr;
use std::sync::Arc;
use std::time::Instant;

use kit::config::Refusal;
use mail_auth::common::parse::TxtRecordParser;
use mail_auth::common::verify::DomainKey;
use mail_auth::dmarc::Dmarc;
use mail_auth::dmarc::verify::DmarcParameters;
use mail_auth::hickory_resolver::config::{ResolverConfig, ResolverOpts};
use mail_auth::hickory_resolver::proto::op::ResponseCode;
use mail_auth::spf::Spf;
use mail_auth::spf::verify::SpfParameters;
use mail_auth::{
    AuthenticatedMessage, DkimResult, DmarcResult, DnsError, DnssecStatus, MessageAuthenticator,
    Parameters, RecordSet, ResolverCache, SpfResult, Txt,
};

use super::{Evidence, Policy, domain_of};
use crate::mail::store::Incoming;

/// Who brought a letter: the address of the server, and the name it gave itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Peer {
    /// Its address.
    pub ip: IpAddr,
    /// How it introduced itself.
    pub name: String,
}

impl Peer {
    /// Somebody at this address, who did not introduce themselves yet.
    #[must_use]
    pub fn at(ip: IpAddr) -> Peer {
        Peer {
            ip: ip.to_canonical(),
            name: String::new(),
        }
    }

    /// As it is kept with a letter: of the name, what can be one.
    #[must_use]
    pub fn written(&self) -> String {
        let name = self.name.chars().filter(char::is_ascii_graphic);
        format!("{} {}", self.ip, name.take(255).collect::<String>())
    }

    /// What was kept; `None` when nobody is to look.
    #[must_use]
    pub fn read(kept: &str) -> Option<Peer> {
        let (ip, name) = kept.split_once(' ')?;
        Some(Peer {
            ip: ip.parse().ok()?,
            name: name.to_owned(),
        })
    }
}

/// Where domains are asked.
pub struct Names {
    ask: MessageAuthenticator,
    known: Option<Known>,
}

impl std::fmt::Debug for Names {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Names")
    }
}

fn unusable(error: impl std::fmt::Display) -> Refusal {
    Refusal(format!(
        "“check_senders” is on, but the DNS cannot be asked ({error}); name a server in /etc/resolv.conf, or switch it off."
    ))
}

impl Names {
    /// The DNS as this machine asks it.
    ///
    /// # Errors
    /// One sentence that says what to do.
    pub fn of_the_system() -> Result<Names, Refusal> {
        Ok(Names {
            ask: MessageAuthenticator::new_system_conf().map_err(unusable)?,
            known: None,
        })
    }

    /// These records and no others, for tests; without any records, a DNS that does not answer.
    ///
    /// # Errors
    /// When one cannot be read.
    pub fn fixed(records: Option<&[(&str, &str)]>) -> Result<Names, Refusal> {
        let (config, options) = (ResolverConfig::default(), ResolverOpts::default());
        let mut known = Known {
            records: HashMap::new(),
            is_away: records.is_none(),
        };
        for (name, text) in records.unwrap_or_default() {
            let read = record(name, text.as_bytes()).map_err(unusable)?;
            (known.records).insert(format!("{name}.").into_boxed_str(), read);
        }
        Ok(Names {
            ask: MessageAuthenticator::new(config, options).map_err(unusable)?,
            known: Some(known),
        })
    }

    /// What we find about a letter ourselves. `own` is how this desk calls itself.
    pub async fn look(&self, letter: &Incoming, author: &str, peer: &Peer, own: &str) -> Evidence {
        let mut evidence = Evidence::default();
        let Some(message) = AuthenticatedMessage::parse(&letter.raw) else {
            return evidence;
        };
        // Two programs that do not read the same author are not talking of the same person.
        let [from] = message.from.as_slice() else {
            return evidence;
        };
        if domain_of(from).as_deref() != Some(author) {
            return evidence;
        }
        let mut dkim = self.ask.verify_dkim(self.asking(&message)).await;
        // A signature that leaves the author out says nothing about them (RFC 6376, 5.4).
        dkim.retain(|it| {
            let signed = it.signature().map(|it| it.h.as_slice());
            signed.is_none_or(|it| it.iter().any(|name| name.eq_ignore_ascii_case("from")))
        });
        let signed = dkim.iter().filter(|it| *it.result() == DkimResult::Pass);
        evidence.signed_by = signed
            .filter_map(|it| Some(it.signature()?.d.to_ascii_lowercase()))
            .collect();
        let sender = letter.envelope_from.as_str();
        let sent_by = domain_of(sender).unwrap_or_else(|| peer.name.to_ascii_lowercase());
        let spf = match sender {
            "" => SpfParameters::verify_ehlo(peer.ip, &peer.name, own),
            sender => SpfParameters::verify_mail_from(peer.ip, &peer.name, own, sender),
        };
        let spf = self.ask.verify_spf(self.asking(spf)).await;
        if spf.result() == SpfResult::Pass {
            evidence.sent_by.push(sent_by.clone());
        }
        let policy = DmarcParameters {
            message: &message,
            dkim_output: &dkim,
            dkim2_output: None,
            rfc5321_mail_from_domain: &sent_by,
            spf_output: &spf,
        };
        let policy = self.ask.verify_dmarc(self.asking(policy)).await;
        let is_kept = match policy.result() {
            DmarcResult::Pass => Some(true),
            DmarcResult::Fail(_) => Some(false),
            DmarcResult::TempError(_) | DmarcResult::PermError(_) | DmarcResult::None => None,
        };
        evidence.policy.extend(is_kept.map(|is_kept| Policy {
            domain: Some(policy.domain().to_ascii_lowercase()),
            is_kept,
        }));
        evidence
    }

    fn asking<P>(&self, params: P) -> Parameters<'_, P, Known, Known, Known, Known, Known> {
        let known = self.known.as_ref();
        Parameters {
            params,
            cache_txt: known,
            cache_mx: known,
            cache_ptr: known,
            cache_ipv4: known,
            cache_ipv6: known,
        }
    }
}

/// A record by what its name says it is.
fn record(name: &str, text: &[u8]) -> Result<Txt, mail_auth::Error> {
    Ok(if name.contains("._domainkey.") {
        Txt::DomainKey(Arc::new(DomainKey::parse(text)?))
    } else if name.starts_with("_dmarc.") {
        Txt::Dmarc(Arc::new(Dmarc::parse(text)?))
    } else {
        Txt::Spf(Arc::new(Spf::parse(text)?))
    })
}

/// Answers that are known beforehand: nothing is asked where they stand.
struct Known {
    records: HashMap<Box<str>, Txt>,
    is_away: bool,
}

impl ResolverCache<Box<str>, Txt> for Known {
    fn get<Q>(&self, name: &Q) -> Option<Txt>
    where
        Box<str>: Borrow<Q>,
        Q: Hash + Eq + ?Sized,
    {
        let error = match self.is_away {
            true => DnsError::Resolver("away".to_owned()),
            false => DnsError::RecordNotFound(ResponseCode::NXDomain),
        };
        let found = self.records.get(name).cloned();
        Some(found.unwrap_or(Txt::Error(mail_auth::Error::Dns(error))))
    }

    fn remove<Q>(&self, _: &Q) -> Option<Txt>
    where
        Box<str>: Borrow<Q>,
        Q: Hash + Eq + ?Sized,
    {
        None
    }

    fn insert(&self, _: Box<str>, _: Txt, _: Instant) {}
}

impl<K, T> ResolverCache<K, RecordSet<T>> for Known {
    fn get<Q>(&self, _: &Q) -> Option<RecordSet<T>>
    where
        K: Borrow<Q>,
        Q: Hash + Eq + ?Sized,
    {
        Some(RecordSet {
            rrset: Arc::from(Vec::new()),
            dnssec_status: DnssecStatus::Indeterminate,
        })
    }

    fn remove<Q>(&self, _: &Q) -> Option<RecordSet<T>>
    where
        K: Borrow<Q>,
        Q: Hash + Eq + ?Sized,
    {
        None
    }

    fn insert(&self, _: K, _: RecordSet<T>, _: Instant) {}
}

#[cfg(test)]
mod tests {
    use super::Peer;

    #[test]
    fn who_brought_a_letter_is_kept_in_one_line() {
        let named = |name: &str| Peer {
            name: name.to_owned(),
            ..Peer::at("::ffff:192.0.2.7".parse().unwrap())
        };
        let kept = named("mx.acme.example").written();
        assert_eq!(kept, "192.0.2.7 mx.acme.example");
        assert_eq!(Peer::read(&kept), Some(named("mx.acme.example")));
        assert_eq!(named("a\0b\u{e9} c").written(), "192.0.2.7 abc");
        assert_eq!(named(&"x".repeat(5000)).written().len(), 265);
        assert_eq!(Peer::read(&named("").written()), Some(named("")));
        assert_eq!(Peer::read(""), None);
    }
}
