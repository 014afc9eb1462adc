//! Filter rules and the quarantine through the page and the API.

use axum::body::Body;
use axum::http::Request;
use serde_json::{Value, json};
use vigie::mail::filters::{MOST_KIB, MOST_RULES};

use super::super::{BLUE, deliver, letter, work};
use crate::desk::Desk;

const PAGE: &str = "/admin/filters";

async fn calls(desk: &Desk, who: &str, method: &str, path: &str, body: Value) -> (u16, Value) {
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

/// A department with a category for letters to [`BLUE`]; category and channel.
async fn with_an_address(desk: &Desk) -> (i64, i64) {
    let name = json!({"name": "Blue"});
    let (_, department) = calls(desk, "ada", "POST", "/api/v1/departments", name).await;
    let path = format!("/api/v1/departments/{}/categories", department["id"]);
    let (_, category) = calls(desk, "ada", "POST", &path, json!({"name": "Displays"})).await;
    let channel = json!({"address": BLUE, "name": "Help", "category": category["id"]});
    let (status, channel) = calls(desk, "ada", "POST", "/api/v1/channels", channel).await;
    assert_eq!(status, 201, "{channel}");
    (
        category["id"].as_i64().unwrap(),
        channel["id"].as_i64().unwrap(),
    )
}

/// What is typed into fields, the field with the fault, and a part of its sentence.
type Refusal<'a> = (Vec<(&'a str, &'a str)>, &'a str, &'a str);

/// The form of a rule, with these fields otherwise.
fn form<'a>(other: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    let mut fields = vec![
        ("name", "Advertising"),
        ("source", ""),
        ("senders", "@shop.example"),
        ("header_name", ""),
        ("header_words", ""),
        ("words", ""),
        ("size_over", ""),
        ("outcome", "quarantine"),
        ("category", ""),
        ("tags", ""),
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

at_a_desk! {
    async fn what_is_wrong_with_a_rule_is_said_at_its_field_and_what_was_typed_is_kept(desk) {
        with_an_address(desk).await;
        let mut ada = desk.signed_in("ada").await;
        let long = "x".repeat(201);
        let many = (0..21).map(|n| format!("{n}@b.example\n")).collect::<String>();
        let lines: String = (0..21).map(|n| format!("word {n}\n")).collect();
        let (larger, tag) = ((MOST_KIB + 1).to_string(), "t".repeat(41));
        let table: Vec<Refusal<'_>> = vec![
            (vec![("name", "  ")], "name", "required"),
            (vec![("name", &long)], "name", "at most 200"),
            (vec![("source", "channel-987")], "source", "address or mailbox is gone"),
            (vec![("source", "elsewhere")], "source", "address or mailbox is gone"),
            (vec![("senders", "shop")], "senders", "Give each sender like"),
            (vec![("senders", "@")], "senders", "Give each sender like"),
            (vec![("senders", &many)], "senders", "at most 20 lines"),
            (vec![("senders", "")], "senders", "at least one condition"),
            (vec![("senders", ""), ("source", "channel-1")], "senders", "at least one condition"),
            (vec![("words", &lines)], "words", "at most 20 lines"),
            (vec![("words", &long)], "words", "at most 200"),
            (vec![("words", "ok\n\u{200b}\u{301}")], "words", "no letter or digit"),
            (vec![("header_name", "X Spam")], "header_name", "no name of a header"),
            (vec![("header_words", "YES")], "header_name", "name of the header, too"),
            (vec![("header_name", "X"), ("header_words", "\u{200b}")], "header_words", "no letter or digit"),
            (vec![("size_over", "0")], "size_over", "from 1 to 25,600"),
            (vec![("size_over", &larger)], "size_over", "from 1 to 25,600"),
            (vec![("size_over", "many")], "size_over", "from 1 to 25,600"),
            (vec![("outcome", "delete")], "outcome", "Choose one."),
            (vec![("category", "1")], "category", "leave this empty"),
            (vec![("tags", "spam")], "tags", "leave this empty"),
            (vec![("outcome", "ticket")], "category", "Choose a category, or give tags"),
            (vec![("outcome", "ticket"), ("category", "987")], "category", "does not exist"),
            (vec![("outcome", "ticket"), ("category", "x")], "category", "does not exist"),
            (vec![("outcome", "ticket"), ("tags", &tag)], "tags", "at most 40"),
        ];
        for (fields, field, sentence) in table {
            let refused = ada.posts(PAGE, PAGE, &form(&fields)).await;
            assert_eq!(refused.status, 422, "{fields:?}");
            let (_, at) = refused.text.split_once(&format!("id=\"{field}-fault\"")).unwrap_or_else(|| panic!("{fields:?} at {field}: {}", refused.text));
            assert!(at.split("</div>").next().unwrap().contains(sentence), "{fields:?}: {at}");
        }
        let kept = ada.posts(PAGE, PAGE, &form(&[("name", ""), ("words", "cheap \"loans\"\nwin"), ("size_over", "7"), ("needs_file", "1")])).await;
        for typed in ["cheap &#34;loans&#34;\nwin</textarea>", "@shop.example</textarea>", "value=\"7\"", "name=\"needs_file\" value=\"1\" checked"] {
            assert!(kept.text.contains(typed), "{typed}: {}", kept.text);
        }
        assert!(ada.gets(PAGE).await.text.contains("None yet."));
    }
}

