//! Mailboxes with tokens as administrators keep them: the form, the way to the provider and back, and who may not come back.

use kit::clock::Span;
use serde_json::json;
use vigie::policy::{self, AgentScope, Role};

use super::super::dovecot::LOGIN;
use super::super::settings::{PAGE, calls, form, posts, with_an_address};
use super::*;
use crate::desk::{Answer, Desk};

/// The address of the provider that a page leads to.
fn way(answer: &Answer) -> String {
    assert_eq!(answer.status, 200, "{}", answer.text);
    let at = answer
        .text
        .split("href=\"")
        .find(|it| it.contains("code_challenge"))
        .unwrap();
    at.split('"')
        .next()
        .unwrap()
        .replace("&#38;", "&")
        .replace("&amp;", "&")
}

/// Where the provider sends somebody back to.
fn back(code: &str, state: &str) -> String {
    format!("/admin/mailboxes/connection?code={code}&state={state}")
}

/// All that stands in the tables about mailboxes, as text.
async fn stored(desk: &Desk) -> String {
    record! { struct Row { text: String } }
    let rows: Vec<Row> = desk
        .app
        .db
        .read()
        .all(global!(
            "SELECT password_sealed || ' ' || client_secret_sealed || ' ' || refresh_token_sealed AS text FROM mailboxes \
             UNION ALL SELECT state_hash || ' ' || verifier_sealed FROM mailbox_connections \
             UNION ALL SELECT fault_said || ' ' || test_said FROM mailbox_states"
        ))
        .await
        .unwrap();
    rows.into_iter().map(|it| it.text).collect()
}

/// The fields of a mailbox at a provider of one's own, to which somebody has to go.
fn at_provider(urls: &(String, String)) -> Vec<(&str, &str)> {
    vec![
        ("sign_in", "other"),
        ("password", ""),
        ("client_id", CLIENT),
        ("client_secret", SECRET),
        ("authorize_url", &urls.0),
        ("token_url", &urls.1),
        ("token_scope", "mail offline"),
    ]
}

at_a_desk! {
    // COMP-07: what the database holds of secrets is sealed, and nothing shows it.
    async fn a_mailbox_is_connected_by_whoever_set_out_once_and_in_time(desk) {
        let channel = with_an_address(desk).await.to_string();
        let (provider, server) = (Provider::start().await, server().await);
        let (port, urls) = (server.port.to_string(), (provider.at("/authorize?x=1"), provider.at("/token")));
        let mut ada = desk.signed_in("ada").await;
        let fields = at_provider(&urls);
        let added = posts(&mut ada, PAGE, &form(&channel, &port, &fields)).await;
        assert_eq!((added.status, added.location()), (303, "/admin/mailboxes?mailbox=1#mailbox-1"), "{}", added.text);
        let shown = ada.gets(PAGE).await.text;
        assert!(shown.contains("Not allowed yet") && shown.contains("http://desk.example/admin/mailboxes/connection"), "{shown}");
        posts(&mut ada, "/admin/mailboxes/1/test", &[]).await;
        assert!(ada.gets(PAGE).await.text.contains("Nobody has allowed Vigie at 127.0.0.1 to read this mailbox"));
        assert_eq!(provider.asked(), 0);
        let connection = "/admin/mailboxes/1/connection";
        let lost = "This way back is no longer good";
        // Another session, though it is the same person's, does not come back on this way, and nobody does then.
        let mut elsewhere = desk.signed_in("ada").await;
        let (code, state) = provider.allows(&way(&posts(&mut ada, connection, &[]).await));
        for browser in [&mut elsewhere, &mut ada] {
            assert_eq!(browser.gets(&back(&code, &state)).await.location(), PAGE);
            assert!(browser.gets(PAGE).await.text.contains(lost));
        }
        // Too late.
        let (code, state) = provider.allows(&way(&posts(&mut ada, connection, &[]).await));
        desk.app.clock.advance(Span::minutes(10));
        assert_eq!(ada.gets(&back(&code, &state)).await.location(), PAGE);
        // Whoever sets out anew comes back on the new way alone.
        let (code, state) = provider.allows(&way(&posts(&mut ada, connection, &[]).await));
        let (_, newer) = provider.allows(&way(&posts(&mut ada, connection, &[]).await));
        assert_eq!(ada.gets(&back(&code, &state)).await.location(), PAGE);
        assert_eq!(ada.gets(&format!("/admin/mailboxes/connection?error=access_denied&state={newer}")).await.location(), "/admin/mailboxes?mailbox=1#mailbox-1");
        assert!(ada.gets(PAGE).await.text.contains("Nothing was allowed at the provider"));
        // Nobody comes back to what is another mailbox by now.
        let (code, state) = provider.allows(&way(&posts(&mut ada, connection, &[]).await));
        let kept = [fields.as_slice(), &[("client_secret", ""), ("name", "Renamed"), ("version", "1")]].concat();
        let renamed = posts(&mut ada, "/admin/mailboxes/1", &form(&channel, &port, &kept)).await;
        assert_eq!(renamed.status, 303, "{}", renamed.text);
        assert_eq!(ada.gets(&back(&code, &state)).await.location(), PAGE);
        for nonsense in ["", "?state=x&code=y", "?error=x", "?state="] {
            assert_eq!(ada.gets(&format!("/admin/mailboxes/connection{nonsense}")).await.location(), PAGE, "{nonsense}");
        }
        assert_eq!(provider.asked(), 0, "no code was shown to anybody");
        // And at last it is connected.
        let href = way(&posts(&mut ada, connection, &[]).await);
        assert!(href.starts_with(&format!("{}&", urls.0)) && href.contains("scope=mail+offline") && href.contains("login_hint=support"), "{href}");
        let (code, state) = provider.allows(&href);
        assert_eq!(ada.gets(&back(&code, &state)).await.location(), "/admin/mailboxes?mailbox=1#mailbox-1");
        let shown = ada.gets(PAGE).await.text;
        assert!(shown.contains("Mailbox connected.") && shown.contains("Allowed") && shown.contains("Connect again"), "{shown}");
        assert_eq!(ada.gets(&back(&code, &state)).await.location(), PAGE, "a way is gone once");
        posts(&mut ada, "/admin/mailboxes/1/test", &[]).await;
        let shown = ada.gets(PAGE).await.text;
        assert!(shown.contains("The connection works."), "{shown}");
        let (_, all) = calls(desk, "ada", "GET", "/api/v1/mailboxes", json!({})).await;
        assert_eq!((&all["items"][0]["connected"], &all["items"][0]["sign_in"]), (&json!(true), &json!("other")), "{all}");
        let told = ada.gets("/admin/journal").await.text;
        assert!(told.contains("Mailbox connected") && told.contains("Another provider (OAuth2)"), "{told}");
        for text in [shown, told, all.to_string(), stored(desk).await] {
            for secret in [SECRET, "r3fresh", "token-1", code.as_str(), state.as_str()] {
                assert!(!text.contains(secret), "{secret}: {text}");
            }
        }
    }
}

