//! The directory, the cards, what people prefer, who is available, and the addresses letters come to.

use super::*;

/// What a page shows where tickets of a card stand.
fn tickets_on(page: &str) -> Vec<i64> {
    page.split("href=\"/tickets/")
        .skip(1)
        .filter_map(|rest| rest.split('"').next()?.parse().ok())
        .collect()
}

/// The numbers of the tickets of somebody, as another's list shows them.
async fn listed(office: &Office<'_>, who: &str, whose: &str) -> Vec<i64> {
    let (_, all) = office
        .asks(who, "GET", "/api/v1/tickets?limit=200", None, Value::Null)
        .await;
    let name = office.person(whose).await["name"].clone();
    let mut numbers: Vec<i64> = all["items"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|t| t["requester"] == name || t["requester"]["name"] == name)
        .map(|t| t["number"].as_i64().unwrap())
        .collect();
    numbers.sort_unstable();
    numbers
}

on_both_engines! {
    async fn staff_find_everybody_by_phone_and_organisation_too_and_customers_find_nobody(w) {
        let office = Office::of(w).await;
        let mut tx = w.db.write().await.unwrap();
        tx.run(global!("INSERT INTO organizations (name) VALUES ('Atelier Nordet')")).await.unwrap();
        tx.run(global!(
            "UPDATE people SET phone = '+33 (0)3 20-55.01.42', organization_id = (SELECT id FROM organizations WHERE name = 'Atelier Nordet') WHERE id = $1",
            w.person("dora")
        )).await.unwrap();
        tx.commit().await.unwrap();
        let mut vera = office.with("vera").await;
        for q in ["0320550142", "03 20 55 01 42", "55.01", "atelier nor", "dora@"] {
            let path = format!("/people?{}", url::form_urlencoded::Serializer::new(String::new()).append_pair("q", q).finish());
            let page = vera.gets(&path).await;
            assert_eq!(page.status, 200);
            let dora = format!("href=\"/people/{}\"", w.person("dora"));
            assert!(page.text.contains(&dora), "{q}");
            assert!(!page.text.contains(&format!("href=\"/people/{}\"", w.person("emil"))), "{q}");
        }
        assert!(!vera.gets("/people?q=01").await.text.contains("Atelier Nordet"), "two digits are no phone");
        // A viewer adds nobody and changes nobody.
        let card = format!("/people/{}", w.person("dora"));
        assert!(!vera.gets(&card).await.text.contains("/edit\""));
        assert_eq!(vera.gets("/people/new").await.status, 403);
        assert_eq!(vera.gets(&format!("{card}/edit")).await.status, 403);
        let mut emil = office.with("emil").await;
        for path in ["/people", "/people/new", &card, &format!("{card}/edit")] {
            assert_eq!(emil.gets(path).await.status, 404, "{path}");
        }
        let (status, _) = office.asks("emil", "GET", &format!("/api/v1{card}/tickets"), None, Value::Null).await;
        assert_eq!(status, 404);
        office.leave();
    }
}

on_both_engines! {
    async fn a_card_shows_and_counts_only_the_tickets_its_reader_may_see(w) {
        let office = Office::of(w).await;
        assert_ne!(listed(&office, "ben", "dora").await, listed(&office, "ada", "dora").await);
        assert!(!listed(&office, "ben", "dora").await.is_empty());
        for who in ["ada", "ben", "cleo", "vera", "gil", "rob"] {
            for whose in ["dora", "emil", "fay"] {
                let expected = listed(&office, who, whose).await;
                let id = w.person(whose);
                let page = office.with(who).await.gets(&format!("/people/{id}")).await;
                if who == "rob" && whose != "fay" {
                    // A restricted agent has no card of people besides their tickets (finding.rs).
                    assert_eq!((page.status, expected.len()), (404, 0), "{whose}");
                    continue;
                }
                let mut shown = tickets_on(&page.text);
                shown.sort_unstable();
                assert_eq!(shown, expected, "{who} looks at {whose}");
                let path = format!("/api/v1/people/{id}/tickets");
                let (status, value) = office.asks(who, "GET", &path, None, Value::Null).await;
                assert_eq!(status, 200);
                assert_eq!(value["total"].as_i64(), Some(expected.len() as i64), "{who} {whose}");
                let open = value["items"].as_array().unwrap().iter()
                    .filter(|t| !matches!(t["state"].as_str(), Some("approved" | "expired" | "refused" | "cancelled" | "archived")))
                    .count();
                assert_eq!(value["open"].as_u64(), Some(open as u64));
                assert!(page.text.contains(&format!("{open} open")), "{who} {whose}");
            }
        }
        office.leave();
    }
}

