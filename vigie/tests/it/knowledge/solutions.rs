//! What customers and agents do with articles: found before a ticket is opened, said to help or not, referred to in answers.

use axum::http::Method;
use serde_json::json;

use super::{BLUE, RED, published, publishes, told, writes};

on_both_engines! {
    async fn the_form_of_a_new_ticket_shows_what_may_answer_it_and_a_yes_counts_as_a_ticket_spared(w) {
        let door = w.door().await;
        let body = json!({"title": "Paper jams", "body": "Open the tray", "audience": "authenticated", "categories": [BLUE]});
        let by_category = writes(&door, "ada", body).await;
        publishes(&door, "ada", by_category).await;
        let by_title = published(&door, "Réveiller un écran noir", "public", None).await;
        published(&door, "Écran noir, for staff", "staff", None).await;
        let form = format!("/portal/tickets/new?category={BLUE}");
        let page = door.gets("dora", &form).await.body;
        assert!(page.contains("Paper jams") && !page.contains("Réveiller"), "without script those of the category");
        assert!(!door.gets("dora", &format!("/portal/tickets/new?category={RED}")).await.body.contains("Paper jams"));
        let part = door.gets("dora", &format!("/portal/solutions/answering?category={RED}&subject=ECRAN+en+panne")).await.body;
        assert!(part.contains("Réveiller un écran noir") && !part.contains("for staff"), "{part}");
        // It is read, which is counted, and it helps.
        let read = format!("/portal/solutions/{by_title}?asking={BLUE}");
        let page = door.gets("dora", &read).await.body;
        assert!(page.contains(&format!("name=\"asking\" value=\"{BLUE}\"")), "{page}");
        door.app.finish_errands().await;
        let verdict = format!("/portal/solutions/{by_title}/verdict");
        let said = door.asks("dora", Method::POST, &verdict, &format!("solved=yes&asking={BLUE}")).await;
        assert_eq!((said.status, said.location()), (303, "/portal"));
        let said = door.asks("emil", Method::POST, &verdict, &format!("solved=no&asking={BLUE}")).await;
        assert_eq!((said.status, said.location()), (303, &*form), "who is not helped goes on asking");
        assert_eq!(door.asks("emil", Method::POST, &verdict, "solved=yes").await.status, 303, "read for itself, it spares no ticket");
        assert_eq!(door.asks("emil", Method::POST, &verdict, "solved=perhaps").await.status, 422);
        door.gets("nobody", &format!("/help/{by_title}")).await;
        door.app.finish_errands().await;
        let kept = &told(&door, "ada", by_title).await["kept"];
        let figures = ["readings", "solved", "unsolved", "deflected"].map(|it| kept[it].as_i64().unwrap());
        assert_eq!(figures, [2, 2, 1, 1]);
        assert_eq!(told(&door, "dora", by_title).await["kept"], json!(null), "figures are for whoever keeps it");
        door.closes().await;
    }
}

on_both_engines! {
    async fn the_portal_begins_with_solutions_and_finds_them(w) {
        let door = w.door().await;
        assert!(!door.gets("dora", "/portal").await.body.contains("solutions-title"), "nothing yet");
        let id = published(&door, "Réserver une salle", "authenticated", None).await;
        let home = door.gets("dora", "/portal").await.body;
        assert!(home.contains("Réserver une salle") && home.contains(&format!("/portal/solutions/{id}")));
        assert!(door.gets("dora", "/portal/solutions?q=reserver").await.body.contains("Réserver une salle"));
        assert!(!door.gets("dora", "/portal/solutions?q=imprimante").await.body.contains("Réserver une salle"));
        // An agent without a portal account who follows such a link comes to where staff reads.
        let led = door.gets("ben", &format!("/portal/solutions/{id}")).await;
        assert_eq!((led.status, led.location()), (303, &*format!("/knowledge/{id}")));
        door.closes().await;
    }
}

on_both_engines! {
    async fn a_number_sign_offers_articles_that_everybody_can_open_who_reads_the_message(w) {
        let door = w.door().await;
        let screen = w.ticket("screen");
        let ids = [
            published(&door, "Screens for all", "public", None).await,
            published(&door, "Screens signed in", "authenticated", None).await,
            published(&door, "Screens of Blue", "department", Some(BLUE)).await,
            published(&door, "Screens for staff", "staff", None).await,
        ];
        published(&door, "Screens of Red", "department", Some(RED)).await;
        writes(&door, "ben", json!({"title": "Screens drafted", "body": "x", "audience": "department", "department": BLUE})).await;
        let offered = async |audience: &str| {
            let path = format!("/tickets/{screen}/suggestions?for=%23&q=screens&audience={audience}");
            door.gets("ben", &path).await.body
        };
        let to_dora = offered("public").await;
        for title in ["Screens for all", "Screens signed in", "Screens of Blue"] {
            assert!(to_dora.contains(title), "{title}: {to_dora}");
        }
        for title in ["Screens for staff", "Screens of Red", "Screens drafted"] {
            assert!(!to_dora.contains(title), "{title}");
        }
        let link = format!("({}/help/{})", crate::browsing::ADDRESS, ids[0]);
        assert!(to_dora.contains(&link) && to_dora.contains(&format!("/portal/solutions/{})", ids[1])), "{to_dora}");
        let note = offered("staff").await;
        assert!(note.contains("Screens for staff") && note.contains(&format!("/knowledge/{})", ids[3])), "{note}");
        assert!(!note.contains("Screens of Red"), "he does not see it himself");
        // Blue is offered to nobody who asks: what it tells its own people does not reach Dora any more.
        let path = format!("/api/v1/departments/{BLUE}/offering");
        assert_eq!(door.asks("ada", Method::PATCH, &path, r#"{"offered_to":"nobody"}"#).await.status, 200);
        assert!(!offered("public").await.contains("Screens of Blue"));
        // Whoever has no account opens what is public.
        let path = format!("/api/v1/people/{}", w.person("dora"));
        assert_eq!(door.asks("ada", Method::PATCH, &path, r#"{"portal":false}"#).await.status, 200);
        let to_her = offered("public").await;
        assert!(to_her.contains("Screens for all") && !to_her.contains("Screens signed in"), "{to_her}");
        door.closes().await;
    }
}
