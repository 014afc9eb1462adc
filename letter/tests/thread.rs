//! Threading by proof: what cannot be forged joins, everything else is a new letter.

use letter::parse::parse;
use letter::thread::{
    Thread, ThreadKey, is_ours, plus_address, read, read_reference, reference_for,
};

const OURS: &str = "support@desk.example";

fn key() -> ThreadKey {
    ThreadKey::new([7; 32])
}

fn thread(ticket: i64, recipient: i64) -> Option<Thread> {
    Some(Thread { ticket, recipient })
}

fn letter(headers: &str) -> letter::Letter {
    parse(format!("From: c@univ.example\r\n{headers}\r\n\r\nText\r\n").as_bytes())
}

fn address(ticket: i64, recipient: i64) -> String {
    plus_address(&key(), ticket, recipient, OURS)
}

fn reference(ticket: i64, recipient: i64) -> String {
    reference_for(&key(), ticket, recipient, "n0nce", "desk.example")
}

#[test]
fn an_answer_to_our_address_joins_from_any_header_that_carries_it() {
    for header in ["To", "Cc", "Delivered-To", "X-Original-To", "Envelope-To"] {
        let letter = letter(&format!("{header}: Desk <{}>", address(4812, 77)));
        assert_eq!(read(&key(), &letter, OURS), thread(4812, 77), "{header}");
    }
}

#[test]
fn an_identifier_with_half_its_brackets_is_the_same_without() {
    let half = letter("Message-ID: a@b.example>\r\nReferences: x@y.example> z@y.example>");
    assert_eq!(half.message_id.as_deref(), Some("a@b.example"));
    assert_eq!(half.references, ["x@y.example", "z@y.example"]);
}

#[test]
fn case_does_not_matter_because_relays_change_it() {
    let letter = letter(&format!("To: {}", address(4812, 77).to_uppercase()));
    assert_eq!(read(&key(), &letter, OURS), thread(4812, 77));
    assert_eq!(
        read_reference(&key(), &reference(4812, 77).to_uppercase()),
        thread(4812, 77)
    );
}

#[test]
fn an_answer_that_refers_to_our_mail_joins() {
    for header in ["In-Reply-To", "References"] {
        let letter = letter(&format!("{header}: <{}>", reference(12, 3)));
        assert_eq!(read(&key(), &letter, OURS), thread(12, 3), "{header}");
    }
}

/// Where programs leave it (ID-10, ID-11).
#[test]
fn our_identifier_is_found_among_others_in_a_long_chain() {
    let others = "<other@mail.example>\r\n ".repeat(60);
    let letter = letter(&format!(
        "References: {others}<{}>\r\n <last@mail.example>",
        reference(12, 3)
    ));
    assert_eq!(read(&key(), &letter, OURS), thread(12, 3));
}

/// Everything is signed (ID-04).
#[test]
fn any_changed_character_of_a_token_breaks_the_proof() {
    let sound = reference(4812, 77);
    for (at, original) in sound
        .char_indices()
        .filter(|(at, _)| *at < sound.find('@').unwrap_or(0))
    {
        let other = if original == 'b' { 'c' } else { 'b' };
        let changed = format!("{}{other}{}", &sound[..at], &sound[at + 1..]);
        assert_eq!(read_reference(&key(), &changed), None, "{changed}");
    }
    let sound = address(4812, 77);
    let local = sound.find('@').unwrap_or(0);
    for (at, original) in sound.char_indices().filter(|(at, _)| *at < local) {
        let other = if original == 'b' { 'c' } else { 'b' };
        let changed = format!("{}{other}{}", &sound[..at], &sound[at + 1..]);
        assert_eq!(
            read(&key(), &letter(&format!("To: {changed}")), OURS),
            None,
            "{changed}"
        );
    }
}

#[test]
fn tokens_of_another_key_another_ticket_or_another_use_prove_nothing() {
    let other = ThreadKey::new([8; 32]);
    assert_eq!(read_reference(&other, &reference(1, 2)), None);
    assert_eq!(
        read(&other, &letter(&format!("To: {}", address(1, 2))), OURS),
        None
    );
    let code = address(1, 2)
        .split(['+', '@'])
        .nth(1)
        .unwrap_or_default()
        .rsplit('.')
        .next()
        .unwrap_or_default()
        .to_owned();
    assert_eq!(
        read_reference(&key(), &format!("vigie.1.2..{code}@desk.example")),
        None,
        "an address is no identifier"
    );
    assert_eq!(
        read(
            &key(),
            &letter(&format!("To: support+1.3.{code}@desk.example")),
            OURS
        ),
        None,
        "another recipient"
    );
    assert_eq!(
        read(
            &key(),
            &letter(&format!("To: support+01.2.{code}@desk.example")),
            OURS
        ),
        None,
        "another way of writing 1"
    );
    assert_eq!(
        read(
            &key(),
            &letter(&format!("To: support+1.2.{code}.x@desk.example")),
            OURS
        ),
        None,
        "something behind"
    );
    assert_eq!(
        read(
            &key(),
            &letter(&format!("To: support+1.2.{code}@else.example")),
            OURS
        ),
        None,
        "another domain"
    );
    assert_eq!(
        read(
            &key(),
            &letter(&format!("To: sales+1.2.{code}@desk.example")),
            OURS
        ),
        None,
        "another mailbox"
    );
}

