//! What a browser brings back from its window for passkeys, checked word by word as the standard says
//! (W3C Web Authentication, level 3, sections 7.1 and 7.2): pure.
//!
//! Deliberately absent: attestation. Which maker built an authenticator is nobody's business here, so
//! none is asked for and what comes is not looked at.

use ciborium::Value;
use data_encoding::BASE64URL_NOPAD;
use ring::digest::{SHA256, digest};
use ring::signature::{
    ECDSA_P256_SHA256_ASN1, ED25519, RSA_PKCS1_2048_8192_SHA256, RsaPublicKeyComponents,
    UnparsedPublicKey,
};

/// Who we are to an authenticator: both come from the address people use, never from a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Party {
    /// The domain that passkeys belong to.
    pub id: String,
    /// The origin that pages must have.
    pub origin: String,
}

impl Party {
    /// The party of a public address; `None` where browsers offer no passkeys: without TLS (but on
    /// `localhost`), or at a bare IP address.
    pub fn of(public_url: &str) -> Option<Party> {
        let url = url::Url::parse(public_url).ok()?;
        let id = url.domain()?.to_owned();
        let is_local = id == "localhost" || id.ends_with(".localhost");
        let is_safe = url.scheme() == "https" || (url.scheme() == "http" && is_local);
        is_safe.then(|| Party {
            id,
            origin: url.origin().ascii_serialization(),
        })
    }
}

/// The signatures we check, in the order we like them: ES256, EdDSA, RS256.
pub const ALGORITHMS: [i64; 3] = [-7, -8, -257];

/// Why something was not accepted; for the log.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum No {
    /// The browser's own words cannot be read, or are about something else.
    ClientData,
    /// Not the challenge that was given.
    Challenge,
    /// A page of another site.
    Origin,
    /// The authenticator's words cannot be read.
    AuthenticatorData,
    /// For another domain.
    Party,
    /// Nobody was there, or was not asked who they are.
    Presence,
    /// A kind of key that we do not check.
    Key,
    /// The signature is not the key's.
    Signature,
    /// The authenticator counts backwards: somebody copied it.
    Counter,
}

/// A key as it is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Registered {
    /// The authenticator's name for it.
    pub credential: Vec<u8>,
    /// The public key, as COSE spells it.
    pub public_key: Vec<u8>,
    /// How often it was used, as the authenticator counts.
    pub counter: i64,
}

/// Which deed the browser's words are about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Deed {
    Create,
    Get,
}

/// The challenge that the browser's words name, not believed yet.
pub fn challenge_named(client_data: &[u8]) -> Option<String> {
    let data: serde_json::Value = serde_json::from_slice(client_data).ok()?;
    data["challenge"].as_str().map(str::to_owned)
}

fn check_client_data(
    client_data: &[u8],
    deed: Deed,
    challenge: &str,
    party: &Party,
) -> Result<(), No> {
    let data: serde_json::Value =
        serde_json::from_slice(client_data).map_err(|_| No::ClientData)?;
    let kind = match deed {
        Deed::Create => "webauthn.create",
        Deed::Get => "webauthn.get",
    };
    if data["type"].as_str() != Some(kind) {
        return Err(No::ClientData);
    }
    if data["challenge"].as_str() != Some(challenge) {
        return Err(No::Challenge);
    }
    let is_framed = data["crossOrigin"].as_bool().unwrap_or(false);
    if data["origin"].as_str() != Some(party.origin.as_str()) || is_framed {
        return Err(No::Origin);
    }
    Ok(())
}

/// What the authenticator says in every ceremony, and what follows.
struct Said<'a> {
    flags: u8,
    counter: i64,
    rest: &'a [u8],
}

const PRESENT: u8 = 0x01;
const VERIFIED: u8 = 0x04;
const HAS_KEY: u8 = 0x40;

fn read<'a>(data: &'a [u8], party: &Party) -> Result<Said<'a>, No> {
    let (head, rest) = data.split_at_checked(37).ok_or(No::AuthenticatorData)?;
    if head[..32] != *digest(&SHA256, party.id.as_bytes()).as_ref() {
        return Err(No::Party);
    }
    let flags = head[32];
    // A passkey stands for both factors, so its holder must have been asked who they are.
    if flags & PRESENT == 0 || flags & VERIFIED == 0 {
        return Err(No::Presence);
    }
    let counter = head[33..37]
        .iter()
        .fold(0i64, |n, byte| (n << 8) | i64::from(*byte));
    Ok(Said {
        flags,
        counter,
        rest,
    })
}

/// A new passkey, from what the browser brought.
pub fn register(
    party: &Party,
    challenge: &str,
    client_data: &[u8],
    attestation: &[u8],
) -> Result<Registered, No> {
    check_client_data(client_data, Deed::Create, challenge, party)?;
    let object: Value = ciborium::from_reader(attestation).map_err(|_| No::AuthenticatorData)?;
    let data = field(&object, &Value::from("authData"))
        .and_then(Value::as_bytes)
        .ok_or(No::AuthenticatorData)?;
    let said = read(data, party)?;
    if said.flags & HAS_KEY == 0 {
        return Err(No::AuthenticatorData);
    }
    // 16 bytes name the model, two the length of the credential's own name.
    let (head, rest) = said
        .rest
        .split_at_checked(18)
        .ok_or(No::AuthenticatorData)?;
    let length = (usize::from(head[16]) << 8) | usize::from(head[17]);
    if length == 0 || length > 1_023 {
        return Err(No::AuthenticatorData);
    }
    let (credential, rest) = rest.split_at_checked(length).ok_or(No::AuthenticatorData)?;
    let mut left = rest;
    let key: Value = ciborium::from_reader(&mut left).map_err(|_| No::Key)?;
    let public_key = &rest[..rest.len() - left.len()];
    if Key::of(&key).is_none() {
        return Err(No::Key);
    }
    Ok(Registered {
        credential: credential.to_vec(),
        public_key: public_key.to_vec(),
        counter: said.counter,
    })
}

