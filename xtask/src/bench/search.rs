//! What is asked of the search while it is measured. The seeded desk says few different words very often, which is
//! harder for a search than what people write.

use super::desk::getter;
use super::load::Maker;
use crate::http;
use std::net::SocketAddr;
use std::sync::Arc;

/// Name and search of each row.
const ROWS: [(&str, &str); 7] = [
    ("search, common word", "/search?q=printer"),
    ("search, word of most", "/search?q=problem"),
    ("search, three words", "/search?q=printer+slow+morning"),
    ("search, phrase", "/search?q=%22message+d%27erreur%22"),
    ("search, beginning", "/search?q=impr*"),
    (
        "search, fields",
        "/search?q=imprimante+state%3Aopen+to%3Ame+after%3A90d",
    ),
    ("palette", "/palette?q=prin"),
];

/// One of them again, while mails are written.
pub const WHILE_WRITING: (&str, &str) = ("common word, meanwhile", ROWS[0].1);

/// Every row: its name and what asks it, as one agent.
pub fn rows(web: SocketAddr, cookie: &str, tickets: u64) -> Vec<(&'static str, Maker)> {
    let mut rows: Vec<(&'static str, Maker)> = ROWS
        .into_iter()
        .map(|(name, path)| (name, getter(web, path, cookie)))
        .collect();
    // Each subject carries a number of its own: a word that one ticket holds.
    let cookie = cookie.to_owned();
    let rare: Maker = Arc::new(move |n| {
        let number = n.wrapping_mul(7_919) % tickets.max(1);
        let path = format!("/search?q=%22{number:05}%22");
        http::request("GET", &path, web, &[("cookie", &cookie)], b"")
    });
    rows.push(("search, rare word", rare));
    rows
}