on_both_engines! {
    async fn an_agent_adds_a_requester_and_a_taken_or_missing_address_is_said_at_its_field(w) {
        let office = Office::of(w).await;
        let mut ben = office.with("ben").await;
        let fields = [
            ("name", "Hélène Marchand"), ("email", "Helene@Nordet.example"), ("phone", "03 20 55 01 42"), ("job_title", "Comptable"),
            ("organization", "Groupe Nordet"), ("site", "Lille"), ("language", "fr"), ("kind", "employee"), ("portal", "1"), ("link", "1"),
        ];
        let made = ben.posts("/people/new", "/people", &fields).await;
        assert_eq!(made.status, 303, "{}", made.text);
        let card = made.location().to_owned();
        let page = ben.gets(&card).await.text;
        for said in ["Person added, link sent", "Hélène Marchand", "Comptable", "Groupe Nordet", "Lille", "tel:03 20 55 01 42",
            "/tickets/new?requester=Helene%40Nordet.example"] {
            assert!(page.contains(said), "{said}: {page}");
        }
        assert!(ben.gets("/tickets/new?requester=Helene%40Nordet.example").await.text.contains("value=\"Helene@Nordet.example\""));
        let mails: Vec<Text> = w.db.read()
            .all(system!(because = "a test reads the post", "SELECT address AS text FROM outgoing_mails WHERE purpose = 'password_link'"))
            .await.unwrap();
        assert_eq!(mails.len(), 1);
        // Sent twice, or without an address: a sentence at the field, and what was typed stays.
        for (email, said) in [("helene@nordet.example.", "fault"), ("", "fault"), ("nonsense", "fault")] {
            let again = ben.posts("/people/new", "/people", &[("name", "Another"), ("email", email), ("language", "fr"), ("kind", "client")]).await;
            assert_eq!(again.status, 422, "{email}");
            assert!(again.text.contains(&format!("id=\"email-{said}\"")), "{}", again.text);
            assert!(again.text.contains("value=\"Another\""));
        }
        // The same by a program; nobody becomes staff that way.
        let body = json!({ "name": "Yann", "email": "yann@nordet.example", "phone": "1", "employee": true });
        let (status, value) = office.asks("ben", "POST", "/api/v1/people", None, body).await;
        assert_eq!((status, value["phone"].as_str()), (201, Some("1")), "{value}");
        let body = json!({ "name": "Eve", "email": "eve@nordet.example", "role": "admin" });
        assert_eq!(office.asks("ben", "POST", "/api/v1/people", None, body).await.0, 403);
        let body = json!({ "name": "Eve", "email": "eve@nordet.example" });
        assert_eq!(office.asks("vera", "POST", "/api/v1/people", None, body.clone()).await.0, 403);
        assert_eq!(office.asks("emil", "POST", "/api/v1/people", None, body).await.0, 404);
        office.leave();
    }
}