/// A use of a passkey; gives what the authenticator counts now.
pub fn verify(
    party: &Party,
    challenge: &str,
    known: &Registered,
    client_data: &[u8],
    authenticator_data: &[u8],
    signature: &[u8],
) -> Result<i64, No> {
    check_client_data(client_data, Deed::Get, challenge, party)?;
    let said = read(authenticator_data, party)?;
    let key: Value = ciborium::from_reader(known.public_key.as_slice()).map_err(|_| No::Key)?;
    let key = Key::of(&key).ok_or(No::Key)?;
    let signed = [authenticator_data, digest(&SHA256, client_data).as_ref()].concat();
    if !key.signed(&signed, signature) {
        return Err(No::Signature);
    }
    // Most synchronised passkeys count nothing and say 0 for ever.
    if (said.counter != 0 || known.counter != 0) && said.counter <= known.counter {
        return Err(No::Counter);
    }
    Ok(said.counter)
}

/// A public key of a kind we check.
enum Key {
    P256(Vec<u8>),
    Ed25519(Vec<u8>),
    Rsa(Vec<u8>, Vec<u8>),
}

impl Key {
    /// RFC 9053: 1 names the family, 3 the algorithm, the negatives its parts.
    fn of(cose: &Value) -> Option<Key> {
        let number = |label: i64| {
            let value = field(cose, &Value::from(label))?;
            i64::try_from(value.as_integer()?).ok()
        };
        let bytes = |label: i64, length: Option<usize>| {
            let bytes = field(cose, &Value::from(label))?.as_bytes()?.clone();
            length.is_none_or(|n| bytes.len() == n).then_some(bytes)
        };
        match (number(1)?, number(3)?) {
            (2, -7) if number(-1)? == 1 => {
                let (x, y) = (bytes(-2, Some(32))?, bytes(-3, Some(32))?);
                Some(Key::P256([&[4u8][..], &x, &y].concat()))
            }
            (1, -8) if number(-1)? == 6 => bytes(-2, Some(32)).map(Key::Ed25519),
            (3, -257) => Some(Key::Rsa(bytes(-1, None)?, bytes(-2, None)?)),
            _ => None,
        }
    }

    fn signed(&self, message: &[u8], signature: &[u8]) -> bool {
        match self {
            Key::P256(point) => UnparsedPublicKey::new(&ECDSA_P256_SHA256_ASN1, point)
                .verify(message, signature)
                .is_ok(),
            Key::Ed25519(point) => UnparsedPublicKey::new(&ED25519, point)
                .verify(message, signature)
                .is_ok(),
            Key::Rsa(n, e) => RsaPublicKeyComponents { n, e }
                .verify(&RSA_PKCS1_2048_8192_SHA256, message, signature)
                .is_ok(),
        }
    }
}

fn field<'a>(map: &'a Value, label: &Value) -> Option<&'a Value> {
    map.as_map()?
        .iter()
        .find(|(key, _)| key == label)
        .map(|(_, value)| value)
}

/// Bytes as the browser's side spells them.
pub fn spelled(bytes: &[u8]) -> String {
    BASE64URL_NOPAD.encode(bytes)
}

/// The bytes of such a spelling, up to 64 KiB.
pub fn unspelled(text: &str) -> Option<Vec<u8>> {
    let text = text.trim();
    (text.len() < 88_000)
        .then(|| BASE64URL_NOPAD.decode(text.as_bytes()).ok())
        .flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_party_is_a_domain_reached_by_tls_or_this_machine() {
        let of = |url| Party::of(url).map(|p| (p.id, p.origin));
        let pair = |a: &str, b: &str| Some((a.to_owned(), b.to_owned()));
        assert_eq!(
            of("https://Help.Example.org/"),
            pair("help.example.org", "https://help.example.org")
        );
        assert_eq!(
            of("https://help.example.org:8443"),
            pair("help.example.org", "https://help.example.org:8443")
        );
        assert_eq!(
            of("http://localhost:8080"),
            pair("localhost", "http://localhost:8080")
        );
        for url in [
            "http://help.example.org",
            "https://192.0.2.1",
            "http://127.0.0.1:8080",
            "nonsense",
        ] {
            assert_eq!(of(url), None, "{url}");
        }
    }

    #[test]
    fn nonsense_is_refused_and_nothing_breaks() {
        let party = Party {
            id: "a.example".to_owned(),
            origin: "https://a.example".to_owned(),
        };
        let good = br#"{"type":"webauthn.create","challenge":"c","origin":"https://a.example"}"#;
        for attestation in [
            &b""[..],
            b"\xa0",
            b"\xff\xff",
            &[0x81; 400],
            b"\xa1hauthDataA\x00",
        ] {
            assert!(register(&party, "c", good, attestation).is_err());
        }
        for (said, no) in [
            (&br#"{"type":"webauthn.get","challenge":"c","origin":"https://a.example"}"#[..], No::ClientData),
            (br#"{"type":"webauthn.create","challenge":"d","origin":"https://a.example"}"#, No::Challenge),
            (br#"{"type":"webauthn.create","challenge":"c","origin":"https://b.example"}"#, No::Origin),
            (br#"{"type":"webauthn.create","challenge":"c","origin":"https://a.example","crossOrigin":true}"#, No::Origin),
            (b"[]", No::ClientData),
            (b"\xff", No::ClientData),
        ] {
            assert_eq!(register(&party, "c", said, b"\xa0"), Err(no));
        }
    }
}