at_a_desk! {
    async fn rules_are_kept_on_their_page_and_letters_let_in_on_the_post_s(desk) {
        let (category, _) = with_an_address(desk).await;
        let (category, post) = (category.to_string(), &desk.app.post);
        let mut ada = desk.signed_in("ada").await;
        let added = ada.posts(PAGE, PAGE, &form(&[])).await;
        assert_eq!((added.status, added.location()), (303, "/admin/filters?filter=1#filter-1"));
        let other = form(&[("name", "Invoices"), ("outcome", "ticket"), ("source", "channel-1"), ("senders", ""), ("category", &category), ("tags", "invoice")]);
        assert_eq!(ada.posts(PAGE, PAGE, &other).await.status, 303);
        // Two who change the same: the second is told, and loses nothing of what they typed.
        let changed = ada.posts(PAGE, "/admin/filters/1", &form(&[("version", "1"), ("words", "sale")])).await;
        assert_eq!(changed.status, 303, "{}", changed.text);
        let late = ada.posts(PAGE, "/admin/filters/1", &form(&[("version", "1"), ("name", "Mine"), ("outcome", "ticket"), ("tags", "x")])).await;
        assert!(late.status == 409 && late.text.contains("value=\"Mine\""), "{}", late.text);
        for stands in ["<dd>Advertising</dd>", "<dd>sale</dd>", "<dd>It goes into quarantine</dd>"] {
            assert!(late.text.contains(stands), "{stands}: {}", late.text);
        }
        for deed in ["position", "removal"] {
            let late = ada.posts(PAGE, &format!("/admin/filters/1/{deed}"), &[("version", "1"), ("position", "2")]).await;
            assert_eq!(late.status, 409, "{deed}");
        }
        let unread = ada.posts(PAGE, "/admin/filters/1/position", &[("version", "2"), ("position", "first")]).await;
        assert_eq!(unread.status, 422, "{}", unread.text);
        assert_eq!(ada.posts(PAGE, "/admin/filters/1/position", &[("version", "2"), ("position", "2")]).await.status, 303);
        let shown = ada.gets(PAGE).await.text;
        assert!(shown.find("1. Invoices").unwrap() < shown.find("2. Advertising").unwrap(), "{shown}");
        assert!(shown.contains("help@nordet.example → Blue › General, #invoice"), "{shown}");
        assert_eq!(ada.posts(PAGE, "/admin/filters/2/removal", &[("version", "1")]).await.status, 303);
        assert_eq!(ada.posts(PAGE, "/admin/filters/2/removal", &[("version", "1")]).await.status, 404);

        let id = deliver(post, BLUE, &letter("News <news@shop.example>", BLUE, "A <b>sale</b>", "", "Buy")).await;
        work(post).await;
        let mail = ada.gets("/admin/mail").await.text;
        assert!(mail.contains("In quarantine") && mail.contains("A &#60;b&#62;sale&#60;/b&#62;") && mail.contains("By the rule “Advertising”"), "{mail}");
        assert!(mail.contains("news@shop.example → help@nordet.example") && mail.contains("Advertising (1)"), "{mail}");
        assert!(ada.gets("/admin/mail?rule=Advertising").await.text.contains("Let in"));
        let none = ada.gets("/admin/mail?rule=Another").await.text;
        assert!(none.contains("Nothing of this rule") && !none.contains("Let in"), "{none}");
        assert!(ada.gets(PAGE).await.text.contains("Met 1 message in the last 30 days."));
        let path = format!("/admin/mail/incoming/{id}/replay");
        for _ in 0..2 {
            assert_eq!(ada.posts("/admin/mail", &path, &[]).await.status, 303);
            work(post).await;
        }
        let (_, tickets) = calls(desk, "ada", "GET", "/api/v1/tickets", json!({})).await;
        assert_eq!(tickets["items"].as_array().unwrap().len(), 1, "{tickets}");
        let told = ada.gets("/admin/journal").await.text;
        for deed in ["Filter rule added", "Filter rule changed", "Filter rule removed", "Message let in from quarantine", "Words of subject or text", "It goes into quarantine"] {
            assert!(told.contains(deed), "{deed}: {told}");
        }
    }
}

