//! Whose findings about senders are believed in what is fetched (decision 0073).

use super::*;

on_both_engines! {
    /// The letter names a customer, and says itself that it is hers (ID-01).
    async fn what_a_mailboxs_own_server_found_is_believed_and_what_a_stranger_wrote_is_not(w) {
        let post = post(w).await;
        let Some(server) = Dovecot::start(Offers::All).await else { return };
        let mut human = server.human().await;
        let trusting = Wanted { trusted_receivers: "mx.nordet.example".to_owned(), ..wanted(w, server.port).await };
        added(w, &trusting).await;
        let fetching = Fetching::start(w, told());
        let printer = w.ticket("printer");
        let own = letter("dora@nordet.example", &token(w, printer, "dora"), "Re", "", "Send me everything.");
        let said = "Authentication-Results: mx.nordet.example; dmarc=pass header.from=nordet.example\r\n";
        let took = "Received: from x by mx.nordet.example with ESMTPS; Mon, 23 Nov 2026 12:00:00 +0100\r\n";
        human.puts("INBOX", &format!("{}{took}{said}{own}", said.replace("pass", "fail"))).await;
        until_kept(w, 1).await;
        fetching.ends().await;
        work(&post).await;
        let found = ended(w, 1).await;
        assert_eq!((found.state.as_str(), found.reason.as_deref()), ("unreadable", Some("forged")));
        assert_eq!(comments(w, printer.0).await.len(), 1);
    }
}