/// Nor do identifiers without a proof, as older desks made them (ID-03, ID-04, ID-19).
#[test]
fn numbers_in_subjects_and_guessed_identifiers_prove_nothing() {
    for header in [
        "Subject: Re: [#1234] [Ticket 1234] (#1234)",
        "Subject: (ABC-123) RE: [other #99]",
        "In-Reply-To: <vigie.1234.1.n.aaaaaaaaaaaaaaaaaaaaaaaaaa@desk.example>",
        "In-Reply-To: <vigie.1234.1@desk.example>",
        "In-Reply-To: <ticket-1234@desk.example>",
        "References: <vigie.1234.1.n.@desk.example>",
        "To: support+1234@desk.example",
        "To: support+1234.1.aaaaaaaaaaaaaaaaaaaaaaaaaa@desk.example",
        "To: support+@desk.example, support+..@desk.example",
        "X-Vigie-Ticket: 1234",
    ] {
        assert_eq!(read(&key(), &letter(header), OURS), None, "{header}");
    }
}

#[test]
fn the_address_wins_over_the_references() {
    let letter = letter(&format!(
        "To: {}\r\nIn-Reply-To: <{}>",
        address(1, 2),
        reference(9, 2)
    ));
    assert_eq!(read(&key(), &letter, OURS), thread(1, 2));
}

/// Better a new ticket than a wrong one (ID-10).
#[test]
fn proofs_that_contradict_each_other_prove_nothing() {
    let two_tickets = letter(&format!("To: {}, {}", address(1, 2), address(3, 2)));
    assert_eq!(read(&key(), &two_tickets, OURS), None);
    let two_people = letter(&format!("To: {}\r\nCc: {}", address(1, 2), address(1, 3)));
    assert_eq!(read(&key(), &two_people, OURS), None);
    let chain = letter(&format!(
        "References: <{}> <{}>",
        reference(1, 2),
        reference(3, 2)
    ));
    assert_eq!(read(&key(), &chain, OURS), None);
}

#[test]
fn copies_of_one_ticket_to_several_people_join_as_the_last_answered() {
    let chain = letter(&format!(
        "References: <{}> <{}>",
        reference(1, 2),
        reference(1, 3)
    ));
    assert_eq!(read(&key(), &chain, OURS), thread(1, 3));
    let answered = letter(&format!(
        "In-Reply-To: <{}>\r\nReferences: <{}>",
        reference(1, 2),
        reference(1, 3)
    ));
    assert_eq!(read(&key(), &answered, OURS), thread(1, 2));
}

#[test]
fn the_same_token_twice_is_one_proof() {
    let both = letter(&format!(
        "To: {}\r\nDelivered-To: {}",
        address(1, 2),
        address(1, 2)
    ));
    assert_eq!(read(&key(), &both, OURS), thread(1, 2));
}

#[test]
fn tokens_fit_where_they_go_and_read_back() {
    for (ticket, recipient) in [(0, 0), (1, 1), (4812, 77), (i64::MAX, i64::MAX)] {
        let reference = reference_for(
            &key(),
            ticket,
            recipient,
            "Nonce <>\r\n@.é-42",
            "Desk.Example\r\nX: y",
        );
        assert!(
            reference.len() <= 250 && reference.bytes().all(|b| b.is_ascii_graphic()),
            "{reference}"
        );
        assert_eq!(
            read_reference(&key(), &format!("<{reference}>")),
            thread(ticket, recipient)
        );
        assert!(is_ours(&key(), &reference));
    }
    let written = address(99_999_999, 9_999_999);
    let local = written.split('@').next().unwrap_or_default();
    assert!(local.len() <= 64, "{local} fits RFC 5321");
    assert_eq!(plus_address(&key(), 1, 2, "no address"), "no address");
}

#[test]
fn the_key_is_not_printed() {
    assert_eq!(format!("{:?}", key()), "ThreadKey(…)");
}
