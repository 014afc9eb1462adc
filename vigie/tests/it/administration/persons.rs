//! People as administrators see and change them.

use super::*;

on_both_engines! {
    async fn people_are_found_by_any_part_of_name_address_or_login_whatever_the_accents(w) {
        let office = Office::of(w).await;
        let mut tx = w.db.write().await.unwrap();
        for (name, email, login) in [
            ("Hélène Çelik", "h.celik@nordet.example", "hc%1"),
            ("ÉLODIE Œuvrard", "elo@nordet.example", "elo_die"),
        ] {
            let new = people::NewPerson {
                name,
                email,
                login: Some(login),
                kind: people::Kind::Client,
                language: None,
                has_portal: false,
                added_by: None,
            };
            people::add(&mut tx, &new, w.now()).await.unwrap();
        }
        tx.commit().await.unwrap();
        for (q, expect) in [
            ("helene", &["Hélène Çelik"][..]),
            ("HÉLÈNE CEL", &["Hélène Çelik"]),
            ("élodie", &["ÉLODIE Œuvrard"]),
            ("oeuv", &["ÉLODIE Œuvrard"]),
            ("H.Celik@", &["Hélène Çelik"]),
            ("c%1", &["Hélène Çelik"]),
            ("o_d", &["ÉLODIE Œuvrard"]),
            ("%", &["Hélène Çelik"]),
            ("!", &[]),
            ("'; DROP TABLE people; --", &[]),
            ("ben@", &["Ben"]),
        ] {
            let path = format!(
                "/api/v1/people?{}",
                url::form_urlencoded::Serializer::new(String::new()).append_pair("q", q).finish()
            );
            let (status, value) = office.asks("gil", "GET", &path, None, Value::Null).await;
            assert_eq!(status, 200, "{q}: {value}");
            let names: Vec<&str> = value["items"].as_array().unwrap().iter().map(|p| p["name"].as_str().unwrap()).collect();
            assert_eq!(names, expect, "{q}");
        }
        // Page by page, everybody once.
        let (mut met, mut cursor) = (vec![], String::new());
        loop {
            let path = format!("/api/v1/people?limit=5{cursor}");
            let (_, value) = office.asks("gil", "GET", &path, None, Value::Null).await;
            met.extend(value["items"].as_array().unwrap().iter().map(|p| p["id"].as_i64().unwrap()));
            match value["next"].as_str() {
                Some(next) => cursor = format!("&cursor={next}"),
                None => break,
            }
        }
        let all = met.len();
        met.sort_unstable();
        met.dedup();
        assert_eq!((all, met.len()), (12, 12));
        for (path, status) in [("/api/v1/people?limit=0", 422), ("/api/v1/people?cursor=x", 422)] {
            assert_eq!(office.asks("gil", "GET", path, None, Value::Null).await.0, status, "{path}");
        }
        let shown = office.with("max").await.gets("/admin/people?q=helene").await.text;
        assert!(shown.contains("Hélène Çelik") && !shown.contains(">Ben<"));
        office.leave();
    }
}

on_both_engines! {
    async fn nobody_raises_anybody_above_their_own_rank_nor_changes_somebody_higher(w) {
        let office = Office::of(w).await;
        let raised = edits(&office, "max", "ben", None, &[("role", "owner")]).await;
        says(&raised, 422, "Nobody gives a rank above their own");
        let raised = edits(&office, "max", "max", None, &[("role", "owner")]).await;
        says(&raised, 422, "Nobody gives a rank above their own");
        assert_eq!(office.person("ben").await["role"], "agent");
        let higher = edits(&office, "max", "ada", None, &[("name", "Adam")]).await;
        says(&higher, 403, "a rank as high as this person");
        assert_eq!(edits(&office, "max", "ben", None, &[("role", "admin")]).await.status, 303);
        assert_eq!(office.person("ben").await["role"], "admin");
        // The rise counts on Ben's next request.
        assert_eq!(office.with("ben").await.gets("/admin").await.status, 200);
        assert_eq!(edits(&office, "ada", "max", None, &[("role", "owner")]).await.status, 303);
        assert_eq!(edits(&office, "ben", "dora", None, &[("role", "king")]).await.status, 422);
        assert_eq!(edits(&office, "cleo", "dora", None, &[("name", "Dorothea")]).await.status, 403);
        assert_eq!(edits(&office, "emil", "dora", None, &[("name", "Dorothea")]).await.status, 404);
        assert_eq!(office.person("dora").await["name"], "Dora");
        office.leave();
    }
}

on_both_engines! {
    async fn the_last_owner_stays_and_nobody_shuts_themselves_out(w) {
        let office = Office::of(w).await;
        let lowered = edits(&office, "ada", "ada", None, &[("role", "admin")]).await;
        says(&lowered, 422, "This is the last account owner");
        let out = edits(&office, "ada", "ada", None, &[("disabled", "1")]).await;
        says(&out, 422, "This is the last account owner");
        let out = edits(&office, "max", "max", None, &[("disabled", "1")]).await;
        says(&out, 422, "Nobody disables their own account");
        assert_eq!(edits(&office, "ada", "max", None, &[("role", "owner")]).await.status, 303);
        // With a second owner the first may go, and then the second is the last.
        assert_eq!(edits(&office, "max", "ada", None, &[("role", "agent")]).await.status, 303);
        let last = edits(&office, "max", "max", None, &[("role", "none")]).await;
        assert_eq!(last.status, 422);
        office.leave();
    }
}

