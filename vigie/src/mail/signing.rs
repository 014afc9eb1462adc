//! Signatures of mails going out (DKIM, decision 0073): by every key of the domain that writes, over the headers a reader goes by. Whoever
//! receives a mail can tell that this desk wrote it, and that nothing of it was changed.
//!
//! Signed is what was composed, last of all: the same bytes are kept and handed over. Who is named twice in what is signed
//! cannot be named once more by somebody else.

use data_encoding::BASE64;
use kit::config::{DkimKey, Refusal};
use kit::error::Error;
use mail_auth::common::crypto::{Ed25519Key, RsaKey, Sha256};
use mail_auth::common::headers::HeaderWriter;
use mail_auth::dkim::{DkimSigner, Done};
use rustls::pki_types::PrivateKeyDer;
use rustls::pki_types::pem::PemObject;

use super::identity::{domain_of, is_within};

/// What is signed. A header that a mail does not have is signed as missing: nobody adds it on the way.
const HEADERS: [&str; 14] = [
    "From",
    "From",
    "To",
    "Cc",
    "Subject",
    "Date",
    "Message-ID",
    "References",
    "In-Reply-To",
    "Reply-To",
    "Auto-Submitted",
    "List-Unsubscribe",
    "MIME-Version",
    "Content-Type",
];

/// The keys mails are signed with; none signs nothing.
#[derive(Debug, Default)]
pub struct Signers(Vec<Signer>);

struct Signer {
    domain: String,
    selector: String,
    key: Key,
}

impl std::fmt::Debug for Signer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        // Without the key.
        write!(f, "Signer({}._domainkey.{})", self.selector, self.domain)
    }
}

enum Key {
    Rsa(Box<DkimSigner<RsaKey<Sha256>, Done>>, Vec<u8>),
    Ed25519(Box<DkimSigner<Ed25519Key, Done>>, Vec<u8>),
}

/// A record to publish, so that signatures can be checked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Record {
    /// Its name in the DNS.
    pub name: String,
    /// What it says, as a `TXT` record.
    pub text: String,
}

impl Record {
    /// The line of a zone file: its text in pieces of at most 255 characters.
    #[must_use]
    pub fn in_a_zone(&self) -> String {
        let pieces = self.text.as_bytes().chunks(250);
        let pieces = pieces.map(|it| format!("\"{}\"", String::from_utf8_lossy(it)));
        let pieces: Vec<String> = pieces.collect();
        format!("{}. IN TXT ( {} )", self.name, pieces.join(" "))
    }
}

impl Signers {
    /// Reads the keys that the settings name.
    ///
    /// # Errors
    /// One sentence that says what to do.
    pub fn open(keys: &[DkimKey]) -> Result<Signers, Refusal> {
        keys.iter()
            .map(signer)
            .collect::<Result<_, _>>()
            .map(Signers)
    }

    /// Whether mails of this address are signed.
    #[must_use]
    pub fn sign_for(&self, address: &str) -> bool {
        self.of(address).next().is_some()
    }

    /// The keys of the domain of an address, or of the nearest domain above it that has some.
    fn of(&self, address: &str) -> impl Iterator<Item = &Signer> {
        let domain = domain_of(address).unwrap_or_default();
        let nearest = (self.0.iter())
            .filter(|it| is_within(&domain, &it.domain))
            .map(|it| it.domain.len())
            .max();
        (self.0.iter())
            .filter(move |it| is_within(&domain, &it.domain) && Some(it.domain.len()) == nearest)
    }

    /// The mail with the signatures of whoever writes it on top.
    ///
    /// # Errors
    /// When a key cannot sign.
    pub fn sign(&self, from: &str, mail: Vec<u8>) -> Result<Vec<u8>, Error> {
        let mut signed = Vec::new();
        for signer in self.of(from) {
            let signature = match &signer.key {
                Key::Rsa(key, _) => key.sign(&mail),
                Key::Ed25519(key, _) => key.sign(&mail),
            };
            let signature =
                signature.map_err(|e| Error::bug(format!("a mail cannot be signed: {e}")))?;
            signed.extend_from_slice(signature.to_header().as_bytes());
        }
        signed.extend_from_slice(&mail);
        Ok(signed)
    }

    /// What to publish, a record for each key.
    #[must_use]
    pub fn records(&self) -> Vec<Record> {
        let record = |it: &Signer| Record {
            name: format!("{}._domainkey.{}", it.selector, it.domain),
            text: match &it.key {
                Key::Rsa(_, public) => format!("v=DKIM1; k=rsa; p={}", BASE64.encode(public)),
                Key::Ed25519(_, public) => {
                    format!("v=DKIM1; k=ed25519; p={}", BASE64.encode(public))
                }
            },
        };
        self.0.iter().map(record).collect()
    }
}

fn signer(key: &DkimKey) -> Result<Signer, Refusal> {
    let wrong = |why: &str| {
        Refusal(format!(
            "The key {} of “dkim_keys” cannot be used: {why}; make one with “openssl genrsa -out {} 2048”.",
            key.file.display(),
            key.file.display()
        ))
    };
    let pem = std::fs::read(&key.file).map_err(|e| wrong(&e.to_string()))?;
    let der =
        PrivateKeyDer::from_pem_slice(&pem).map_err(|_| wrong("it holds no private key in PEM"))?;
    let domain = || key.domain.clone();
    let selector = || key.selector.clone();
    let found = match &der {
        PrivateKeyDer::Pkcs8(plain) => {
            Ed25519Key::from_pkcs8_maybe_unchecked_der(plain.secret_pkcs8_der()).ok()
        }
        _ => None,
    };
    let found = match found {
        Some(key) => {
            let public = key.public_key();
            let signer = DkimSigner::from_key(key)
                .domain(domain())
                .selector(selector());
            Key::Ed25519(Box::new(signer.headers(HEADERS)), public)
        }
        None => {
            let key = RsaKey::<Sha256>::from_key_der(der)
                .map_err(|_| wrong("it is neither RSA of 2048 to 4096 bits nor Ed25519"))?;
            let public = subject_public_key_info(&key.public_key());
            let signer = DkimSigner::from_key(key)
                .domain(domain())
                .selector(selector());
            Key::Rsa(Box::new(signer.headers(HEADERS)), public)
        }
    };
    Ok(Signer {
        domain: domain(),
        selector: selector(),
        key: found,
    })
}

/// An RSA public key as records name it (RFC 6376, erratum 3017): the key after the name of its algorithm.
fn subject_public_key_info(key: &[u8]) -> Vec<u8> {
    /// `rsaEncryption`, without parameters.
    const ALGORITHM: [u8; 15] = [
        0x30, 0x0d, 0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x01, 0x05, 0x00,
    ];
    let tagged = |tag: u8, content: &[u8]| {
        let length = content.len().to_be_bytes();
        let from = length
            .iter()
            .position(|it| *it != 0)
            .unwrap_or(length.len() - 1);
        let mut written = vec![tag];
        if content.len() >= 0x80 {
            written.push(0x80 | u8::try_from(length.len() - from).unwrap_or(0));
        }
        written.extend_from_slice(&length[from..]);
        written.extend_from_slice(content);
        written
    };
    let bits = tagged(0x03, &[&[0], key].concat());
    tagged(0x30, &[&ALGORITHM[..], &bits].concat())
}
