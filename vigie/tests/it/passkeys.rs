//! Passkeys, with an authenticator made of software that speaks as the standard says.

use ciborium::Value;
use data_encoding::BASE64URL_NOPAD;
use kit::clock::Span;
use kit::db::Ask;
use kit::{global, record};
use ring::digest::{SHA256, digest};
// An authenticator's chance is its own.
use ring::rand as fair;
use ring::signature::{ECDSA_P256_SHA256_ASN1_SIGNING, EcdsaKeyPair, KeyPair};

use crate::desk::{Answer, Browser, Desk, PASSWORD};

const HERE: &str = "https://desk.example";
const AT_TLS: &[(&str, &str)] = &[("public_url", HERE)];

record! { struct Row { counter: i64 } }

/// Somebody's phone.
#[derive(Clone)]
struct Authenticator {
    key: Vec<u8>,
    id: Vec<u8>,
    counter: u32,
    party: &'static str,
    origin: &'static str,
    /// Present, verified.
    flags: u8,
    handle: Vec<u8>,
}

impl Authenticator {
    fn new(id: &str) -> Authenticator {
        let kind = &ECDSA_P256_SHA256_ASN1_SIGNING;
        let document = EcdsaKeyPair::generate_pkcs8(kind, &fair::SystemRandom::new()).unwrap();
        Authenticator {
            key: document.as_ref().to_vec(),
            id: id.as_bytes().to_vec(),
            counter: 0,
            party: "desk.example",
            origin: HERE,
            flags: 0x05,
            handle: vec![],
        }
    }

    fn key(&self) -> EcdsaKeyPair {
        let kind = &ECDSA_P256_SHA256_ASN1_SIGNING;
        EcdsaKeyPair::from_pkcs8(kind, &self.key, &fair::SystemRandom::new()).unwrap()
    }

    fn client_data(&self, kind: &str, challenge: &str) -> Vec<u8> {
        serde_json::json!({ "type": kind, "challenge": challenge, "origin": self.origin, "crossOrigin": false })
            .to_string()
            .into_bytes()
    }

    fn data(&self, more: u8) -> Vec<u8> {
        let mut data = digest(&SHA256, self.party.as_bytes()).as_ref().to_vec();
        data.push(self.flags | more);
        data.extend(self.counter.to_be_bytes());
        data
    }

    /// The fields of a new passkey's form.
    fn creates(&mut self, challenge: &str) -> Vec<(&'static str, String)> {
        self.counter += 1;
        let point = self.key().public_key().as_ref().to_vec();
        let int = |n: i64| Value::from(n);
        let cose = Value::Map(vec![
            (int(1), int(2)),
            (int(3), int(-7)),
            (int(-1), int(1)),
            (int(-2), Value::Bytes(point[1..33].to_vec())),
            (int(-3), Value::Bytes(point[33..].to_vec())),
        ]);
        let mut data = self.data(0x40);
        data.extend([0; 16]);
        data.extend(u16::try_from(self.id.len()).unwrap().to_be_bytes());
        data.extend(&self.id);
        ciborium::into_writer(&cose, &mut data).unwrap();
        let object = Value::Map(vec![
            (Value::from("fmt"), Value::from("none")),
            (Value::from("attStmt"), Value::Map(vec![])),
            (Value::from("authData"), Value::Bytes(data)),
        ]);
        let mut attestation = vec![];
        ciborium::into_writer(&object, &mut attestation).unwrap();
        vec![
            (
                "client_data",
                BASE64URL_NOPAD.encode(&self.client_data("webauthn.create", challenge)),
            ),
            ("authenticator", BASE64URL_NOPAD.encode(&attestation)),
        ]
    }

    /// The fields of a sign-in.
    fn signs(&mut self, challenge: &str) -> Vec<(&'static str, String)> {
        self.counter += 1;
        let client_data = self.client_data("webauthn.get", challenge);
        let data = self.data(0);
        let signed = [&data[..], digest(&SHA256, &client_data).as_ref()].concat();
        let signature = self
            .key()
            .sign(&fair::SystemRandom::new(), &signed)
            .unwrap();
        vec![
            ("client_data", BASE64URL_NOPAD.encode(&client_data)),
            ("authenticator", BASE64URL_NOPAD.encode(&data)),
            ("signature", BASE64URL_NOPAD.encode(signature.as_ref())),
            ("handle", BASE64URL_NOPAD.encode(&self.handle)),
            ("credential", BASE64URL_NOPAD.encode(&self.id)),
        ]
    }
}

async fn options(browser: &mut Browser<'_>, page: &str, path: &str) -> serde_json::Value {
    let answer = browser.posts(page, path, &[]).await;
    assert_eq!(answer.status, 200, "{}", answer.text);
    serde_json::from_str(&answer.text).unwrap()
}

