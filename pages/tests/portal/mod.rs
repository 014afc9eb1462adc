//! What the portal and the administration promise beyond what every page promises.

use crate::html::{self, Node, parse};
use askama::Template;
use pages::portal::ticket::TicketPage;
use pages::tickets::StateView;
use words::language::Language;

fn pages_named(prefix: &str) -> Vec<(String, String)> {
    let found: Vec<_> = pages::samples::all(Language::English)
        .into_iter()
        .filter(|(name, _)| name.starts_with(prefix))
        .map(|(name, page)| (name, page.expect("renders")))
        .collect();
    assert!(found.len() > 10, "{prefix}: {}", found.len());
    found
}

fn deeds(page: &TicketPage) -> [bool; 4] {
    let html = page.render().expect("renders");
    ["approval", "refusal", "reopening", "comments"]
        .map(|deed| html.contains(&format!("/portal/tickets/4770/{deed}\"")))
}

#[test]
fn a_closure_is_decided_only_while_it_waits_and_only_by_its_requester() {
    for state in StateView::ALL {
        let expect = match state {
            StateView::Closed => [true, true, false, true],
            StateView::Archived | StateView::Merged => [false; 4],
            StateView::Approved
            | StateView::Expired
            | StateView::Refused
            | StateView::Cancelled => [false, false, true, true],
            _ => [false, false, false, true],
        };
        let page = TicketPage::sample_in(Language::French, state);
        assert_eq!(deeds(&page), expect, "{state:?}");
    }
    let invited = TicketPage::sample_invited(Language::French);
    assert_eq!(invited.state, StateView::Closed);
    assert_eq!(deeds(&invited), [false, false, false, true], "an invitee");
}

#[test]
fn a_step_ahead_has_no_date_and_one_step_is_current() {
    for state in StateView::ALL {
        let page = TicketPage {
            // As after a refused closure: dates of steps that are ahead again.
            taken_at: Some(1),
            closed_at: Some(2),
            ended_at: Some(3),
            ..TicketPage::sample_in(Language::English, state)
        };
        let steps = page.steps();
        let current = steps.iter().position(|step| step.is_current);
        assert_eq!(steps.iter().filter(|step| step.is_current).count(), 1);
        for (at, step) in steps.iter().enumerate() {
            assert_eq!(step.at.is_some(), Some(at) <= current, "{state:?} {at}");
        }
    }
}

#[test]
fn every_state_says_what_happens_next_in_both_languages() {
    for state in StateView::ALL {
        let [french, english] =
            Language::ALL.map(|language| TicketPage::sample_in(language, state).next_step());
        assert!(french.ends_with('.') && english.ends_with('.'), "{state:?}");
        assert_ne!(french, english, "{state:?}");
    }
}

#[test]
fn a_requester_is_never_led_to_a_page_of_agents() {
    for (name, page) in pages_named("requester-") {
        for node in parse(&page).iter().filter_map(Node::element) {
            for attribute in ["href", "action", "formaction"] {
                let target = node.get(attribute).unwrap_or_default();
                assert!(
                    !target.starts_with("/tickets") && !target.starts_with("/admin"),
                    "{name}: {target}"
                );
            }
        }
    }
}

#[test]
fn a_reply_and_a_new_ticket_sent_twice_count_once() {
    let mut seen = 0;
    for (name, page) in pages_named("requester-") {
        let nodes = parse(&page);
        for (at, node) in nodes.iter().enumerate() {
            let Some(action) = node
                .element()
                .filter(|element| element.name == "form")
                .and_then(|form| form.get("action"))
            else {
                continue;
            };
            if action == "/portal/tickets" || action.ends_with("/comments") {
                seen += 1;
                assert!(
                    html::elements_within(&nodes, at)
                        .any(|element| element.get("name") == Some("once")),
                    "{name}: {action}"
                );
            }
        }
    }
    assert!(seen > 5, "{seen}");
}

#[test]
fn a_form_that_changes_what_others_may_change_carries_its_version() {
    let mut seen = 0;
    let mut pages = pages_named("administration-");
    pages.extend(pages_named("requester-"));
    for (name, page) in pages {
        let nodes = parse(&page);
        for (at, node) in nodes.iter().enumerate() {
            let Some(action) = node
                .element()
                .filter(|element| element.name == "form")
                .and_then(|form| form.get("action"))
            else {
                continue;
            };
            // /admin/departments/2, …/categories/3, …/members/11, /admin/people/3; a creation ends with a word.
            let edits = action.starts_with("/admin/")
                && action
                    .rsplit('/')
                    .next()
                    .is_some_and(|last| last.parse::<i64>().is_ok());
            let decides = ["/approval", "/refusal", "/reopening"]
                .iter()
                .any(|deed| action.ends_with(deed));
            if edits || decides {
                seen += 1;
                assert!(
                    html::elements_within(&nodes, at)
                        .any(|element| element.get("name") == Some("version")),
                    "{name}: {action}"
                );
            }
        }
    }
    assert!(seen > 20, "{seen}");
}

#[test]
fn what_a_requester_typed_is_escaped() {
    let mut page = TicketPage::sample_in(Language::English, StateView::Free);
    page.subject = "<script>alert(1)</script>".to_owned();
    page.reply = "</textarea><script>alert(2)</script>".to_owned();
    if let Some(file) = page
        .messages
        .iter_mut()
        .flat_map(|message| message.attachments.iter_mut())
        .next()
    {
        file.name = "\"><script>alert(3)</script>.png".to_owned();
    }
    let html = page.render().expect("renders");
    assert!(!html.contains("<script>alert"), "{html}");
}

#[test]
fn a_mail_of_the_demonstration_is_shown_in_a_frame_that_may_do_nothing() {
    let mut frames = 0;
    for (name, page) in pages_named("administration-") {
        for frame in parse(&page)
            .iter()
            .filter_map(Node::element)
            .filter(|element| element.name == "iframe")
        {
            frames += 1;
            assert_eq!(frame.get("sandbox"), Some(""), "{name}");
            assert!(frame.get("title").is_some_and(|title| !title.is_empty()));
        }
    }
    assert_eq!(frames, 1);
}
