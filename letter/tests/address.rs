//! Addresses: read one way by everybody, or not at all.

use letter::address::{parse, parse_list};
use letter::complaint::Complaints;

fn single(value: &str) -> Option<(Option<String>, String)> {
    let list = parse_list(value, &mut Complaints::default());
    let mut addresses = list.addresses;
    if list.rejected > 0 || list.grouped || addresses.len() != 1 {
        return None;
    }
    addresses.pop().map(|one| (one.name, one.email))
}

#[test]
fn ordinary_addresses_are_read_with_the_domain_in_lower_case() {
    for (written, read) in [
        ("someone@example.org", "someone@example.org"),
        ("Some.One+tag@Example.ORG", "Some.One+tag@example.org"),
        (" someone@example.org ", "someone@example.org"),
        ("o'brien@example.org", "o'brien@example.org"),
        ("a_b-c=d@xn--exmple-cua.org", "a_b-c=d@xn--exmple-cua.org"),
        ("root@localhost", "root@localhost"),
        ("1@2.example", "1@2.example"),
    ] {
        assert_eq!(parse(written).as_deref(), Some(read), "{written}");
    }
}

/// Ambiguous is none (ID-15).
#[test]
fn what_programs_read_differently_is_no_address() {
    let long_local = format!("{}@example.org", "a".repeat(65));
    let long_label = format!("a@{}.org", "b".repeat(64));
    let long_whole = format!("a@{}org", "b.".repeat(130));
    let refused = [
        "",
        "@",
        "a",
        "a@",
        "@b.org",
        "a@@b.org",
        "a@b@c.org",
        "a@b.org.",
        ".a@b.org",
        "a.@b.org",
        "a..b@c.org",
        "a@.b.org",
        "a@b..org",
        "a@-b.org",
        "a@b-.org",
        "a@[127.0.0.1]",
        "a@127.0.0.1",
        "a@b.123",
        "\"a b\"@c.org",
        "\"a\"@c.org",
        "a(x)@b.org",
        "a@b.org(x)",
        "(x)a@b.org",
        "<a@b.org>",
        "a b@c.org",
        "a@b c.org",
        "a%x@b.org",
        "x!a@b.org",
        "a@b_c.org",
        "é@b.org",
        "a@é.org",
        "a@univ\u{435}.org",
        "a\u{0}@b.org",
        "a@b.org\n",
        "a@b.org\r\nCc: x@y.org",
        "=?utf-8?q?a=40acme.tld=3e?=@evil.org",
        "a,b@c.org",
        "a;b@c.org",
        "a:b@c.org",
        "a@b.org,c@d.org",
        "a\\@b.org",
        "a@b\u{200b}.org",
        "a\u{ff20}b.org",
        &long_local,
        &long_label,
        &long_whole,
    ];
    for written in refused {
        assert_eq!(parse(written), None, "{written:?}");
    }
}

#[test]
fn a_mailbox_is_a_name_and_one_address() {
    let read = |name: &str, email: &str| Some((Some(name.to_owned()), email.to_owned()));
    assert_eq!(single("Claire <c@b.org>"), read("Claire", "c@b.org"));
    assert_eq!(
        single("\"Martin, Claire\" <c@b.org>"),
        read("Martin, Claire", "c@b.org")
    );
    assert_eq!(
        single("\"A \\\"B\\\" C\" <c@b.org>"),
        read("A \"B\" C", "c@b.org")
    );
    assert_eq!(
        single("=?utf-8?Q?Zo=C3=A9?= <c@b.org>"),
        read("Zoé", "c@b.org")
    );
    assert_eq!(single("c@b.org (Claire)"), read("Claire", "c@b.org"));
    assert_eq!(single("Claire (IT) <c@b.org>"), read("Claire", "c@b.org"));
    assert_eq!(single("c@b.org"), Some((None, "c@b.org".to_owned())));
    assert_eq!(
        single("c@b.org <c@b.org>"),
        Some((None, "c@b.org".to_owned()))
    );
}

/// The whole list of them (ID-15).
#[test]
fn tricks_with_a_second_reading_name_nobody() {
    for trick in [
        "<a@x.org>b@y.org",
        "<a@x.org> <b@y.org>",
        "a@x.org <b@y.org> c@z.org",
        "<a@x.org",
        "a@x.org>",
        "\"a@x.org",
        "(a@x.org",
        "a(x)@acme.tld",
        "a@acme.tld(.evil.org)",
        "a@acme.tld (x) .evil.org",
        "a@acme.tld (x) b",
        "<@route.org:a@b.org>",
        "<a@b.org,c@d.org>",
        "=?utf-8?q?a=40acme.tld=3e?=@evil.org",
        "\"=?utf-8?q?a=40acme.tld=3e?=\"@evil.org",
        "\"a@acme.tld\"@evil.org",
        "a@acme.tld, b@evil.org",
        "a@acme.tld; b@evil.org",
        "Group: a@acme.tld;",
        "=?utf-8?q?<a@acme.tld>=2C?= <>",
        "a@x.org\" <b@y.org>",
        "Claire <claire@acme.tld.>",
    ] {
        assert_eq!(single(trick), None, "{trick}");
    }
}

/// Decoded it is a name at most (ID-15).
#[test]
fn an_encoded_word_cannot_bring_an_address_along() {
    assert_eq!(
        single("=?utf-8?q?boss=40acme=2Etld?= <thief@evil.org>"),
        Some((None, "thief@evil.org".to_owned())),
        "a name that looks like an address is left out"
    );
    assert_eq!(
        single("=?utf-8?q?x=3Cboss=2C?= <t@evil.org>")
            .map(|one| one.1)
            .as_deref(),
        Some("t@evil.org")
    );
}

#[test]
fn lists_keep_what_is_sure_and_count_the_rest() {
    let list = parse_list(
        "a@b.org, , broken@@x, \"Doe, J\" <j@b.org>, A@B.org, Team: x@b.org, y@b.org;",
        &mut Complaints::default(),
    );
    let emails: Vec<&str> = list
        .addresses
        .iter()
        .map(|one| one.email.as_str())
        .collect();
    assert_eq!(emails, ["a@b.org", "j@b.org", "x@b.org", "y@b.org"]);
    assert_eq!(list.rejected, 1);
    assert!(list.grouped);
}
