//! What every mail says, in both languages, compared with the reviewed file `expect/mails.txt`.

use pages::mail::report::ReportView;
use pages::mail::{Event, MailView};
use std::fmt::Write;
use words::language::Language;

/// What people read of an HTML part: the head is the same in all.
fn body(html: &str) -> &str {
    let body = html.split("<main>").nth(1);
    let body = body.and_then(|rest| rest.split("</main>").next());
    body.unwrap_or("no body").trim()
}

/// The samples of the daily report, with their names.
fn reports(language: Language) -> [(&'static str, ReportView); 3] {
    [
        ("DailyReport", ReportView::sample(language)),
        ("DailyReport of one", ReportView::sample_of_one(language)),
        ("DailyReport of nothing", ReportView::sample_empty(language)),
    ]
}

fn written() -> String {
    let mut all = String::new();
    for event in Event::ALL {
        for language in Language::ALL {
            let mail = MailView::sample(language, event);
            let html = mail.html().unwrap_or_default();
            let _ = write!(
                all,
                "=== {event:?} {}\nSubject: {}\n\n{}\n--- HTML\n{}\n\n",
                language.code(),
                mail.subject(),
                mail.text(),
                body(&html),
            );
        }
    }
    for language in Language::ALL {
        for (name, report) in reports(language) {
            let html = report.html().unwrap_or_default();
            let _ = write!(
                all,
                "=== {name} {}\nSubject: {}\n\n{}\n--- HTML\n{}\n\n",
                language.code(),
                report.subject(),
                report.text(),
                body(&html),
            );
        }
    }
    all
}

#[test]
fn every_mail_says_what_was_reviewed() {
    let expected = include_str!("expect/mails.txt");
    let written = written();
    if written != expected {
        let path = concat!(env!("CARGO_TARGET_TMPDIR"), "/mails.txt");
        let kept = std::fs::write(path, &written);
        let line = written
            .lines()
            .zip(expected.lines())
            .position(|(now, then)| now != then);
        panic!(
            "differs from line {line:?}; read {path} ({kept:?}), and copy it over tests/expect/mails.txt if it is right"
        );
    }
}

#[test]
fn every_mail_links_to_where_its_reader_goes_on() {
    for event in Event::ALL {
        for language in Language::ALL {
            let mail = MailView::sample(language, event);
            let (text, html) = (mail.text(), mail.html().unwrap_or_default());
            for link in mail.links() {
                assert!(
                    text.contains(&format!("{}\n{}", link.text, link.href)),
                    "{event:?}"
                );
                assert!(
                    html.contains(&format!("href=\"{}\"", link.href)),
                    "{event:?}"
                );
            }
            let wanted = match event {
                Event::ClosureProposed | Event::ApprovalReminder => 3,
                Event::Created | Event::Released => 4,
                _ => 1,
            };
            assert_eq!(mail.links().len(), wanted, "{event:?}");
        }
    }
}

#[test]
fn every_mail_that_can_be_answered_says_so_and_no_other_does() {
    for event in Event::ALL {
        for language in Language::ALL {
            let mail = MailView::sample(language, event);
            let sentence = mail.words.say("mail-reply");
            let says = mail.text().contains(sentence);
            assert_eq!(says, mail.may_reply, "{event:?}");
            assert_eq!(
                mail.html().unwrap_or_default().contains(sentence),
                says,
                "{event:?}"
            );
        }
    }
}

#[test]
fn a_report_says_in_words_whatever_it_says_by_colour_and_how_to_end_it() {
    for language in Language::ALL {
        for (name, report) in reports(language) {
            let (text, html) = (report.text(), report.html().unwrap_or_default());
            let sections = report.parts.iter().flat_map(|part| &part.sections);
            for row in sections.flat_map(|section| &section.rows) {
                let item = html.split("<li").find(|item| item.contains(&row.link));
                let (item, says) = (item.unwrap_or_default(), row.idle.map(|idle| idle.key()));
                assert_eq!(
                    item.contains("class=\"day\"")
                        || item.contains("class=\"week\"")
                        || item.contains("class=\"month\""),
                    says.is_some()
                );
                if let Some(key) = says {
                    let words = report.words.say(key);
                    assert!(
                        item.contains(&format!("<strong>{words}</strong>")),
                        "{name}: {item}"
                    );
                    assert!(text.contains(words), "{name}: {text}");
                }
                assert!(text.contains(&row.link), "{name}: {text}");
            }
            for link in report.links() {
                assert!(
                    text.contains(&format!("{}\n{}", link.text, link.href)),
                    "{name}"
                );
                assert!(html.contains(&format!("href=\"{}\"", link.href)), "{name}");
            }
            for said in [report.subject(), text, html] {
                assert!(
                    !said.contains("mail-") && !said.contains("{$"),
                    "{name}: {said}"
                );
            }
        }
    }
}

#[test]
fn no_mail_shows_a_key_or_a_missing_argument() {
    for event in Event::ALL {
        for language in Language::ALL {
            let mail = MailView::sample(language, event);
            for text in [mail.subject(), mail.text(), mail.html().unwrap_or_default()] {
                assert!(!text.contains("mail-"), "{event:?}: {text}");
                assert!(
                    !text.contains("{$") && !text.contains("{ $"),
                    "{event:?}: {text}"
                );
            }
        }
    }
}
