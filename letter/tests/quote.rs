//! Folding quoted history: never a character lost, never an answer hidden.

mod effort;

use effort::measured;
use letter::quote::split;
use proptest::prelude::*;

fn folded(text: &str) -> (&str, &str) {
    let body = split(text);
    (body.fresh, body.quoted.unwrap_or_default())
}

/// What is new stays in sight (MIME-13).
#[test]
fn history_below_an_answer_is_folded() {
    for (text, fresh) in [
        (
            "Merci.\n\nLe lun. 9 nov. 2026 à 09:12, Claire <c@b.org> a écrit :\n\n> Bonjour\n> Panne\n",
            "Merci.\n\n",
        ),
        (
            "Merci.\n\nLe lundi 9 novembre 2026 à 09:12, Claire\u{a0}a écrit\u{a0}:\n> Bonjour\n",
            "Merci.\n\n",
        ),
        (
            "Thanks.\n\nOn Mon, Nov 9, 2026 at 9:12 AM Claire <c@b.org> wrote:\n> Hello\n>> Older\n\n",
            "Thanks.\n\n",
        ),
        (
            "Thanks.\n\nOn Mon, Nov 9, 2026 at 9:12 AM Claire Martin of the Department\n<c@b.org> wrote:\n\n> Hello\n",
            "Thanks.\n\n",
        ),
        (
            "Danke.\n\nAm 09.11.2026 um 09:12 schrieb Claire:\n> Hallo\n",
            "Danke.\n\n",
        ),
        ("Ok.\n> quoted without a line above\n", "Ok.\n"),
        (
            "Ok.\n\n-----Original Message-----\nFrom: x\nall of it\n",
            "Ok.\n\n",
        ),
        ("Ok.\n\n-----Message d'origine-----\nDe : x\n", "Ok.\n\n"),
        (
            "Ok.\n\n-------- Message original --------\nDe : x\n",
            "Ok.\n\n",
        ),
        (
            "Ok.\n\n________________________________\nDe : Desk <d@b.org>\nEnvoyé : lundi 9 novembre 2026\nÀ : Claire\nObjet : Panne\n\nTexte\n",
            "Ok.\n\n________________________________\n",
        ),
        (
            "Ok.\n\nFrom: Desk <d@b.org>\nSent: Monday\nTo: Claire\nSubject: Down\n\nText\n",
            "Ok.\n\n",
        ),
        (
            "Ok.\n\n*From:* Desk\n*Sent:* Monday\n*To:* Claire\n*Subject:* Down\n\nText\n",
            "Ok.\n\n",
        ),
        ("Ok.\n-- \nClaire\n01 02 03\n", "Ok.\n"),
        (
            "Ok.\n-- \nClaire\n\nOn 9 Nov 2026 Desk wrote:\n> Hello\n",
            "Ok.\n",
        ),
    ] {
        let (seen, hidden) = folded(text);
        assert_eq!(seen, fresh, "{text}");
        assert_eq!(format!("{seen}{hidden}"), text);
    }
}

#[test]
fn answers_below_or_between_the_quoted_lines_stay_in_sight() {
    for text in [
        "On 9 Nov 2026 Desk wrote:\n> Which room?\n\nRoom 12.\n",
        "> Which room?\nRoom 12.\n> Which floor?\nSecond.\n> Thanks\n",
        "Le 9 novembre 2026, le directeur a écrit :\nfermez la salle.\n\nQue faire ?\n",
        "From: the window I see smoke\nTo: be sure, come\n",
        "Objet : panne\nDe : Claire\nBonjour\n",
        "> everything is quoted\n> really\n",
        "-----Original Message-----\nonly a forward\n",
        "---------- Forwarded message ---------\nFrom: x\n",
        "He wrote:\nnothing\n",
        "",
        "\n\n\n",
        "-- \nonly a signature\n",
    ] {
        assert_eq!(split(text).quoted, None, "{text}");
        assert_eq!(split(text).fresh, text);
    }
}

#[test]
fn a_hundred_thousand_quoted_lines_split_at_once() {
    let text = format!("Answer.\n{}", "> line\n".repeat(100_000));
    let (body, took) = measured(|| split(&text));
    assert_eq!(body.fresh, "Answer.\n");
    assert!(took < std::time::Duration::from_secs(1));
}

fn line() -> impl Strategy<Value = String> {
    prop_oneof![
        Just("> quoted".to_owned()),
        Just("".to_owned()),
        Just("-- ".to_owned()),
        Just("On 9 Nov 2026 x wrote:".to_owned()),
        Just("Le 9 nov. 2026, x a écrit :".to_owned()),
        Just("-----Original Message-----".to_owned()),
        Just("From: a\nSent: b\nTo: c\nSubject: d".to_owned()),
        Just("\r".to_owned()),
        "[ -~é\u{a0}]{0,20}",
    ]
}

proptest! {
    /// No text is eaten (MIME-13).
    #[test]
    fn both_parts_are_the_whole_and_the_first_is_not_blank(lines in prop::collection::vec(line(), 0..30), end in any::<bool>()) {
        let text = lines.join("\n") + if end { "\n" } else { "" };
        let body = split(&text);
        prop_assert_eq!(format!("{}{}", body.fresh, body.quoted.unwrap_or_default()), text.clone());
        prop_assert_eq!(body.fresh.trim().is_empty(), text.trim().is_empty());
    }

    #[test]
    fn any_text_at_all_is_whole_after_splitting(text in any::<String>()) {
        let body = split(&text);
        prop_assert_eq!(format!("{}{}", body.fresh, body.quoted.unwrap_or_default()), text);
    }
}
