//! Mails as they were sent, in a frame (decision 0080; INJ-10): who sees it, what it may do, and when it is there.

use super::*;
use crate::browsing::Door;

/// A newsletter to the desk: colours, an attached picture, two of another host, one that would act on this desk, and script.
fn dressed(subject: &str) -> String {
    let html = "<body style='color:#333'><table width=600 bgcolor=#eeeeee><tr><td style='color:#c00000;padding:8px'>Dressed words \
        <img src='cid:logo@x' alt=Logo><img src='https://shop.example/a.png' alt=Shoes><img src='http://shop.example/pixel.gif'>\
        <img src='https://desk.nordet.example/logout'><script>alert(1)</script><a href='https://shop.example/'>Shop</a></td></tr></table></body>";
    let png = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";
    format!(
        "From: Dora <dora@nordet.example>\r\nTo: {BLUE}\r\nCc: Emil <emil@nordet.example>\r\nSubject: {subject}\r\nMIME-Version: 1.0\r\n\
         Content-Type: multipart/related; boundary=b\r\n\r\n--b\r\nContent-Type: text/html; charset=utf-8\r\n\r\n{html}\r\n\
         --b\r\nContent-Type: image/png\r\nContent-ID: <logo@x>\r\nContent-Transfer-Encoding: base64\r\n\r\n{png}\r\n--b--\r\n"
    )
}

record! { struct First { id: i64 } }

async fn first_comment(w: &World, ticket: i64) -> i64 {
    let query = system!(
        because = "a test looks at the table itself",
        "SELECT MIN(id) AS id FROM comments WHERE ticket_id = $1",
        ticket
    );
    let found: First = w.db.read().one(query).await.unwrap();
    found.id
}

/// A dressed letter on a ticket: its number, and where it is shown.
async fn arrived(w: &World, post: &Post, subject: &str) -> (i64, String) {
    let id = deliver(post, BLUE, &dressed(subject)).await;
    work(post).await;
    let ticket = ended(w, id).await.ticket_id.unwrap();
    let comment = first_comment(w, ticket).await;
    (
        ticket,
        format!("/tickets/{ticket}/comments/{comment}/letter"),
    )
}

async fn shows(door: &Door, who: &str, path: &str) -> (u16, String, String) {
    let answer = door.gets(who, path).await;
    let policy = answer.headers.get("content-security-policy").cloned();
    (answer.status, policy.unwrap_or_default(), answer.body)
}

on_both_engines! {
    async fn a_mail_is_shown_as_it_was_sent_and_other_hosts_pictures_only_when_they_are_asked_for(w) {
        let door = w.door().await;
        let post = post(w).await;
        let (ticket, frame) = arrived(w, &post, "Dressed").await;
        let page = door.gets("ben", &format!("/tickets/{ticket}")).await.body;
        assert!(page.contains(&format!("src=\"{frame}\"")) && page.contains("2 pictures of other hosts"), "{page}");
        assert!(page.contains("sandbox=\"allow-popups allow-popups-to-escape-sandbox\""), "{page}");
        assert!(!page.contains("shop.example/a.png") && !page.contains("pixel.gif"));

        let (status, policy, body) = shows(&door, "ben", &frame).await;
        assert_eq!(status, 200);
        assert!(policy.starts_with("sandbox allow-popups") && policy.contains("default-src 'none'") && policy.contains("img-src data:;"), "{policy}");
        assert!(!policy.contains("allow-scripts") && !policy.contains("allow-same-origin"), "{policy}");
        for here in ["width=\"600\"", "color:#c00000", "src=\"data:image/png;base64,", "Dressed words", "emil@nordet.example", "<span>Shoes</span>"] {
            assert!(body.contains(here), "{here}: {body}");
        }
        for gone in ["a.png", "pixel.gif", "logout", "<script", "alert(1)"] {
            assert!(!body.contains(gone), "{gone}: {body}");
        }

        let (status, policy, body) = shows(&door, "ben", &format!("{frame}?pictures=1")).await;
        assert_eq!(status, 200);
        assert!(policy.contains("img-src data: https:;") && policy.contains("default-src 'none'"), "{policy}");
        assert!(body.contains("https://shop.example/a.png") && body.contains("https://shop.example/pixel.gif"), "{body}");
        assert!(!body.contains("logout") && !body.contains("<script"), "{body}");
        door.closes().await;
    }
}

