//! Who belongs to a department, and what becomes of their tickets.

use kit::system;
use serde_json::{Value, json};
use vigie::people;
use vigie::policy::Privilege;

use super::{Office, says};

on_both_engines! {
    async fn only_agents_who_can_come_in_become_members_and_only_once(w) {
        let office = Office::of(w).await;
        let blue = office.department("Blue").await;
        let (page, members) = (format!("/admin/departments/{blue}"), format!("/admin/departments/{blue}/members"));
        let mut tx = w.db.write().await.unwrap();
        people::disable(&mut tx, w.person("gil"), w.now()).await.unwrap();
        tx.commit().await.unwrap();
        let mut max = office.with("max").await;
        for (person, level, sentence) in [
            ("nobody@nordet.example", "edit", "Nobody is known as"),
            ("dora", "edit", "is no agent"),
            ("gil", "edit", "is disabled"),
            ("BEN", "edit", "is a member of this department already"),
            ("", "edit", "This field is required"),
            ("cleo", "all", "The level is none, view or edit"),
        ] {
            let answer = max.posts(&page, &members, &[("person", person), ("level", level)]).await;
            assert_eq!(answer.status, 422, "{person}");
            if level == "edit" {
                says(&answer, 422, sentence);
                assert!(answer.text.contains(&format!("value=\"{person}\"")), "{person}");
            }
        }
        let mut cleo = office.with("cleo").await;
        let ticket = format!("/tickets/{}", w.ticket("printer"));
        assert_eq!(cleo.gets(&ticket).await.status, 404);
        let added = max.posts(&page, &members, &[("person", "cleo@nordet.example"), ("level", "view")]).await;
        assert_eq!(added.status, 303);
        assert_eq!(cleo.gets(&ticket).await.status, 200);
        let member = office.member(blue, "cleo").await;
        assert_eq!(member["level"], "view");
        assert_eq!(member["privileges"].as_array().unwrap().len(), Privilege::FACTORY.len());
        office.leave();
    }
}

on_both_engines! {
    async fn whoever_holds_tickets_leaves_once_they_are_released_and_sees_them_no_more(w) {
        let office = Office::of(w).await;
        let blue = office.department("Blue").await;
        let page = format!("/admin/departments/{blue}");
        let person = w.person("ben");
        let removal = format!("{page}/members/{person}/removal");
        let (mut max, mut ben) = (office.with("max").await, office.with("ben").await);
        let ticket = format!("/tickets/{}", w.ticket("screen"));
        assert_eq!(ben.gets(&ticket).await.status, 200);
        let fields = [("version", "1"), ("level", "edit")];
        let refused = max.posts(&page, &removal, &fields).await;
        says(&refused, 422, "1 open ticket is in their charge");
        assert!(refused.text.contains("name=\"release\""));
        assert_eq!(office.member(blue, "ben").await["level"], "edit");
        assert_eq!(w.stands(w.ticket("screen")).await.0, "in_progress");
        let lowered = format!("{page}/members/{person}");
        let view = [("version", "1"), ("level", "view")];
        says(&max.posts(&page, &lowered, &view).await, 422, "1 open ticket is in their charge");
        let gone = [("version", "1"), ("level", "edit"), ("release", "1")];
        assert_eq!(max.posts(&page, &removal, &gone).await.status, 303);
        assert_eq!(w.stands(w.ticket("screen")).await.0, "free");
        assert_eq!(office.kinds_of("screen").await.last().unwrap(), "released");
        assert_eq!(w.stands(w.ticket("badge")).await.0, "closed", "what is over stays as it is");
        assert_eq!(office.member(blue, "ben").await, Value::Null);
        assert_eq!(ben.gets(&ticket).await.status, 404);
        assert_eq!(ben.gets(&page).await.status, 404);
        assert_eq!(max.posts(&page, &removal, &gone).await.status, 404);
        office.leave();
    }
}

