//! Words for places, and the way back.

use presence::{Activity, Colour, Item, Kind, Mode, Section};
use proptest::prelude::*;

#[test]
fn every_word_leads_back_to_what_it_names() {
    for section in Section::ALL {
        assert_eq!(Section::parse(section.word()), Some(section));
    }
    for mode in Mode::ALL {
        assert_eq!(Mode::parse(mode.word()), Some(mode));
    }
    for activity in Activity::ALL {
        assert_eq!(Activity::parse(activity.word()), Some(activity));
    }
    assert_eq!(Section::parse("Tickets"), None);
    assert_eq!(Mode::parse(""), None);
    assert_eq!(Activity::parse("away"), None);
}

#[test]
fn colours_are_named_and_red_is_the_most_serious() {
    let words = Colour::ALL.map(Colour::word);
    assert_eq!(words, ["white", "blue", "green", "orange", "pink", "red"]);
    assert!(Colour::ALL.is_sorted());
}

#[test]
fn an_item_has_one_spelling() {
    let item = crate::ticket(12);
    assert_eq!(item.to_string(), "ticket/12");
    assert_eq!(Item::parse("ticket/12"), Some(item));
    let long = format!("{}/1", "a".repeat(13));
    for nothing in [
        "",
        "/",
        "ticket",
        "ticket/",
        "/12",
        "ticket/012",
        "ticket/+12",
        "ticket/-0",
        "Ticket/12",
        "ticket/12/",
        "ticket/1/2",
        "tick et/12",
        "ticket/12 ",
        "ticket/9223372036854775808",
        &long,
    ] {
        assert_eq!(Item::parse(nothing), None, "{nothing}");
    }
}

proptest! {
    #[test]
    fn what_is_read_as_an_item_is_written_the_same(written in "[a-z/_-]{0,4}/?[0-9+-]{0,5}") {
        if let Some(item) = Item::parse(&written) {
            prop_assert_eq!(item.to_string(), written);
        }
    }

    #[test]
    fn every_item_is_read_back(kind in "[a-z_-]{1,12}", id: i64) {
        let item = Item::of(Kind::named(&kind), id);
        prop_assert_eq!(Item::parse(&item.to_string()), Some(item));
    }
}

#[test]
fn a_kind_is_a_word_of_small_letters() {
    let kind = Kind::new("ticket").map(|kind| kind.to_string());
    assert_eq!(kind.as_deref(), Some("ticket"));
    for nothing in ["", "Ticket", "tick et", "billet-é", &"a".repeat(13)] {
        assert_eq!(Kind::new(nothing), None, "{nothing}");
    }
}

/// Nodes exchange words in a format that this crate does not choose.
#[test]
fn what_nodes_say_can_be_written_and_read() {
    fn is_exchanged<T: serde::Serialize + serde::de::DeserializeOwned>() {}
    is_exchanged::<presence::Said>();
    is_exchanged::<Item>();
}