at_a_desk! {
    async fn whoever_changes_where_secrets_go_has_to_know_them(desk) {
        let channel = with_an_address(desk).await.to_string();
        let (provider, server) = (Provider::start().await, server().await);
        let (port, urls) = (server.port.to_string(), (provider.at("/authorize"), provider.at("/token")));
        let mut ada = desk.signed_in("ada").await;
        let fields = at_provider(&urls);
        posts(&mut ada, PAGE, &form(&channel, &port, &fields)).await;
        let (code, state) = provider.allows(&way(&posts(&mut ada, "/admin/mailboxes/1/connection", &[]).await));
        ada.gets(&back(&code, &state)).await;
        let version = async |desk: &Desk| {
            let owner = policy::actor(1, Some((Role::Owner, AgentScope::Group)));
            let may = channels::keeper(&owner).unwrap();
            boxes::find(&mut desk.app.db.read(), &may, MailboxId(1)).await.unwrap()
        };
        let stands = version(desk).await;
        assert!(stands.is_connected && stands.version == 2);
        let mallory = Provider::start().await;
        let (there, also_there) = (mallory.at("/token"), mallory.at("/authorize"));
        for other in [("token_url", there.as_str()), ("authorize_url", &also_there), ("client_id", "other"), ("host", "127.0.0.1"), ("login", "mallory"), ("port", "9")] {
            let all = [fields.as_slice(), &[("client_secret", ""), ("version", "2"), other]].concat();
            let stolen = posts(&mut ada, "/admin/mailboxes/1", &form(&channel, &port, &all)).await;
            assert!(stolen.status == 422 && stolen.text.contains("Type the client secret again"), "{other:?}: {}", stolen.text);
        }
        // Who knows the secret of the application goes elsewhere with it, and with nothing of what was allowed before.
        let all = [fields.as_slice(), &[("version", "2"), ("token_url", there.as_str())]].concat();
        assert_eq!(posts(&mut ada, "/admin/mailboxes/1", &form(&channel, &port, &all)).await.status, 303);
        assert!(!version(desk).await.is_connected);
        posts(&mut ada, "/admin/mailboxes/1/test", &[]).await;
        assert_eq!(mallory.asked(), 0);
        // A password of before is gone with it, and the other way round.
        let all = [("sign_in", "password"), ("version", "3"), ("password", "")];
        let refused = posts(&mut ada, "/admin/mailboxes/1", &form(&channel, &port, &all)).await;
        assert!(refused.status == 422, "{}", refused.text);
        let all = [("sign_in", "password"), ("version", "3")];
        assert_eq!(posts(&mut ada, "/admin/mailboxes/1", &form(&channel, &port, &all)).await.status, 303);
        assert!(!version(desk).await.has_client_secret);
        // What is not to be sent anywhere is refused at its field.
        for (field, value, says) in [
            ("token_url", "http://login.example.org/token", "begins with https://"),
            ("token_url", "https://me:pw@login.example.org/token", "begins with https://"),
            ("authorize_url", "javascript:alert(1)", "begins with https://"),
            ("client_id", "", "This field is required"),
        ] {
            let all = [fields.as_slice(), &[("name", "Second"), (field, value)]].concat();
            let refused = posts(&mut ada, PAGE, &form(&channel, &port, &all)).await;
            assert!(refused.status == 422 && refused.text.contains(says) && !refused.text.contains(SECRET), "{field}: {}", refused.text);
        }
        for tenant in ["", "..", "a/b", "x?y", "nordet.example/../common"] {
            let all = [("sign_in", "microsoft"), ("tenant", tenant), ("client_id", CLIENT), ("client_secret", SECRET)];
            let refused = posts(&mut ada, PAGE, &form(&channel, &port, &all)).await;
            assert_eq!(refused.status, 422, "{tenant}");
        }
    }
}

