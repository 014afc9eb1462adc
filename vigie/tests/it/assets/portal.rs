//! What requesters see of the register: exactly what they have, read only, while the desk shows it; and what becomes of
//! it when somebody is erased.

use super::*;

on_both_engines! {
    async fn the_portal_shows_exactly_what_one_has_and_no_write_comes_through(w) {
        let door = w.door().await;
        let all = register(w, &door).await;
        let (laptop, phone) = (all[0].1, all[1].1);
        let mine = door.gets("dora", "/portal/assets").await;
        assert_eq!(mine.status, 200);
        assert!(mine.body.contains("Laptop") && !mine.body.contains("Phone") && !mine.body.contains("Hinge"), "{}", mine.body);
        assert!(!door.gets("emil", "/portal/assets").await.body.contains("Laptop"));
        let own = door.json("dora", &format!("/api/v1/assets/{laptop}")).await;
        assert_eq!((&own["name"], &own["note"]), (&json!("Laptop"), &json!("")), "the note is staff's");
        for id in [laptop, phone] {
            let patch = patches(&door, "dora", id, 1, json!({"name": "Mine"})).await.status;
            let expected = if id == laptop { 403 } else { 404 };
            assert_eq!(patch, expected);
            for path in [format!("/assets/{id}"), format!("/assets/{id}/holder"), format!("/assets/{id}/tickets"), "/assets".to_owned()] {
                let form = "version=1&name=Mine&holder=&ticket=1";
                assert_eq!(door.asks("dora", Method::POST, &path, form).await.status, 404, "{path}");
            }
            assert_eq!(door.gets("dora", &format!("/assets/{id}")).await.status, 404);
        }
        assert_eq!(links(&door, "dora", w.ticket("screen"), laptop).await.status, 403);
        assert_eq!(door.json("ada", &format!("/api/v1/assets/{laptop}")).await["version"], 1, "nothing changed");
        door.closes().await;
    }
}

on_both_engines! {
    async fn switched_off_it_is_absent_from_menu_page_and_programs(w) {
        let door = w.door().await;
        let all = register(w, &door).await;
        assert!(door.gets("dora", "/portal").await.body.contains("/portal/assets"));
        let refused = door.asks("ben", Method::PATCH, "/api/v1/desk", r#"{"portal_assets":false}"#).await;
        assert_eq!(refused.status, 403);
        let off = door.asks("ada", Method::PATCH, "/api/v1/desk", r#"{"portal_assets":false}"#).await;
        assert_eq!(off.status, 200, "{}", off.body);
        assert!(!door.gets("dora", "/portal").await.body.contains("/portal/assets"));
        assert_eq!(door.gets("dora", "/portal/assets").await.status, 404);
        assert_eq!(seen(&door, "dora", &all).await, [""; 0]);
        assert_eq!(seen(&door, "ben", &all).await, ["Laptop", "Phone"], "staff's register is another matter");
        let told = door.json("ada", "/api/v1/journal?limit=5").await.to_string();
        assert!(told.contains("portal_assets"), "the journal tells: {told}");
        let page = door.gets("ada", "/admin/desk").await;
        let seen_version = page.body.split("name=\"version\" value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
        let form = format!("version={seen_version}&organisation=Nordet&default_scope=global&portal_assets=1");
        assert_eq!(door.asks("ada", Method::POST, "/admin/desk", &form).await.status, 303);
        assert_eq!(seen(&door, "dora", &all).await, ["Laptop"]);
        door.closes().await;
    }
}

on_both_engines! {
    async fn what_somebody_had_who_was_erased_goes_back_to_the_stock(w) {
        let door = w.door().await;
        let all = register(w, &door).await;
        let laptop = all[0].1;
        let dora = w.person("dora");
        let data = door.json("ada", &format!("/api/v1/people/{dora}/data")).await;
        assert!(data["assets"].to_string().contains("Laptop"), "her file tells what she has: {}", data["assets"]);
        let person = door.json("ada", &format!("/api/v1/people/{dora}")).await;
        let path = format!("/api/v1/people/{dora}/erasure");
        let body = json!({"name": person["name"]}).to_string();
        let answer = door.asks("ada", Method::POST, &path, &body).await;
        assert!(answer.status < 300, "{}", answer.body);
        let stands = door.json("ada", &format!("/api/v1/assets/{laptop}")).await;
        assert_eq!((&stands["state"], &stands["is_held"]), (&json!("in_stock"), &json!(false)));
        let page = door.gets("ada", &format!("/assets/{laptop}")).await;
        assert!(!page.body.contains("Dora"), "history names nobody who is nobody: {}", page.body);
        door.closes().await;
    }
}
