//! Mailboxes as administrators keep them: through the page and the API.

use axum::body::Body;
use axum::http::Request;
use serde_json::{Value, json};

use super::dovecot::{Dovecot, LOGIN, Offers, PASSWORD};
use super::scripted::{Says, Scripted};
use super::{Arc, Dice, Taking, keeper, numbered, told, until, watch};
use crate::desk::{Browser, Desk};

pub async fn calls(desk: &Desk, who: &str, method: &str, path: &str, body: Value) -> (u16, Value) {
    let token = desk.token(who).await;
    let request = Request::builder()
        .method(method)
        .uri(path)
        .header("authorization", format!("Bearer {token}"))
        .header("content-type", "application/json")
        .body(Body::from(body.to_string()))
        .unwrap();
    let answer = desk.sends(request).await;
    (
        answer.status,
        serde_json::from_str(&answer.text).unwrap_or_default(),
    )
}

/// The set-up of a desk with a department and a receiving address; its channel.
pub async fn with_an_address(desk: &Desk) -> i64 {
    let (status, department) = calls(
        desk,
        "ada",
        "POST",
        "/api/v1/departments",
        json!({"name": "Blue"}),
    )
    .await;
    assert!(status < 300, "{department}");
    let path = format!("/api/v1/departments/{}/categories", department["id"]);
    let (status, category) = calls(desk, "ada", "POST", &path, json!({"name": "Displays"})).await;
    assert!(status < 300, "{category}");
    let channel =
        json!({"address": "help@nordet.example", "name": "Help", "category": category["id"]});
    let (status, channel) = calls(desk, "ada", "POST", "/api/v1/channels", channel).await;
    assert_eq!(status, 201, "{channel}");
    channel["id"].as_i64().unwrap()
}

/// The form of a mailbox on this machine, with these fields otherwise.
pub fn form<'a>(
    channel: &'a str,
    port: &'a str,
    other: &[(&'a str, &'a str)],
) -> Vec<(&'a str, &'a str)> {
    let mut fields = vec![
        ("name", "Support"),
        ("host", "localhost"),
        ("port", port),
        ("protection", "none"),
        ("login", LOGIN),
        ("sign_in", "password"),
        ("password", PASSWORD),
        ("folder", "INBOX"),
        ("channel", channel),
        ("afterwards", "leave"),
        ("move_to", ""),
        ("begins", "everything"),
        ("trusted_receivers", ""),
        ("active", "1"),
    ];
    for (name, value) in other {
        match fields.iter_mut().find(|it| it.0 == *name) {
            Some(field) => field.1 = value,
            None => fields.push((name, value)),
        }
    }
    fields
}

pub const PAGE: &str = "/admin/mailboxes";

pub async fn posts(
    browser: &mut Browser<'_>,
    path: &str,
    fields: &[(&str, &str)],
) -> crate::desk::Answer {
    browser.posts(PAGE, path, fields).await
}