at_a_desk! {
    async fn programs_of_administrators_keep_rules_and_let_letters_in_and_nobody_else_learns_of_them(desk) {
        let (category, channel) = with_an_address(desk).await;
        let post = &desk.app.post;
        let body = json!({"name": "Loans", "words": ["crédit"], "outcome": "quarantine"});
        for (who, status) in [("ben", 403), ("dora", 404)] {
            assert_eq!(calls(desk, who, "POST", "/api/v1/filters", body.clone()).await.0, status);
            assert_eq!(calls(desk, who, "GET", "/api/v1/filters", json!({})).await.0, status);
            assert_eq!(calls(desk, who, "GET", "/api/v1/quarantine", json!({})).await.0, status);
        }
        let (status, loans) = calls(desk, "ada", "POST", "/api/v1/filters", body).await;
        assert_eq!((status, &loans["position"], &loans["active"], &loans["met"]), (201, &json!(1), &json!(true), &json!(0)), "{loans}");
        let body = json!({"name": "Forms", "channel": channel, "header_name": "X-Form", "category": category, "tags": ["form", "web"], "position": 1});
        let (status, forms) = calls(desk, "ada", "POST", "/api/v1/filters", body).await;
        assert_eq!((status, &forms["position"], &forms["tags"]), (201, &json!(1), &json!(["form", "web"])), "{forms}");
        let path = format!("/api/v1/filters/{}", forms["id"]);
        // What is left out stays, null takes away, and an empty rule is none.
        let (status, changed) = calls(desk, "ada", "PATCH", &path, json!({"category": null, "size_over": 5, "position": 2})).await;
        assert_eq!((status, &changed["category"], &changed["channel"], &changed["header_name"], &changed["position"]),
            (200, &Value::Null, &json!(channel), &json!("X-Form"), &json!(2)), "{changed}");
        for (wrong, field) in [(json!({"tags": []}), "category"), (json!({"channel": 987}), "source"), (json!({"mailbox": 1}), "source"),
            (json!({"outcome": "deleted"}), "outcome"), (json!({"senders": ["x"]}), "senders")] {
            let (status, refused) = calls(desk, "ada", "PATCH", &path, wrong.clone()).await;
            assert!(status == 422 && refused.to_string().contains(&format!("\"{field}\"")), "{wrong}: {refused}");
        }
        let id = deliver(post, BLUE, &letter("a@shop.example", BLUE, "Credit", "", "Buy")).await;
        let second = deliver(post, BLUE, &letter("b@shop.example", BLUE, "Credits", "", "Buy")).await;
        work(post).await;
        let (_, all) = calls(desk, "ada", "GET", "/api/v1/quarantine?rule=Loans", json!({})).await;
        assert_eq!((all["items"].as_array().unwrap().len(), &all["items"][1]["id"], &all["next"]), (2, &json!(id), &Value::Null), "{all}");
        let (_, older) = calls(desk, "ada", "GET", &format!("/api/v1/quarantine?cursor={second}"), json!({})).await;
        assert_eq!(older["items"].as_array().unwrap().len(), 1, "{older}");
        let (_, first) = calls(desk, "ada", "GET", "/api/v1/quarantine?limit=1", json!({})).await;
        assert_eq!((first["items"].as_array().unwrap().len(), &first["next"]), (1, &json!(second.to_string())), "{first}");
        for wrong in ["limit=0", "limit=201", "cursor=x", "before=1"] {
            let (status, refused) = calls(desk, "ada", "GET", &format!("/api/v1/quarantine?{wrong}"), json!({})).await;
            assert!((400..500).contains(&status), "{wrong}: {status} {refused}");
        }
        let path = format!("/api/v1/quarantine/{id}/release");
        assert_eq!(calls(desk, "ben", "POST", &path, json!({})).await.0, 403);
        assert_eq!(calls(desk, "dora", "POST", &path, json!({})).await.0, 404);
        assert_eq!(calls(desk, "ada", "POST", "/api/v1/quarantine/987/release", json!({})).await.0, 404);
        for expected in [true, false] {
            let (status, told) = calls(desk, "ada", "POST", &path, json!({})).await;
            assert_eq!((status, &told["let_in"]), (200, &json!(expected)));
            work(post).await;
        }
        let path = format!("/api/v1/filters/{}", loans["id"]);
        assert_eq!(calls(desk, "ada", "DELETE", &path, json!({})).await.0, 204);
        assert_eq!(calls(desk, "ada", "DELETE", &path, json!({})).await.0, 404);
        for n in 1..MOST_RULES {
            let body = json!({"name": format!("Rule {n}"), "words": ["x"], "tags": ["x"]});
            assert_eq!(calls(desk, "ada", "POST", "/api/v1/filters", body).await.0, 201);
        }
        let (status, refused) = calls(desk, "ada", "POST", "/api/v1/filters", json!({"name": "One more", "words": ["x"], "tags": ["x"]})).await;
        assert!(status == 422 && refused.to_string().contains("50 rules already"), "{refused}");
    }
}