on_both_engines! {
    async fn an_agent_keeps_particulars_but_neither_the_address_of_an_account_nor_the_card_of_staff(w) {
        let office = Office::of(w).await;
        let id = w.person("dora");
        let card = format!("/people/{id}");
        let path = format!("/api/v1/people/{id}/card");
        let mut ben = office.with("ben").await;
        let edit = ben.gets(&format!("{card}/edit")).await.text;
        assert!(!edit.contains("name=\"email\"") && !edit.contains("name=\"portal\""), "{edit}");
        let version = edit.split("name=\"version\" value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
        let fields = [("version", version.as_str()), ("name", "Dora"), ("phone", "42"), ("language", "en"), ("kind", "client")];
        let saved = ben.posts(&card, &card, &fields).await;
        assert_eq!(saved.location(), card, "{}", saved.text);
        // Address and access stand as they stood.
        let now = office.person("dora").await;
        assert_eq!((now["phone"].as_str(), now["portal"].as_bool()), (Some("42"), Some(true)));
        assert!(now["email"].as_str().unwrap().starts_with("dora@"));
        // From an older page: both, and nothing is lost.
        let stale = ben.posts(&card, &card, &fields).await;
        assert_eq!(stale.status, 409);
        assert!(stale.text.contains("name=\"phone\" value=\"42\""));
        // A forged field of the address is refused, by form and by program.
        let version = now["version"].as_i64().unwrap();
        let text = version.to_string();
        let forged = [("version", text.as_str()), ("name", "Dora"), ("email", "thief@evil.example"), ("language", "en"), ("kind", "client"), ("portal", "1")];
        assert_eq!(ben.posts(&card, &card, &forged).await.status, 403);
        for body in [json!({ "email": "thief@evil.example" }), json!({ "portal": false })] {
            assert_eq!(office.asks("ben", "PATCH", &path, Some(version), body).await.0, 403);
        }
        for body in [json!({ "role": "admin" }), json!({ "scope": "global" }), json!({ "disabled": true }), json!({ "password_hash": "x" })] {
            assert_eq!(office.asks("ben", "PATCH", &path, Some(version), body.clone()).await.0, 422, "{body}");
            assert_eq!(office.asks("ben", "PATCH", &format!("/api/v1/people/{id}"), None, body.clone()).await.0 / 100, 4, "{body}");
            assert_eq!(office.asks("ben", "PATCH", "/api/v1/me", None, body.clone()).await.0, 422, "{body}");
        }
        let (status, said) = office.asks("ben", "PATCH", &path, Some(version), json!({ "job_title": "Chief" })).await;
        assert_eq!((status, said["job_title"].as_str()), (200, Some("Chief")), "{said}");
        assert_eq!(office.asks("ben", "PATCH", &path, Some(version), json!({ "job_title": "x" })).await.0, 409);
        // Staff have their administrator; administrators change everything up to their rank.
        for (who, whose, expect) in [("ben", "cleo", 403), ("ben", "ada", 403), ("max", "ada", 403), ("max", "cleo", 200), ("vera", "dora", 403), ("emil", "dora", 404)] {
            let path = format!("/api/v1/people/{}/card", w.person(whose));
            assert_eq!(office.asks(who, "PATCH", &path, None, json!({ "phone": "1" })).await.0, expect, "{who} {whose}");
        }
        let (status, said) = office.asks("max", "PATCH", &path, None, json!({ "email": "dora2@nordet.example" })).await;
        assert_eq!((status, said["email"].as_str()), (200, Some("dora2@nordet.example")));
        office.leave();
    }
}

on_both_engines! {
    async fn what_people_prefer_follows_them_to_every_browser(w) {
        let office = Office::of(w).await;
        let mut here = office.with("ben").await;
        let page = here.gets("/preferences").await.text;
        assert!(page.contains("data-density=\"comfortable\"") && !page.contains("data-keys=\"off\""));
        for (path, fields) in [
            ("/preferences/density", [("density", "compact"), ("return_to", "/tickets")]),
            ("/preferences/keys", [("keys", "off"), ("return_to", "/tickets")]),
            ("/preferences/theme", [("theme", "dark"), ("return_to", "/tickets")]),
        ] {
            let answer = here.posts("/preferences", path, &fields).await;
            assert_eq!(answer.location(), "/tickets", "{path}");
        }
        here.posts("/preferences", "/preferences/time-zone", &[("time_zone", "America/Montreal")]).await;
        let wrong = here.posts("/preferences", "/preferences/time-zone", &[("time_zone", "Europe/Lille")]).await;
        assert_eq!(wrong.status, 422);
        assert!(wrong.text.contains("id=\"time-zone-error\"") && wrong.text.contains("Europe/Lille"));
        let mut elsewhere = office.with("ben").await;
        let page = elsewhere.gets("/preferences").await.text;
        for said in ["data-density=\"compact\"", "data-keys=\"off\"", "data-theme=\"dark\"", "<option selected>America/Montreal"] {
            assert!(page.contains(said), "{said}");
        }
        let (_, me) = office.asks("ben", "GET", "/api/v1/me", None, Value::Null).await;
        assert_eq!((me["density"].as_str(), me["keys"].as_str(), me["theme"].as_str(), me["time_zone"].as_str(), me["second_factor"].as_bool()),
            (Some("compact"), Some("off"), Some("dark"), Some("America/Montreal"), Some(false)));
        let body = json!({ "density": "comfortable", "keys": "on", "theme": "auto" });
        let (status, me) = office.asks("ben", "PATCH", "/api/v1/me", None, body).await;
        assert_eq!((status, me["keys"].as_str(), me["time_zone"].as_str()), (200, Some("on"), Some("America/Montreal")));
        for body in [json!({ "keys": "maybe" }), json!({ "density": 1 }), json!({ "theme": "pink" })] {
            assert_eq!(office.asks("ben", "PATCH", "/api/v1/me", None, body).await.0, 422);
        }
        assert_eq!(here.posts("/preferences", "/preferences/keys", &[("keys", "maybe")]).await.status, 422);
        office.leave();
    }
}

on_both_engines! {
    async fn availability_is_said_by_managers_and_by_oneself_with_the_privilege(w) {
        use vigie::policy::Privilege;
        let office = Office::of(w).await;
        let blue = office.department("Blue").await;
        let member = office.member(blue, "ben").await;
        assert_eq!((member["available"].as_bool(), member["rate"].as_i64()), (Some(true), Some(100)));
        let mine = format!("/api/v1/me/departments/{blue}");
        let off = json!({ "available": false });
        office.trusts("ben", blue, &[Privilege::TakeFreeTicket]).await;
        assert_eq!(office.asks("ben", "PATCH", &mine, None, off.clone()).await.0, 403);
        let mut ben = office.with("ben").await;
        let page = ben.gets("/preferences").await.text;
        assert!(page.contains("Available") && !page.contains("/preferences/availability/"));
        let path = format!("/preferences/availability/{blue}");
        assert_eq!(ben.posts("/preferences", &path, &[("available", "no")]).await.status, 403);
        office.trusts("ben", blue, &[Privilege::SetOwnAvailability]).await;
        let done = ben.posts("/preferences", &path, &[("available", "no")]).await;
        assert_eq!(done.location(), "/preferences");
        assert_eq!(office.member(blue, "ben").await["available"], false);
        let (status, all) = office.asks("ben", "PATCH", &mine, None, json!({ "available": true })).await;
        assert_eq!((status, all["items"][0]["available"].as_bool()), (200, Some(true)), "{all}");
        // Not where one handles nothing, and not for whoever only looks.
        let red = office.department("Red").await;
        assert_eq!(office.asks("ben", "PATCH", &format!("/api/v1/me/departments/{red}"), None, off.clone()).await.0, 404);
        assert_eq!(office.asks("vera", "PATCH", &mine, None, off.clone()).await.0, 404);
        assert_eq!(office.asks("emil", "PATCH", &mine, None, off).await.0, 404);
        // Whoever keeps the members says both, and nonsense is refused at its field.
        let member = office.member_path(blue, "ben");
        let (status, _) = office.asks("ada", "PATCH", &member, None, json!({ "available": false, "rate": 40 })).await;
        assert_eq!(status, 200);
        let now = office.member(blue, "ben").await;
        assert_eq!((now["available"].as_bool(), now["rate"].as_i64()), (Some(false), Some(40)));
        for rate in [-1, 101] {
            assert_eq!(office.asks("ada", "PATCH", &member, None, json!({ "rate": rate })).await.0, 422);
        }
        let mut ada = office.with("ada").await;
        let (page, version) = (format!("/admin/departments/{blue}"), now["version"].to_string());
        let path = format!("{page}/members/{}", w.person("ben"));
        let fields = [("version", version.as_str()), ("level", "edit"), ("rate", "101")];
        let refused = ada.posts(&page, &path, &fields).await;
        assert_eq!(refused.status, 422);
        assert!(refused.text.contains("The share goes from 0 to 100"));
        let fields = [("version", version.as_str()), ("level", "edit"), ("rate", "70"), ("available", "1")];
        assert_eq!(ada.posts(&page, &path, &fields).await.status, 303);
        assert_eq!(office.member(blue, "ben").await["rate"], 70);
        office.leave();
    }
}

on_both_engines! {
    async fn a_manager_who_is_no_administrator_finds_their_department_in_the_menu(w) {
        use vigie::policy::Privilege;
        let office = Office::of(w).await;
        let blue = office.department("Blue").await;
        let link = "href=\"/admin/departments\"";
        office.trusts("ben", blue, &[Privilege::TakeFreeTicket]).await;
        assert!(!office.with("ben").await.gets("/tickets").await.text.contains(link));
        office.trusts("ben", blue, &[Privilege::ManageCategories]).await;
        assert!(office.with("ben").await.gets("/tickets").await.text.contains(link));
        assert!(!office.with("cleo").await.gets("/portal").await.text.contains(link));
        assert!(!office.with("vera").await.gets("/tickets").await.text.contains(link));
        office.leave();
    }
}

on_both_engines! {
    async fn administrators_keep_the_addresses_letters_come_to(w) {
        let office = Office::of(w).await;
        let (blue, red) = (office.category("Blue inbox").await, office.category("Red inbox").await);
        let mut max = office.with("max").await;
        let category = blue.to_string();
        let page = "/admin/channels";
        let fields = [("address", "Support@Nordet.Example"), ("name", "Support"), ("category", category.as_str()), ("active", "1")];
        assert_eq!(max.posts(page, page, &fields).await.location(), page);
        let listed = max.gets(page).await.text;
        assert!(listed.contains("support@nordet.example") && listed.contains("Address added"), "{listed}");
        // What is wrong is said at its field, and what was typed stays.
        for (address, name, field) in [("support@nordet.example.", "x", "address"), ("", "x", "address"), ("a+b@nordet.example", "x", "address"), ("no", "x", "address"), ("new@nordet.example", "", "name")] {
            let answer = max.posts(page, page, &[("address", address), ("name", name), ("category", &category)]).await;
            assert_eq!(answer.status, 422, "{address:?} {name:?}");
            assert!(answer.text.contains(&format!("id=\"{field}-fault\"")), "{address:?}: {}", answer.text);
        }
        let answer = max.posts(page, page, &[("address", "new@nordet.example"), ("name", "x"), ("category", "99999")]).await;
        assert!(answer.status == 422 && answer.text.contains("id=\"category-fault\""));
        // By a program: list, change, switch off; another version is refused.
        let (_, all) = office.asks("max", "GET", "/api/v1/channels", None, Value::Null).await;
        let one = all["items"].as_array().unwrap().iter().find(|c| c["address"] == "support@nordet.example").unwrap().clone();
        let path = format!("/api/v1/channels/{}", one["id"]);
        let version = one["version"].as_i64();
        let (status, now) = office.asks("max", "PATCH", &path, version, json!({ "active": false, "category": red })).await;
        assert_eq!((status, now["active"].as_bool(), now["category"].as_i64()), (200, Some(false), Some(red)), "{now}");
        assert_eq!(office.asks("max", "PATCH", &path, version, json!({ "active": true })).await.0, 409);
        let stale = [("version", "1"), ("address", "support@nordet.example"), ("name", "Mine"), ("category", category.as_str())];
        let conflict = max.posts(page, &format!("{page}/{}", one["id"]), &stale).await;
        assert_eq!(conflict.status, 409);
        assert!(conflict.text.contains("value=\"Mine\""));
        // What is switched off takes no letter.
        let found = vigie::mail::store::channel_at(&mut w.db.read(), "support@nordet.example").await.unwrap();
        assert!(found.is_none());
        for (who, expect) in [("ben", 403), ("vera", 403), ("emil", 404)] {
            assert_eq!(office.asks(who, "GET", "/api/v1/channels", None, Value::Null).await.0, expect, "{who}");
            let body = json!({ "address": "x@nordet.example", "name": "x", "category": blue });
            assert_eq!(office.asks(who, "POST", "/api/v1/channels", None, body).await.0, expect, "{who}");
            assert_eq!(office.asks(who, "PATCH", &path, None, json!({ "active": true })).await.0, expect, "{who}");
            assert_eq!(office.with(who).await.gets(page).await.status, expect, "{who}");
        }
        office.leave();
    }
}
