//! Every odd letter of `letter/fixtures` goes through the whole walk: one ticket, one comment, or a
//! held row that administrators see; nothing in any page's HTML runs.

use std::path::Path;

use super::*;

fn fixtures() -> Vec<(String, Vec<u8>)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../letter/fixtures");
    let mut found: Vec<(String, Vec<u8>)> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|e| e == "eml"))
        .map(|path| {
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            (name, std::fs::read(&path).unwrap())
        })
        .collect();
    found.sort();
    found
}

on_both_engines! {
    /// On PostgreSQL as on SQLite (MIME-03, MIME-07, MIME-08, MIME-11, MIME-12, MIME-15, MIME-17).
    async fn every_odd_letter_ends_somewhere_people_see(w) {
        let post = post(w).await;
        let fixtures = fixtures();
        assert!(fixtures.len() >= 60, "{} fixtures", fixtures.len());
        let mut shown = 0;
        for (name, raw) in &fixtures {
            let before = (count(w, "tickets").await, count(w, "comments").await);
            let id = deliver_from(&post, "relay@example.org", BLUE, raw).await;
            assert!(id > 0, "{name} was not kept");
            work(&post).await;
            let after = (count(w, "tickets").await, count(w, "comments").await);
            let ended = ended(w, id).await;
            let opened = (after.0 - before.0, after.1 - before.1);
            match ended.state.as_str() {
                "done" | "unreadable" => {
                    assert_eq!(opened, (1, 1), "{name}: {ended:?}");
                    let said = comments(w, ended.ticket_id.unwrap()).await;
                    let html = said[0].html.to_lowercase();
                    for danger in ["<script", "<iframe", "<style", "<svg", "<form", "<object", " on", "javascript:", "src="] {
                        let is_word = danger == " on";
                        let found = if is_word {
                            html.split('<').skip(1).any(|tag| {
                                let tag = tag.split('>').next().unwrap_or("");
                                tag.split_whitespace().skip(1).any(|a| a.starts_with("on"))
                            })
                        } else {
                            html.split('<').skip(1).any(|tag| format!("<{}", tag.split('>').next().unwrap_or("")).contains(danger))
                        };
                        assert!(!found, "{name}: {danger} in {html}");
                    }
                    shown += 1;
                }
                "held" => {
                    assert_eq!(opened, (0, 0), "{name}: {ended:?}");
                    assert!(ended.reason.is_some(), "{name}");
                }
                other => panic!("{name} ended as {other}"),
            }
        }
        assert!(shown >= 50, "only {shown} letters are shown");
        let admin = w.actor("max");
        let held = lists_store::count_incoming(&mut w.db.read(), &admin, store::IncomingState::Held).await.unwrap();
        let unreadable = lists_store::count_incoming(&mut w.db.read(), &admin, store::IncomingState::Unreadable).await.unwrap();
        let done = lists_store::count_incoming(&mut w.db.read(), &admin, store::IncomingState::Done).await.unwrap();
        assert_eq!(held + unreadable + done, fixtures.len() as i64);
        assert_eq!(count(w, "read jobs").await, 0);
    }
}