at_a_desk! {
    async fn programs_say_how_a_mailbox_signs_in_and_never_read_with_what(desk) {
        let channel = with_an_address(desk).await;
        let (provider, server) = (Provider::start().await, server().await);
        let mut body = json!({"name": "Support", "host": "localhost", "port": server.port, "protection": "none", "login": LOGIN,
            "channel": channel, "sign_in": "other", "client_id": CLIENT, "client_secret": SECRET, "token_url": provider.at("/token")});
        let (status, refused) = calls(desk, "ada", "POST", "/api/v1/mailboxes", body.clone()).await;
        assert!(status == 422 && refused.to_string().contains("refresh_token"), "{refused}");
        body["refresh_token"] = json!(FIRST);
        let (status, made) = calls(desk, "ada", "POST", "/api/v1/mailboxes", body).await;
        assert_eq!((status, &made["connected"]), (201, &json!(true)), "{made}");
        let path = format!("/api/v1/mailboxes/{}", made["id"]);
        let test = async || calls(desk, "ada", "POST", &format!("{path}/test"), json!({})).await.1;
        assert_eq!(test().await["works"], json!(true));
        let (status, _) = calls(desk, "ada", "PATCH", &path, json!({"token_url": "https://mallory.example/token"})).await;
        assert_eq!(status, 422);
        let (status, changed) = calls(desk, "ada", "PATCH", &path, json!({"client_secret": "wrong"})).await;
        assert_eq!((status, &changed["connected"]), (200, &json!(true)), "{changed}");
        let test = test().await;
        assert_eq!(test["fault"]["fault"], json!("client_refused"), "{test}");
        assert!(test["fault"]["sentence"].as_str().unwrap().contains("127.0.0.1"), "{test}");
        let (status, microsoft) = calls(desk, "ada", "PATCH", &path, json!({"sign_in": "microsoft", "tenant": "nordet.example", "client_secret": SECRET})).await;
        assert_eq!((status, &microsoft["connected"], &microsoft["token_url"]), (200, &json!(null), &json!("")), "{microsoft}");
        for said in [made, changed, test, microsoft] {
            let said = said.to_string();
            assert!(!said.contains(SECRET) && !said.contains("r3fresh") && !said.contains("sealed"), "{said}");
        }
        // Google is a place that everybody knows; where it leads is looked at, and nobody goes there.
        let google = json!({"name": "Google", "host": "imap.gmail.com", "login": "help@nordet.example", "channel": channel,
            "sign_in": "google", "client_id": CLIENT, "client_secret": SECRET, "active": false});
        let (status, google) = calls(desk, "ada", "POST", "/api/v1/mailboxes", google).await;
        assert_eq!((status, &google["connected"]), (201, &json!(false)), "{google}");
        let mut ada = desk.signed_in("ada").await;
        let page = posts(&mut ada, &format!("/admin/mailboxes/{}/connection", google["id"]), &[]).await;
        let href = way(&page);
        assert!(href.starts_with("https://accounts.google.com/o/oauth2/v2/auth?response_type=code&client_id="), "{href}");
        for part in ["scope=https%3A%2F%2Fmail.google.com%2F", "access_type=offline", "prompt=consent", "redirect_uri=http%3A%2F%2Fdesk.example%2Fadmin%2Fmailboxes%2Fconnection"] {
            assert!(href.contains(part), "{part}: {href}");
        }
        assert!(page.text.contains("Go on to accounts.google.com"), "{}", page.text);
        // Where nobody has to allow anything, nobody is sent anywhere.
        let nowhere = posts(&mut ada, "/admin/mailboxes/1/connection", &[]).await;
        assert_eq!((nowhere.status, nowhere.location()), (303, "/admin/mailboxes?mailbox=1#mailbox-1"));
    }
}
