//! Whoever leaves while they hold open tickets: what becomes of these.

use super::*;

async fn holder(w: &World, ticket: &str) -> Option<PersonId> {
    record! { struct Row { assignee_id: Option<PersonId> } }
    let row: Row =
        w.db.read()
            .one(system!(
                because = "a test looks at the table itself",
                "SELECT assignee_id FROM tickets WHERE id = $1",
                w.ticket(ticket)
            ))
            .await
            .unwrap();
    row.assignee_id
}

async fn blue_gives_in_turn(w: &World) {
    crate::handling::giving_out::blue_gives(w, "round_robin").await;
}

on_both_engines! {
    async fn a_member_who_leaves_is_asked_about_and_their_tickets_are_given_out_again(w) {
        let office = Office::of(w).await;
        blue_gives_in_turn(w).await;
        let blue = office.department("Blue").await;
        let page = format!("/admin/departments/{blue}");
        let removal = format!("{page}/members/{}/removal", w.person("ben"));
        let mut max = office.with("max").await;
        let plain = [("version", "1"), ("level", "edit")];
        let asked = max.posts(&page, &removal, &plain).await;
        says(&asked, 422, "The open ticket in their charge is to be");
        for value in ["give_out", "to", "1"] {
            assert!(asked.text.contains(&format!("name=\"release\" value=\"{value}\"")), "{}", asked.text);
        }
        let gone = [("version", "1"), ("level", "edit"), ("release", "give_out"), ("held", "1")];
        assert_eq!(max.posts(&page, &removal, &gone).await.status, 303);
        // Ben is first in turn, and is who leaves.
        assert_eq!(holder(w, "screen").await, Some(w.person("rob")));
        assert_eq!(office.kinds_of("screen").await[..].iter().rev().take(2).collect::<Vec<_>>(), ["given_out", "released"]);
        assert_eq!(w.stands(w.ticket("badge")).await.0, "closed", "what is over stays as it is");
        office.leave();
    }
}

on_both_engines! {
    async fn where_no_rule_gives_out_they_are_free(w) {
        let office = Office::of(w).await;
        let blue = office.department("Blue").await;
        let path = office.member_path(blue, "ben");
        let (status, said) = office.asks("max", "PATCH", &path, None, json!({ "level": "view", "give_out": true })).await;
        assert_eq!(status, 200, "{said}");
        assert_eq!((holder(w, "screen").await, w.stands(w.ticket("screen")).await.0.as_str()), (None, "free"));
        office.leave();
    }
}

on_both_engines! {
    async fn they_are_given_to_a_colleague_who_handles_them_and_to_nobody_else(w) {
        let office = Office::of(w).await;
        let blue = office.department("Blue").await;
        let page = format!("/admin/departments/{blue}");
        let removal = format!("{page}/members/{}/removal", w.person("ben"));
        let mut max = office.with("max").await;
        let to = |heir: &'static str| [("version", "1"), ("level", "edit"), ("release", "to"), ("held", "1"), ("heir", heir)];
        for (heir, said) in [
            ("", "id=\"member-"),
            ("whoever@nowhere.example", "whoever@nowhere.example"),
            ("vera@nordet.example", "Choose a colleague who is available"),
            ("ben@nordet.example", "Choose a colleague who is available"),
            ("cleo@nordet.example", "Choose a colleague who is available"),
        ] {
            let refused = max.posts(&page, &removal, &to(heir)).await;
            says(&refused, 422, said);
            assert!(refused.text.contains("value=\"to\" checked") && refused.text.contains(&format!("value=\"{heir}\"")), "{}", refused.text);
            assert_eq!(holder(w, "screen").await, Some(w.person("ben")), "{heir}");
        }
        assert_eq!(max.posts(&page, &removal, &to("rob@nordet.example")).await.status, 303);
        assert_eq!(holder(w, "screen").await, Some(w.person("rob")));
        assert_eq!(office.kinds_of("screen").await.last().unwrap(), "assigned");
        office.leave();
    }
}

on_both_engines! {
    async fn whoever_is_shut_out_hands_over_too_and_programs_say_one_thing(w) {
        let office = Office::of(w).await;
        blue_gives_in_turn(w).await;
        let ben = format!("/api/v1/people/{}", w.person("ben"));
        let (status, said) = office.asks("max", "PATCH", &ben, None, json!({ "disabled": true })).await;
        assert_eq!((status, &said["errors"][0]["field"]), (422, &json!("disabled")), "{said}");
        let twice = json!({ "disabled": true, "release": true, "give_out": true });
        let (status, said) = office.asks("max", "PATCH", &ben, None, twice).await;
        assert_eq!((status, &said["errors"][0]["code"]), (422, &json!("fault-leaving-twice")));
        let to_cleo = json!({ "disabled": true, "give_to": w.person("cleo").0 });
        let (status, said) = office.asks("max", "PATCH", &ben, None, to_cleo).await;
        assert_eq!((status, &said["errors"][0]["field"]), (422, &json!("heir")), "she does not work in Blue");
        let (status, said) = office.asks("max", "PATCH", &ben, None, json!({ "disabled": true, "give_out": true })).await;
        assert_eq!(status, 200, "{said}");
        assert_eq!(holder(w, "screen").await, Some(w.person("rob")));
        // Shut out already, they hold nothing that could be asked about again.
        let (status, _) = office.asks("max", "PATCH", &ben, None, json!({ "name": "Benjamin" })).await;
        assert_eq!(status, 200);
        office.leave();
    }
}