on_both_engines! {
    async fn whoever_is_disabled_is_out_at_once_by_browser_and_by_token(w) {
        let office = Office::of(w).await;
        let mut gil = office.with("gil").await;
        let token = office.token("gil").await;
        let asks = async || {
            let request = Request::get("/api/v1/tickets").header("authorization", format!("Bearer {token}"));
            office.desk.sends(request.body(Body::empty()).unwrap()).await.status
        };
        assert_eq!((gil.gets("/tickets").await.status, asks().await), (200, 200));
        assert_eq!(edits(&office, "max", "gil", None, &[("disabled", "1")]).await.status, 303);
        assert_eq!(asks().await, 401);
        assert!(gil.gets("/tickets").await.location().starts_with("/login"));
        assert_eq!(edits(&office, "max", "gil", None, &[]).await.status, 303);
        assert_eq!(office.person("gil").await["disabled"], false);
        assert_eq!(asks().await, 401, "what ended stays ended");
        office.leave();
    }
}

on_both_engines! {
    async fn a_persons_form_comes_back_with_every_fault_and_with_what_somebody_else_saved(w) {
        let office = Office::of(w).await;
        let taken = edits(&office, "max", "emil", None, &[("email", "DORA@nordet.example")]).await;
        says(&taken, 422, "This address already belongs to somebody");
        assert!(taken.text.contains("value=\"DORA@nordet.example\""));
        let taken = edits(&office, "max", "emil", None, &[("login", "Dora")]).await;
        says(&taken, 422, "This login already belongs to somebody");
        let both = edits(&office, "max", "emil", None, &[("email", "no address"), ("name", " ")]).await;
        says(&both, 422, "This is not an e-mail address");
        says(&both, 422, "This field is required");
        let seen = office.person("emil").await["version"].as_i64().unwrap();
        assert_eq!(edits(&office, "max", "emil", None, &[("name", "Émile"), ("site", "Lyon")]).await.status, 303);
        let late = edits(&office, "ada", "emil", Some(seen), &[("name", "Emilio")]).await;
        says(&late, 409, "Somebody saved in the meantime");
        assert!(late.text.contains("<dd>Émile</dd>") && late.text.contains("value=\"Emilio\""));
        let stands = office.person("emil").await;
        assert_eq!((&stands["name"], &stands["site"]), (&json!("Émile"), &json!("Lyon")));
        office.leave();
    }
}

on_both_engines! {
    async fn whoever_stops_handling_tickets_hands_them_over_and_leaves_every_department(w) {
        let office = Office::of(w).await;
        let blue = office.department("Blue").await;
        for role in ["none", "viewer"] {
            let refused = edits(&office, "max", "ben", None, &[("role", role)]).await;
            says(&refused, 422, "1 open ticket is in their charge");
            assert!(refused.text.contains("name=\"release\""));
        }
        assert_eq!(office.member(blue, "ben").await["level"], "edit");
        let fields = [("role", "none"), ("release", "1"), ("portal", "1")];
        assert_eq!(edits(&office, "max", "ben", None, &fields).await.status, 303);
        assert_eq!(office.person("ben").await["role"], Value::Null);
        assert_eq!(office.member(blue, "ben").await, Value::Null);
        assert_eq!(w.stands(w.ticket("screen")).await.0, "free");
        let mut ben = office.with("ben").await;
        assert_eq!(ben.gets("/tickets").await.status, 404);
        assert_eq!(ben.gets("/portal").await.status, 200);
        office.leave();
    }
}

