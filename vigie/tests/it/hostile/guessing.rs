//! Guessing at length: numbers by the thousand, and parts of files.

use super::note_with_a_file;
use crate::desk::Desk;

on_both_engines! {
    /// AZ-13.
    async fn ten_thousand_guesses_and_every_manner_of_asking_find_no_file(w) {
        let door = w.door().await;
        let salary = w.ticket("salary");
        let file = note_with_a_file(&door, "cleo", &format!("/api/v1/tickets/{salary}")).await;
        assert!(file < 2_500, "the walk below comes by it");
        for id in 0..2_500 {
            for way in ["/portal/tickets", "/tickets", "/api/v1/tickets", "/shared"] {
                let answer = door.gets("fay", &format!("{way}/{salary}/attachments/{id}")).await;
                assert!(answer.status == 404 && !answer.body.contains("hello"), "{way} {id}: {}", answer.status);
            }
        }
        // A part of it, whether it changed, what it weighs: to whoever may not have it, it is not there.
        let desk = Desk::of(door.app.clone());
        let path = format!("/tickets/{salary}/attachments/{file}");
        for (name, value) in [("range", "bytes=0-2"), ("if-none-match", "*"), ("if-modified-since", "Mon, 23 Nov 2026 00:00:00 GMT"), ("accept", "image/webp")] {
            for method in ["GET", "HEAD"] {
                for (who, is_theirs) in [("cleo", true), ("ben", false), ("fay", false)] {
                    let mut browser = desk.browser().with(name, value);
                    let (cookie, secret) = door.cookie(who).unwrap().split_once('=').unwrap();
                    browser.cookies.insert(cookie.to_owned(), secret.to_owned());
                    let answer = browser.asks(method, &path, None).await;
                    let what = format!("{who} {method} {name}: {}", answer.status);
                    assert_eq!(answer.status != 404, is_theirs, "{what}");
                    assert!(is_theirs || !answer.text.contains("hel"), "{what}");
                }
            }
        }
        door.closes().await;
    }
}