at_a_desk! {
    async fn a_mailbox_is_added_tested_changed_and_removed_and_its_password_is_never_shown(desk) {
        let channel = with_an_address(desk).await.to_string();
        let Some(server) = Dovecot::start(Offers::All).await else { return };
        let port = server.port.to_string();
        let mut ada = desk.signed_in("ada").await;
        // What is wrong is said at its field, and what was typed is kept, but for the password.
        let refused = posts(&mut ada, PAGE, &form(&channel, "0", &[("host", "imap nordet"), ("protection", "tls")])).await;
        assert_eq!(refused.status, 422);
        assert!(refused.text.contains("This is no server’s name") && refused.text.contains("from 1 to 65535"));
        assert!(refused.text.contains("value=\"imap nordet\"") && !refused.text.contains(PASSWORD));
        let elsewhere = posts(&mut ada, PAGE, &form(&channel, &port, &[("host", "imap.example.org")])).await;
        assert_eq!(elsewhere.status, 422);
        assert!(elsewhere.text.contains("only this machine may be reached"));
        let moved = posts(&mut ada, PAGE, &form(&channel, &port, &[("afterwards", "move"), ("move_to", "inbox")])).await;
        assert!(moved.status == 422 && moved.text.contains("another folder than the one"));
        let added = posts(&mut ada, PAGE, &form(&channel, &port, &[])).await;
        assert_eq!((added.status, added.location()), (303, "/admin/mailboxes?mailbox=1#mailbox-1"));
        let twice = posts(&mut ada, PAGE, &form(&channel, &port, &[])).await;
        assert!(twice.status == 422 && twice.text.contains("is fetched already"));
        // A test leaves its verdict on the page.
        assert_eq!(posts(&mut ada, "/admin/mailboxes/1/test", &[]).await.status, 303);
        assert!(ada.gets(PAGE).await.text.contains("The connection works. The folder is empty."));
        // The password stays for the same server, and must be typed again for another.
        let renamed = posts(&mut ada, "/admin/mailboxes/1", &form(&channel, &port, &[("version", "1"), ("name", "Renamed"), ("password", "")])).await;
        assert_eq!(renamed.status, 303, "{}", renamed.text);
        posts(&mut ada, "/admin/mailboxes/1/test", &[]).await;
        assert!(ada.gets(PAGE).await.text.contains("The connection works."));
        for other in [("host", "127.0.0.1"), ("port", "9"), ("login", "mallory")] {
            let stolen = posts(&mut ada, "/admin/mailboxes/1", &form(&channel, &port, &[("version", "2"), ("password", ""), other])).await;
            assert!(stolen.status == 422 && stolen.text.contains("Type the password again"), "{other:?}");
        }
        let wrong = posts(&mut ada, "/admin/mailboxes/1", &form(&channel, &port, &[("version", "2"), ("password", "wrong")])).await;
        assert_eq!(wrong.status, 303);
        posts(&mut ada, "/admin/mailboxes/1/test", &[]).await;
        let shown = ada.gets(PAGE).await.text;
        assert!(shown.contains("localhost refuses the user name or password of support") && !shown.contains("value=\"wrong\""), "{shown}");
        // Two who change the same: the second is told, and loses nothing of what they typed.
        let late = posts(&mut ada, "/admin/mailboxes/1", &form(&channel, &port, &[("version", "1"), ("name", "Mine")])).await;
        assert!(late.status == 409 && late.text.contains("value=\"Mine\"") && late.text.contains("Support"));
        assert_eq!(posts(&mut ada, "/admin/mailboxes/1/removal", &[("version", "1")]).await.status, 409);
        assert_eq!(posts(&mut ada, "/admin/mailboxes/1/removal", &[("version", "3")]).await.status, 303);
        assert!(ada.gets(PAGE).await.text.contains("None yet."));
        assert_eq!(posts(&mut ada, "/admin/mailboxes/1/test", &[]).await.status, 404);
        // The journal knows who did what, and no password.
        let told = ada.gets("/admin/journal").await.text;
        for deed in ["Mailbox added", "Mailbox changed", "Mailbox removed", "Password replaced", "Leave it as it is"] {
            assert!(told.contains(deed), "{deed}: {told}");
        }
        assert!(!told.contains(PASSWORD));
    }
}