on_both_engines! {
    async fn lowering_a_member_releases_only_their_tickets_of_this_department(w) {
        let office = Office::of(w).await;
        let blue = office.department("Blue").await;
        let mut tx = w.db.write().await.unwrap();
        tx.run(system!(
            because = "the test world assigns before the verb exists",
            "UPDATE tickets SET assignee_id = $2, state = 'in_progress' WHERE id = $1",
            w.ticket("payroll"),
            w.person("ben")
        ))
        .await
        .unwrap();
        tx.commit().await.unwrap();
        let path = office.member_path(blue, "ben");
        let lower = json!({ "level": "view" });
        let (status, said) = office.asks("max", "PATCH", &path, None, lower).await;
        assert_eq!((status, &said["errors"][0]["field"]), (422, &json!("level")));
        let lower = json!({ "level": "view", "release": true });
        let (status, said) = office.asks("max", "PATCH", &path, Some(1), lower).await;
        assert_eq!(status, 200, "{said}");
        assert_eq!(w.stands(w.ticket("screen")).await.0, "free");
        assert_eq!(w.stands(w.ticket("payroll")).await.0, "in_progress");
        let (status, said) = office.asks("max", "PATCH", &path, Some(1), json!({ "level": "edit" })).await;
        assert_eq!((status, &said["current_version"]), (409, &json!(2)));
        office.leave();
    }
}

on_both_engines! {
    async fn a_manager_of_members_releases_tickets_but_gives_no_privilege_they_lack(w) {
        let office = Office::of(w).await;
        let blue = office.department("Blue").await;
        let page = format!("/admin/departments/{blue}");
        office
            .trusts("ben", blue, &[Privilege::ManageManagers, Privilege::TakeFreeTicket])
            .await;
        office
            .trusts("rob", blue, &[Privilege::ManageProperties, Privilege::TakeFreeTicket])
            .await;
        let path = office.member_path(blue, "rob");
        for words in [
            json!(["manage_properties", "take_free_ticket", "transfer_ticket"]),
            json!(["take_free_ticket"]),
        ] {
            let body = json!({ "privileges": words });
            let (status, said) = office.asks("ben", "PATCH", &path, None, body).await;
            assert_eq!((status, &said["errors"][0]["code"]), (422, &json!("fault-privilege-above")));
        }
        let (status, _) = office.asks("ben", "PATCH", &path, None, json!({ "privileges": ["be_king"] })).await;
        assert_eq!(status, 422);
        // The page offers only what Ben has, and leaves what it cannot show.
        let mut ben = office.with("ben").await;
        let shown = ben.gets(&page).await.text;
        assert!(shown.contains("value=\"manage_managers\"") && !shown.contains("value=\"manage_properties\""));
        let form = [
            ("version", "2"),
            ("level", "edit"),
            ("privilege", "manage_managers"),
            ("privilege", "manage_properties"),
        ];
        let to = format!("{page}/members/{}", w.person("rob"));
        assert_eq!(ben.posts(&page, &to, &form).await.status, 303);
        let member = office.member(blue, "rob").await;
        assert_eq!(member["privileges"], json!(["manage_properties", "manage_managers"]));
        // Whoever they let in gets no more than they have.
        let let_in = [("person", "cleo"), ("level", "edit")];
        assert_eq!(ben.posts(&page, &format!("{page}/members"), &let_in).await.status, 303);
        assert_eq!(office.member(blue, "cleo").await["privileges"], json!(["take_free_ticket"]));
        // And Ben may send himself away, his ticket released by the right he still has.
        let gone = [("version", "2"), ("level", "edit"), ("release", "1")];
        let removal = format!("{page}/members/{}/removal", w.person("ben"));
        let answer = ben.posts(&page, &removal, &gone).await;
        assert_eq!((answer.status, answer.location()), (303, "/tickets"));
        assert_eq!(w.stands(w.ticket("screen")).await.0, "free");
        office.leave();
    }
}
