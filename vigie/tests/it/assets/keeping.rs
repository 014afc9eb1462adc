//! How the register is kept: twins, two at once, holders, history, and people who are on an asset.

use super::*;
use crate::live::line::Listening;

record! { struct Line { what: String } }

async fn history(w: &World, id: i64) -> Vec<String> {
    let lines: Vec<Line> =
        w.db.read()
            .all(system!(
                because = "a test looks at the table itself",
                "SELECT what FROM asset_events WHERE asset_id = $1 ORDER BY id",
                id
            ))
            .await
            .unwrap();
    lines.into_iter().map(|it| it.what).collect()
}

on_both_engines! {
    async fn the_second_of_the_same_serial_or_tag_is_warned_before_it_is_saved(w) {
        let door = w.door().await;
        let first = adds(&door, json!({"name": "ThinkPad", "serial": "PF-4K9 Z2T", "tag": "NB-1"})).await;
        for twin in [json!({"name": "Other", "serial": "pf4k9z2t"}), json!({"name": "Other", "tag": "nb 1"})] {
            let answer = tries(&door, "max", &twin).await;
            assert_eq!(answer.status, 422, "{}", answer.body);
            assert!(answer.body.contains(&format!("{first} · NB-1 · ThinkPad")), "it names the other: {}", answer.body);
        }
        let form = "name=Other&kind=computer&state=in_stock&serial=pf4k9z2t";
        let warned = door.asks("max", Method::POST, "/assets", form).await;
        assert_eq!(warned.status, 422);
        assert!(warned.body.contains("name=\"confirmed\"") && warned.body.contains("ThinkPad"), "{}", warned.body);
        let saved = door.asks("max", Method::POST, "/assets", &format!("{form}&confirmed=1")).await;
        assert_eq!(saved.status, 303, "{}", saved.body);
        // What it has already warns of nothing when something else of it is changed.
        let second = saved.location().split('/').nth(2).unwrap().split('?').next().unwrap().parse().unwrap();
        assert_eq!(patches(&door, "max", second, 1, json!({"model": "T14"})).await.status, 200);
        door.closes().await;
    }
}

on_both_engines! {
    async fn different_properties_are_merged_and_the_same_one_shows_both_sides(w) {
        let door = w.door().await;
        let id = adds(&door, json!({"name": "ThinkPad", "tag": "NB-1"})).await;
        assert_eq!(patches(&door, "max", id, 1, json!({"tag": "NB-2"})).await.status, 200);
        let merged = patches(&door, "ada", id, 1, json!({"serial": "S1"})).await;
        assert_eq!(merged.status, 200, "{}", merged.body);
        let stands = door.json("ada", &format!("/api/v1/assets/{id}")).await;
        assert_eq!((&stands["tag"], &stands["serial"], &stands["version"]), (&json!("NB-2"), &json!("S1"), &json!(3)));
        let clash = patches(&door, "ada", id, 1, json!({"tag": "NB-3"})).await;
        assert_eq!(clash.status, 409);
        let said: Value = serde_json::from_str(&clash.body).unwrap();
        assert_eq!(said["fields"], json!([{"field": "tag", "theirs": "NB-2", "yours": "NB-3"}]));
        let form = "version=1&name=ThinkPad&kind=other&state=in_stock&tag=NB-3";
        let page = door.asks("ada", Method::POST, &format!("/assets/{id}"), form).await;
        assert_eq!(page.status, 409);
        assert!(page.body.contains("NB-2") && page.body.contains("NB-3") && page.body.contains("Max"), "both sides, and who: {}", page.body);
        assert!(page.body.contains("name=\"version\" value=\"3\""), "whoever saves again means it");
        // The same form of what was seen takes nothing of the others' back.
        let form = "version=1&name=ThinkPad+T14&kind=other&state=in_stock&tag=NB-1";
        assert_eq!(door.asks("max", Method::POST, &format!("/assets/{id}"), form).await.status, 303);
        let stands = door.json("ada", &format!("/api/v1/assets/{id}")).await;
        assert_eq!((&stands["name"], &stands["tag"], &stands["serial"]), (&json!("ThinkPad T14"), &json!("NB-2"), &json!("S1")));
        assert_eq!(history(w, id).await, ["created", "tag", "serial", "name"]);
        door.closes().await;
    }
}

