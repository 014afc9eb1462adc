//! Letters too large to be taken: a ticket says so, and so does a mail to whoever sent one.

use super::scripted::Scripted;
use super::*;

const MOST: usize = 20_000;

/// A letter larger than is taken, by its parts.
fn large(from: &str, to: &str, subject: &str, extra: &str) -> String {
    let extra = format!(
        "MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\nMessage-ID: <{}@example.org>\r\n{extra}",
        subject.len()
    );
    let body = format!(
        "--b\n\nwords\n--b\n\n{}\n--b--\n",
        "a picture\n".repeat(6_000)
    );
    letter(from, to, subject, &extra, &body)
}

/// Fetches everything, twice, as two processes would one after the other, and lets it be read.
async fn fetched(w: &World, post: &Post, server: &Scripted, kept: i64) -> MailboxId {
    let id = added(
        w,
        &Wanted {
            afterwards: Some(Afterwards::Delete),
            ..wanted(w, server.port).await
        },
    )
    .await;
    for seed in [4, 5] {
        let fetching = Fetching::with(w, told(), dialer(LONG_ENOUGH), MOST, seed);
        until_kept(w, kept).await;
        until("the mailbox was looked into", async || {
            stands(w, id).await.succeeded_at.is_some()
        })
        .await;
        fetching.ends().await;
        work(post).await;
    }
    id
}

/// What left, with what it says; without the bytes of it.
async fn mails(w: &World) -> Vec<(String, String, String)> {
    let all = outbox(w).await.into_iter();
    let all = all.filter(|it| it.address.ends_with("@example.org"));
    all.map(|it| {
        let raw = it.raw.unwrap_or_default();
        (it.address, it.purpose, letter::parse::parse(&raw).text)
    })
    .collect()
}

on_both_engines! {
    // IN-17: 60 MB where 25 are taken.
    async fn what_is_too_large_is_a_ticket_with_a_note_and_its_sender_is_told_once(w) {
        let post = Post { is_demo: true, ..post(w).await };
        let server = Scripted::start().await;
        server.arrives(&large("Zoé <zoe@example.org>", BLUE, "Photos of the leak", ""));
        let id = fetched(w, &post, &server, 1).await;
        assert_eq!(ended(w, 1).await.state, "done");
        let ticket = ended(w, 1).await.ticket_id.unwrap();
        let words = comments(w, ticket).await;
        let [words] = words.as_slice() else { panic!("{words:?}") };
        assert_eq!(words.author, "zoe@example.org");
        assert!(words.body.contains("too large to be taken") && words.body.contains("kB"), "{}", words.body);
        assert!(words.html.contains("too large to be taken"), "{}", words.html);
        let told = mails(w).await;
        let [(address, purpose, text)] = told.as_slice() else { panic!("{told:?}") };
        assert_eq!((address.as_str(), purpose.as_str()), ("zoe@example.org", "too_large"));
        assert!(text.contains("did not reach us") && text.contains("26.2\u{a0}MB"), "{text}");
        // What stands on the ticket in the desk's language is not repeated.
        assert!(!text.contains("too large to be taken"), "{text}");
        let it = stands(w, id).await;
        assert_eq!((it.taken, it.too_large, it.withheld, it.fault), (0, 1, 0, None));
        assert!(server.with(|it| it.marked.is_empty()), "the original stays");
    }
}

on_both_engines! {
    async fn an_answer_that_is_too_large_says_so_on_its_ticket(w) {
        let post = Post { is_demo: true, ..post(w).await };
        let zoe = "Zoé <zoe@example.org>";
        let first = deliver(&post, BLUE, &letter(zoe, BLUE, "The leak", "", "It drips.")).await;
        work(&post).await;
        let ticket = ended(w, first).await.ticket_id.unwrap();
        let mail = outbox(w).await.into_iter().find(|it| it.address == "zoe@example.org").unwrap();
        let server = Scripted::start().await;
        let extra = format!("In-Reply-To: <{}>\r\n", mail.message_id);
        server.arrives(&large(zoe, BLUE, "Re: The leak", &extra));
        fetched(w, &post, &server, 2).await;
        let words = comments(w, ticket).await;
        assert_eq!(words.len(), 2);
        assert!(words[1].body.contains("too large to be taken"), "{:?}", words[1]);
        let told: Vec<_> = mails(w).await.into_iter().map(|it| it.1).collect();
        assert_eq!(told, ["acknowledgement", "too_large"]);
    }
}

on_both_engines! {
    async fn a_machine_whose_letter_is_too_large_is_told_nothing(w) {
        let post = Post { is_demo: true, ..post(w).await };
        let server = Scripted::start().await;
        let (scanner, reports) = ("Scanner <scanner@example.org>", "Reports <reports@example.org>");
        server.arrives(&large(scanner, BLUE, "A scan", "Auto-Submitted: auto-generated\r\n"));
        server.arrives(&large(reports, BLUE, "The report", "List-Id: <reports.example.org>\r\nPrecedence: bulk\r\n"));
        fetched(w, &post, &server, 2).await;
        assert_eq!(mails(w).await, []);
        for id in [1, 2] {
            assert!(ended(w, id).await.ticket_id.is_some());
        }
    }
}