at_a_desk! {
    async fn programs_of_administrators_keep_mailboxes_and_nobody_else_learns_of_them(desk) {
        let channel = with_an_address(desk).await;
        let Some(server) = Dovecot::start(Offers::All).await else { return };
        let body = json!({"name": "Support", "host": "localhost", "port": server.port, "protection": "none", "login": LOGIN,
            "password": PASSWORD, "channel": channel});
        assert_eq!(calls(desk, "ben", "POST", "/api/v1/mailboxes", body.clone()).await.0, 403);
        assert_eq!(calls(desk, "dora", "GET", "/api/v1/mailboxes", json!({})).await.0, 404);
        let (status, made) = calls(desk, "ada", "POST", "/api/v1/mailboxes", body).await;
        assert_eq!(status, 201, "{made}");
        assert_eq!((made["folder"].as_str(), made["afterwards"].as_str(), made["begins"].as_str()), (Some("INBOX"), Some("mark_read"), Some("from_now_on")));
        // One folder is one however it is written, and a machine has many ports.
        let mut other = json!({"name": "Again", "host": "localhost", "port": server.port, "protection": "none", "login": LOGIN,
            "password": PASSWORD, "channel": channel, "folder": "inbox"});
        assert_eq!(calls(desk, "ada", "POST", "/api/v1/mailboxes", other.clone()).await.0, 422);
        other["port"] = json!(server.tls_port);
        let (status, elsewhere) = calls(desk, "ada", "POST", "/api/v1/mailboxes", other.clone()).await;
        assert_eq!((status, &elsewhere["folder"]), (201, &json!("INBOX")), "{elsewhere}");
        assert_eq!(calls(desk, "ada", "DELETE", &format!("/api/v1/mailboxes/{}", elsewhere["id"]), json!({})).await.0, 204);
        // What would be left out on the way to a server would be another name, or another password.
        for field in ["login", "password", "folder", "move_to"] {
            let mut odd = other.clone();
            odd[field] = json!("a\r\nb");
            let (status, refused) = calls(desk, "ada", "POST", "/api/v1/mailboxes", odd).await;
            assert!(status == 422 && refused.to_string().contains("no letter, such as a line break"), "{field}: {refused}");
        }
        let path = format!("/api/v1/mailboxes/{}", made["id"]);
        let (status, test) = calls(desk, "ada", "POST", &format!("{path}/test"), json!({})).await;
        assert_eq!((status, &test["works"], &test["letters"]), (200, &json!(true), &json!(0)), "{test}");
        let (status, _) = calls(desk, "ada", "PATCH", &path, json!({"host": "mail.example.org", "protection": "tls"})).await;
        assert_eq!(status, 422, "the password goes to no other server");
        let (status, changed) = calls(desk, "ada", "PATCH", &path, json!({"folder": "Nowhere", "active": false})).await;
        assert_eq!((status, &changed["version"]), (200, &json!(2)));
        let (_, test) = calls(desk, "ada", "POST", &format!("{path}/test"), json!({})).await;
        assert_eq!((&test["works"], &test["fault"]["fault"]), (&json!(false), &json!("folder_missing")), "{test}");
        assert!(test["fault"]["sentence"].as_str().unwrap().contains("“Nowhere”"));
        let (_, all) = calls(desk, "ada", "GET", "/api/v1/mailboxes", json!({})).await;
        assert_eq!(all["items"].as_array().unwrap().len(), 1);
        assert!(!all.to_string().contains("s3cret") && !all.to_string().contains("sealed"), "{all}");
        assert_eq!(calls(desk, "ada", "DELETE", &path, json!({})).await.0, 204);
        assert_eq!(calls(desk, "ada", "DELETE", &path, json!({})).await.0, 404);
    }
}

at_a_desk! {
    async fn what_a_server_does_not_hand_over_is_shown_with_the_reason(desk) {
        let channel = with_an_address(desk).await;
        let server = Scripted::start().await;
        for n in 1..4 {
            server.arrives(&numbered(n));
        }
        let refused = Says::Text("{tag} NO [SERVERBUG] <broken>\r\n".to_owned());
        server.says("UID FETCH 1,2", refused.clone(), usize::MAX);
        server.says("UID FETCH 2 (UID BODY", refused, usize::MAX);
        let body = json!({"name": "Support", "host": "localhost", "port": server.port, "protection": "none", "login": LOGIN,
            "password": PASSWORD, "channel": channel, "begins": "everything"});
        assert_eq!(calls(desk, "ada", "POST", "/api/v1/mailboxes", body).await.0, 201);
        let app = &desk.app;
        let tools = (app.db.clone(), app.clock.clone(), Dice::seeded(3));
        let taking = Taking::new(tools, app.seal.clone(), app.dialer.clone(), told(), letter::MOST_BYTES);
        let (stop, stopped) = watch::channel(false);
        let fetching = tokio::spawn(keeper::keep(Arc::new(taking), stopped));
        let one = async || calls(desk, "ada", "GET", "/api/v1/mailboxes", json!({})).await.1["items"][0].clone();
        until("it is said", async || one().await["withheld"] == json!(1)).await;
        let it = one().await;
        assert_eq!((&it["taken"], &it["withheld_fault"]["fault"]), (&json!(2), &json!("server_refuses")), "{it}");
        stop.send(true).unwrap();
        fetching.await.unwrap();
        let shown = desk.signed_in("ada").await.gets(PAGE).await.text;
        assert!(shown.contains("Not handed over") && shown.contains("[SERVERBUG] &#60;broken&#62;"), "{shown}");
    }
}