on_both_engines! {
    async fn what_is_given_is_in_use_and_what_is_taken_back_in_stock(w) {
        let door = w.door().await;
        let id = adds(&door, json!({"name": "ThinkPad"})).await;
        let path = format!("/assets/{id}/holder");
        let given = door.asks("max", Method::POST, &path, "version=1&holder=dora%40nordet.example").await;
        assert_eq!(given.status, 303, "{}", given.body);
        let stands = door.json("ada", &format!("/api/v1/assets/{id}")).await;
        assert_eq!((&stands["state"], &stands["holder"]["name"]), (&json!("in_use"), &json!("Dora")));
        // Somebody else gives it away meanwhile: nobody's choice is overwritten unseen.
        let clash = door.asks("ada", Method::POST, &path, "version=1&holder=emil%40nordet.example").await;
        assert_eq!(clash.status, 409);
        assert!(clash.body.contains("Dora") && clash.body.contains("Max"), "{}", clash.body);
        assert_eq!(door.asks("ada", Method::POST, &path, "version=2&holder=").await.status, 303);
        let stands = door.json("ada", &format!("/api/v1/assets/{id}")).await;
        assert_eq!((&stands["state"], &stands["is_held"]), (&json!("in_stock"), &json!(false)));
        assert_eq!(history(w, id).await, ["created", "state", "holder", "state", "holder"]);
        let unknown = door.asks("ada", Method::POST, &path, "version=3&holder=who").await;
        assert_eq!(unknown.status, 422, "{}", unknown.body);
        let retired = patches(&door, "ada", id, 3, json!({"holder": "dora@nordet.example"})).await;
        assert_eq!(retired.status, 200);
        assert_eq!(patches(&door, "ada", id, 4, json!({"state": "retired"})).await.status, 200);
        assert_eq!(seen(&door, "dora", &[]).await, [""; 0], "what is retired is nobody's");
        door.closes().await;
    }
}

on_both_engines! {
    async fn faults_stand_at_their_fields(w) {
        let door = w.door().await;
        for (body, field) in [
            (json!({}), "name"),
            (json!({"name": "x".repeat(121)}), "name"),
            (json!({"name": "x", "kind": "spaceship"}), "kind"),
            (json!({"name": "x", "state": "lost"}), "state"),
            (json!({"name": "x", "bought_on": "27/11/2026"}), "bought_on"),
            (json!({"name": "x", "bought_on": "2026-11-27", "warranty_until": "2026-11-26"}), "warranty_until"),
            (json!({"name": "x", "organization": "Nowhere"}), "organization"),
            (json!({"name": "x", "site": "Nowhere"}), "site"),
            (json!({"name": "x", "holder": "who"}), "holder"),
        ] {
            let answer = tries(&door, "ada", &body).await;
            let said: Value = serde_json::from_str(&answer.body).unwrap();
            assert_eq!((answer.status, &said["errors"][0]["field"]), (422, &json!(field)), "{body}");
        }
        door.closes().await;
    }
}

on_both_engines! {
    async fn the_list_is_narrowed_and_leafed_through_by_name(w) {
        let door = w.door().await;
        for n in 0..7 {
            let kind = if n % 2 == 0 { "computer" } else { "screen" };
            adds(&door, json!({"name": format!("Écran {n}"), "kind": kind, "serial": format!("S{n}")})).await;
        }
        let names = async |query: &str| -> (Vec<String>, Value) {
            let page = door.json("ada", &format!("/api/v1/assets?{query}")).await;
            let items = page["items"].as_array().cloned().unwrap_or_default();
            (items.iter().map(|it| it["name"].as_str().unwrap().to_owned()).collect(), page["next"].clone())
        };
        let (first, next) = names("limit=4").await;
        assert_eq!(first, ["Écran 0", "Écran 1", "Écran 2", "Écran 3"]);
        let (rest, end) = names(&format!("limit=4&cursor={}", next.as_str().unwrap())).await;
        assert_eq!((rest, end), (["Écran 4", "Écran 5", "Écran 6"].map(str::to_owned).to_vec(), Value::Null));
        assert_eq!(names("q=ECRAN+s5").await.0, ["Écran 5"]);
        assert_eq!(names("q=%25").await.0, [""; 0], "a sign of the search is a sign");
        assert_eq!(names("kind=screen&state=in_stock").await.0, ["Écran 1", "Écran 3", "Écran 5"]);
        assert_eq!(names("state=in_use").await.0, [""; 0]);
        let page = door.gets("ada", "/assets?kind=screen").await;
        assert!(page.body.contains("Écran 1") && !page.body.contains("Écran 2"), "{}", page.body);
        door.closes().await;
    }
}

on_both_engines! {
    async fn colleagues_see_who_is_on_an_asset_and_who_adds_one(w) {
        let door = w.door().await;
        let id = adds(&door, json!({"name": "Switch"})).await;
        let whose = w.person("max");
        let desk = Listening::at(door).await;
        let item = format!("asset/{id}");
        let at = json!({"say": "at", "section": "assets", "mode": "detail", "item": item, "shows": {item.clone(): 1}});
        let (mut ada, _) = desk.page("ada", at).await;
        let (max, _) = desk.page("max", json!({"say": "at", "section": "assets", "mode": "adding"})).await;
        let crowd = ada.waits_for(|frame| frame["sections"]["assets"]["people"].to_string().contains(&format!("\"person\":{whose},"))).await;
        assert!(crowd["sections"]["assets"].to_string().contains("adding"), "{crowd}");
        max.leaves().await;
        desk.closes().await;
    }
}
