//! How long the two pages agents live in take to render: `cargo run --release -p pages --example speed`.

use askama::Template;
use pages::tickets::list::TicketListPage;
use pages::tickets::show::TicketPage;
use std::hint::black_box;
use std::time::Instant;
use words::language::Language;

fn measure(name: &str, page: &impl Template) {
    let rounds = 2_000_u32;
    let mut buffer = String::new();
    for _ in 0..200 {
        buffer.clear();
        let _ = page.render_into(&mut buffer);
    }
    let start = Instant::now();
    for _ in 0..rounds {
        buffer.clear();
        let _ = black_box(page).render_into(&mut buffer);
    }
    let each = start.elapsed() / rounds;
    println!(
        "{name}: {:.1} µs, {} bytes",
        each.as_secs_f64() * 1e6,
        buffer.len()
    );
}

fn main() {
    measure(
        "list of 50 rows",
        &TicketListPage::sample_of(Language::French, 50),
    );
    measure("ticket page", &TicketPage::sample(Language::French));
    let words = TicketPage::sample(Language::French).frame.words;
    let start = Instant::now();
    for _ in 0..1_000_000 {
        black_box(words.say(black_box("tickets-state-in-progress")));
    }
    println!(
        "one sentence: {:.1} ns",
        start.elapsed().as_secs_f64() * 1e3
    );
}