on_both_engines! {
    async fn only_staff_who_read_the_ticket_see_how_a_mail_looked(w) {
        let door = w.door().await;
        let post = post(w).await;
        let (ticket, frame) = arrived(w, &post, "Dressed").await;
        for (who, status) in [("ben", 200), ("ada", 200), ("cleo", 404), ("rob", 404)] {
            assert_eq!(shows(&door, who, &frame).await.0, status, "{who}");
        }
        assert!(!matches!(shows(&door, "dora", &frame).await.0, 200), "the requester reads the words");
        // Another message, another ticket, none at all.
        let (other, _) = arrived(w, &post, "Other").await;
        let comment = frame.split('/').nth(4).unwrap();
        for path in [format!("/tickets/{other}/comments/{comment}/letter"), format!("/tickets/{ticket}/comments/0/letter"), format!("/tickets/{ticket}/comments/x/letter")] {
            let (_, _, body) = shows(&door, "ben", &path).await;
            assert!(!body.contains("Dressed words"), "{path}: {body}");
        }
        door.closes().await;
    }
}

on_both_engines! {
    async fn words_alone_have_no_frame_and_what_was_taken_out_is_in_none(w) {
        let door = w.door().await;
        let post = post(w).await;
        let id = deliver(&post, BLUE, &letter("dora@nordet.example", BLUE, "Plain", "", "Words alone.")).await;
        work(&post).await;
        let plain = ended(w, id).await.ticket_id.unwrap();
        assert!(!door.gets("ben", &format!("/tickets/{plain}")).await.body.contains("<iframe"));

        let (ticket, frame) = arrived(w, &post, "Dressed").await;
        let path = frame.replace("/letter", "/redaction");
        let taken = door.asks("ada", axum::http::Method::POST, &format!("/api/v1{path}"), r#"{"words":"Dressed words","reason":"Secret"}"#).await;
        assert!(taken.status < 300, "{} {}", taken.status, taken.body);
        let (status, _, body) = shows(&door, "ben", &frame).await;
        assert_eq!(status, 200);
        assert!(body.contains("not kept any more") && !body.contains("Dressed words"), "{body}");
        assert!(!door.gets("ben", &format!("/tickets/{ticket}")).await.body.contains("<iframe"));
        // A file that is taken off is in the letter still.
        let (ticket, frame) = arrived(w, &post, "Dressed again").await;
        let files = door.json("ben", &format!("/api/v1/tickets/{ticket}/comments")).await["items"][0]["attachments"].clone();
        let path = format!("/api/v1/tickets/{ticket}/attachments/{}", files[0]["id"]);
        let taken = door.asks("dora", axum::http::Method::DELETE, &path, "").await;
        assert!(taken.status < 300, "{} {}", taken.status, taken.body);
        let (_, _, body) = shows(&door, "ben", &frame).await;
        assert!(!body.contains("data:image"), "{body}");
        door.closes().await;
    }
}

/// Each mention of one picture would be as long as the picture.
#[test]
fn a_picture_that_is_named_over_and_over_is_shown_as_often_as_there_is_room() {
    let png = [b"\x89PNG\r\n\x1a\n".as_slice(), &[0; 1024 * 1024]].concat();
    let named = "<img src='cid:a@b' alt=x>".repeat(40_000);
    let raw = format!(
        "From: a@b.example\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=b\r\n\r\n--b\r\nContent-Type: text/html\r\n\r\n{named}\r\n\
         --b\r\nContent-Type: image/png\r\nContent-ID: <a@b>\r\nContent-Transfer-Encoding: base64\r\n\r\n{}\r\n--b--\r\n",
        data_encoding::BASE64.encode(&png)
    );
    let shown = vigie::mail::as_sent::shown(raw.as_bytes(), false, "desk.example").unwrap();
    assert_eq!(shown.html.matches("data:image/png").count(), 2);
    assert!(shown.html.len() < 8 * 1024 * 1024, "{}", shown.html.len());
}