on_both_engines! {
    async fn a_new_person_is_made_once_and_invited_by_mail(w) {
        let office = Office::of(w).await;
        let mut max = office.with("max").await;
        let form = |email| {
            [
                ("name", "Zoé Petit"),
                ("email", email),
                ("language", "fr"),
                ("role", "agent"),
                ("scope", "group"),
                ("link", "1"),
            ]
        };
        let made = max.posts("/admin/people/new", "/admin/people", &form("zoe@nordet.example")).await;
        assert_eq!(made.status, 303, "{}", made.text);
        let zoe = people::find_by_email(&mut w.db.read(), "zoe@nordet.example").await.unwrap().unwrap();
        assert_eq!(made.location(), format!("/admin/people/{}", zoe.id));
        assert_eq!(zoe.role.map(|r| r.word()), Some("agent"));
        assert_eq!(links_to(w, zoe.id).await, 1);
        let again = max.posts("/admin/people/new", "/admin/people", &form("ZOE@nordet.example")).await;
        says(&again, 422, "This address already belongs to somebody");
        assert!(again.text.contains("value=\"Zoé Petit\""));
        let king = [("name", "Rex"), ("email", "rex@nordet.example"), ("language", "en"), ("role", "owner"), ("scope", "global")];
        says(&max.posts("/admin/people/new", "/admin/people", &king).await, 422, "Nobody gives a rank above their own");
        let shut = [("name", "Rex"), ("email", "rex@nordet.example"), ("language", "en"), ("role", "none"), ("link", "1")];
        says(&max.posts("/admin/people/new", "/admin/people", &shut).await, 422, "This person cannot sign in");
        assert!(people::find_by_email(&mut w.db.read(), "rex@nordet.example").await.unwrap().is_none());
        let link = format!("/admin/people/{}/password-link", zoe.id);
        assert_eq!(max.posts("/admin/people", &link, &[]).await.status, 303);
        assert_eq!(links_to(w, zoe.id).await, 2);
        // Fay has no way in: a link would open nothing. And an agent sends nobody anything.
        let mut tx = w.db.write().await.unwrap();
        tx.run(global!("UPDATE people SET has_portal = FALSE WHERE id = $1", w.person("fay"))).await.unwrap();
        tx.commit().await.unwrap();
        let link = format!("/admin/people/{}/password-link", w.person("fay"));
        assert_eq!(max.posts("/admin/people", &link, &[]).await.status, 422);
        let mut ben = office.with("ben").await;
        assert_eq!(ben.posts("/preferences", &link, &[]).await.status, 403);
        assert_eq!(links_to(w, w.person("fay")).await, 0);
        office.leave();
    }
}

async fn links_to(w: &World, person: PersonId) -> i64 {
    let count: Counted = w
        .db
        .read()
        .one(system!(
            because = "a test reads the post",
            "SELECT COUNT(*) AS n FROM outgoing_mails WHERE person_id = $1 AND purpose = 'password_link'",
            person
        ))
        .await
        .unwrap();
    count.n
}

on_both_engines! {
    async fn programs_administer_by_the_same_rules_as_pages(w) {
        let office = Office::of(w).await;
        let blue = office.department("Blue").await;
        let path = format!("/api/v1/departments/{blue}");
        for (who, method, path, body, expect) in [
            ("ben", "POST", "/api/v1/departments", json!({ "name": "Green" }), 403),
            ("dora", "POST", "/api/v1/departments", json!({ "name": "Green" }), 403),
            ("max", "POST", "/api/v1/departments", json!({ "name": "Green" }), 201),
            ("max", "POST", "/api/v1/departments", json!({ "name": "Green" }), 422),
            ("gil", "GET", &path, Value::Null, 404),
            ("ben", "GET", &path, Value::Null, 200),
            ("ben", "PATCH", &path, json!({ "name": "Azure" }), 403),
            ("max", "PATCH", &path, json!({ "name": "Azure", "colour": 3 }), 422),
            ("max", "PATCH", &path, json!({ "default_category": null }), 200),
            ("dora", "GET", "/api/v1/people", Value::Null, 404),
            ("ben", "GET", "/api/v1/people", Value::Null, 200),
            ("vera", "POST", "/api/v1/people", json!({ "name": "Z", "email": "z@nordet.example" }), 403),
            ("dora", "POST", "/api/v1/people", json!({ "name": "Z", "email": "z@nordet.example" }), 404),
            ("max", "POST", "/api/v1/people", json!({ "name": "Z", "email": "z@nordet.example" }), 201),
            ("max", "POST", "/api/v1/people", json!({ "name": "Y", "email": "y@nordet.example", "role": "king" }), 422),
        ] {
            let (status, said) = office.asks(who, method, path, None, body).await;
            assert_eq!(status, expect, "{who} {method} {path}: {said}");
        }
        let standing = office.reads(blue).await;
        assert_eq!((&standing["name"], &standing["default_category"]), (&json!("Blue"), &Value::Null));
        let (status, said) = office.asks("max", "PATCH", &path, Some(1), json!({ "name": "Azure" })).await;
        assert_eq!((status, &said["current_version"]), (409, &json!(2)));
        // Those who do not manage members do not read them either.
        let (_, seen) = office.asks("ben", "GET", &path, None, Value::Null).await;
        assert_eq!(seen["members"], Value::Null);
        let ada = format!("/api/v1/people/{}", w.person("ada"));
        let (status, _) = office.asks("max", "PATCH", &ada, None, json!({ "disabled": true })).await;
        assert_eq!(status, 403);
        let gil = format!("/api/v1/people/{}", w.person("gil"));
        let (status, said) = office.asks("max", "PATCH", &gil, None, json!({ "login": null, "scope": "group" })).await;
        assert_eq!((status, &said["login"], &said["scope"]), (200, &Value::Null, &json!("group")));
        let member = office.member_path(blue, "ben");
        assert_eq!(office.asks("max", "DELETE", &member, None, Value::Null).await.0, 422);
        assert_eq!(office.asks("max", "DELETE", &format!("{member}?release=true"), None, Value::Null).await.0, 204);
        let ticket = format!("/api/v1/tickets/{}", w.ticket("screen"));
        assert_eq!(office.asks("ben", "GET", &ticket, None, Value::Null).await.0, 404);
        office.leave();
    }
}