async fn challenge_to_enter(browser: &mut Browser<'_>) -> String {
    let options = options(browser, "/login", "/login/passkey/challenge").await;
    assert_eq!(
        (&options["rpId"], &options["userVerification"]),
        (&"desk.example".into(), &"required".into())
    );
    options["challenge"].as_str().unwrap().to_owned()
}

async fn sends(
    browser: &mut Browser<'_>,
    page: &str,
    path: &str,
    fields: &[(&'static str, String)],
) -> Answer {
    let fields: Vec<(&str, &str)> = fields.iter().map(|(k, v)| (*k, v.as_str())).collect();
    browser.posts(page, path, &fields).await
}

async fn adds(browser: &mut Browser<'_>, phone: &mut Authenticator, password: &str) -> Answer {
    let page = "/preferences/passkeys";
    let options = options(browser, page, "/preferences/passkeys/challenge").await;
    assert_eq!(options["rp"]["id"], "desk.example");
    assert_eq!(options["attestation"], "none");
    let handle = options["user"]["id"].as_str().unwrap();
    phone.handle = BASE64URL_NOPAD.decode(handle.as_bytes()).unwrap();
    let mut fields = phone.creates(options["challenge"].as_str().unwrap());
    fields.push(("name", "My phone".to_owned()));
    fields.push(("password", password.to_owned()));
    sends(browser, page, page, &fields).await
}

async fn enters<'a>(desk: &'a Desk, phone: &mut Authenticator) -> (Browser<'a>, Answer) {
    let mut browser = desk.browser();
    let challenge = challenge_to_enter(&mut browser).await;
    let fields = phone.signs(&challenge);
    let answer = sends(&mut browser, "/login", "/login/passkey", &fields).await;
    (browser, answer)
}

/// What somebody else's phone, or a lying one, does otherwise.
type Spoil = fn(&mut Authenticator);

/// Over TLS the session's cookie has another name.
fn is_in(answer: &Answer) -> bool {
    answer
        .cookie("__Host-vigie_session")
        .is_some_and(|c| !c.contains("Max-Age=0"))
}

at_a_desk! {
    set AT_TLS,
    async fn a_passkey_is_added_with_the_password_and_signs_in_without_one(desk) {
        let mut ben = desk.signed_in("ben").await;
        let mut phone = Authenticator::new("a credential of ben");
        assert_eq!(adds(&mut ben, &mut phone, "wrong password").await.status, 422);
        let added = adds(&mut ben, &mut phone, PASSWORD).await;
        assert_eq!(added.location(), "/preferences/passkeys", "{}", added.text);
        let page = ben.gets("/preferences/passkeys").await.text;
        assert!(page.contains("value=\"My phone\"") && page.contains("Never used"), "{page}");
        let twice = adds(&mut ben, &mut phone, PASSWORD).await;
        assert_eq!(twice.status, 422);
        assert!(twice.text.contains("registered already"));

        let (mut browser, answer) = enters(desk, &mut phone).await;
        assert!(is_in(&answer), "{answer:?}");
        assert_eq!(answer.location(), "/");
        assert!(browser.is_inside().await);
        // Whose it is says the key, not the form: the address of nobody was typed.
        assert!(browser.gets("/preferences").await.text.contains("ben"));
        let comings = desk.comings("ben").await;
        assert!(comings.last().is_some_and(|it| it.contains(r#"["means",null,"passkey"]"#)), "{comings:?}");
        desk.disables("ben").await;
        assert!(!is_in(&enters(desk, &mut phone).await.1));
    }
}

at_a_desk! {
    set AT_TLS,
    async fn what_another_site_another_key_or_nobody_says_opens_nothing(desk) {
        let mut ben = desk.signed_in("ben").await;
        let mut phone = Authenticator::new("a credential of ben");
        adds(&mut ben, &mut phone, PASSWORD).await;
        let spoil: [(&str, Spoil); 6] = [
            ("another origin", |p| p.origin = "https://desk.example.evil.example"),
            ("another domain", |p| p.party = "evil.example"),
            ("nobody there", |p| p.flags = 0x04),
            ("not asked who they are", |p| p.flags = 0x01),
            ("somebody else's handle", |p| p.handle = vec![7; 32]),
            ("another key", |p| p.key = Authenticator::new("x").key),
        ];
        for (why, spoils) in spoil {
            let mut wrong = phone.clone();
            spoils(&mut wrong);
            let answer = enters(desk, &mut wrong).await.1;
            assert!(!is_in(&answer) && answer.location() == "/login", "{why}: {answer:?}");
        }
        assert!(is_in(&enters(desk, &mut phone).await.1), "as it should be");
        let mut stranger = Authenticator::new("nobody's credential");
        assert!(!is_in(&enters(desk, &mut stranger).await.1));
    }
}

at_a_desk! {
    set AT_TLS,
    async fn a_challenge_is_answered_once_in_time_by_whom_it_was_made_for(desk) {
        let mut ben = desk.signed_in("ben").await;
        let mut phone = Authenticator::new("a credential of ben");
        adds(&mut ben, &mut phone, PASSWORD).await;
        let mut browser = desk.browser();
        let challenge = challenge_to_enter(&mut browser).await;
        let fields = phone.signs(&challenge);
        assert!(is_in(&sends(&mut browser, "/login/mailed", "/login/passkey", &fields).await));
        // Replayed, with a counter that goes on or not.
        let mut thief = desk.browser();
        assert!(!is_in(&sends(&mut thief, "/login", "/login/passkey", &fields).await));
        let again = phone.signs(&challenge);
        assert!(!is_in(&sends(&mut thief, "/login", "/login/passkey", &again).await));
        // Too late.
        let challenge = challenge_to_enter(&mut thief).await;
        desk.app.clock.advance(Span::minutes(5));
        let late = phone.signs(&challenge);
        assert!(!is_in(&sends(&mut thief, "/login", "/login/passkey", &late).await));
        // Invented, and one that was made for adding.
        let invented = phone.signs("aW52ZW50ZWQ");
        assert!(!is_in(&sends(&mut thief, "/login", "/login/passkey", &invented).await));
        let options = options(&mut ben, "/preferences/passkeys", "/preferences/passkeys/challenge").await;
        let crossed = phone.signs(options["challenge"].as_str().unwrap());
        assert!(!is_in(&sends(&mut thief, "/login", "/login/passkey", &crossed).await));
        // Nobody adds a key with a challenge of somebody else.
        let mut dora = desk.signed_in("dora").await;
        let mut hers = Authenticator::new("a credential of dora");
        let mut fields = hers.creates(options["challenge"].as_str().unwrap());
        fields.push(("name", "x".to_owned()));
        fields.push(("password", PASSWORD.to_owned()));
        let page = "/preferences/passkeys";
        assert_eq!(sends(&mut dora, page, page, &fields).await.status, 422);
    }
}

at_a_desk! {
    set AT_TLS,
    async fn a_copied_authenticator_counts_backwards_and_is_refused(desk) {
        let mut ben = desk.signed_in("ben").await;
        let mut phone = Authenticator::new("a credential of ben");
        adds(&mut ben, &mut phone, PASSWORD).await;
        phone.counter = 40;
        assert!(is_in(&enters(desk, &mut phone).await.1));
        phone.counter = 40;
        assert!(!is_in(&enters(desk, &mut phone).await.1), "the same count");
        phone.counter = 3;
        assert!(!is_in(&enters(desk, &mut phone).await.1), "an earlier one");
        let row: Row = desk.app.db.read().one(global!("SELECT counter FROM passkeys")).await.unwrap();
        assert_eq!(row.counter, 41);
        phone.counter = 41;
        assert!(is_in(&enters(desk, &mut phone).await.1));
    }
}

at_a_desk! {
    set AT_TLS,
    async fn passkeys_are_named_and_taken_away_by_their_owner_only(desk) {
        let mut ben = desk.signed_in("ben").await;
        let mut phone = Authenticator::new("a credential of ben");
        adds(&mut ben, &mut phone, PASSWORD).await;
        let page = "/preferences/passkeys";
        let id = ben.gets(page).await.text.split("/preferences/passkeys/").skip(1)
            .map(|rest| rest.split(['/', '"']).next().unwrap().to_owned())
            .find(|id| id.parse::<i64>().is_ok()).unwrap();
        let (name, gone) = (format!("{page}/{id}"), format!("{page}/{id}/removal"));
        let mut dora = desk.signed_in("dora").await;
        assert_eq!(dora.posts(page, &name, &[("name", "mine"), ("version", "1")]).await.status, 404);
        dora.posts(page, &gone, &[]).await;
        assert!(ben.gets(page).await.text.contains("My phone"));
        assert_eq!(ben.posts(page, &name, &[("name", " "), ("version", "1")]).await.status, 422);
        assert_eq!(ben.posts(page, &name, &[("name", "Old phone"), ("version", "1")]).await.status, 303);
        let stale = ben.posts(page, &name, &[("name", "New phone"), ("version", "1")]).await;
        assert_eq!(stale.status, 409);
        assert!(stale.text.contains("value=\"New phone\""), "what was typed stays");
        ben.posts(page, &gone, &[]).await;
        assert!(!is_in(&enters(desk, &mut phone).await.1));
        assert_eq!(ben.posts(page, &gone, &[]).await.status, 303, "twice is no fault");
        assert_eq!(desk.noted("ben").await.0, ["passkey_added", "passkey_removed"]);
        assert!(desk.noted("dora").await.0.is_empty());
    }
}

at_a_desk! {
    async fn without_tls_or_a_name_passkeys_are_not_offered(desk) {
        let mut ben = desk.signed_in("ben").await;
        assert!(ben.gets("/preferences/passkeys").await.text.contains("only at an https address"));
        assert_eq!(ben.posts("/preferences", "/preferences/passkeys/challenge", &[]).await.status, 422);
        assert!(!desk.browser().gets("/login").await.text.contains("data-passkey"));
    }
}
