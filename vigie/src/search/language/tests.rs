//! What people type, and what is understood of it.

use jiff::Timestamp;
use words::language::Language;
use words::reader::Words;

use super::*;

/// Monday 23 November 2026, 14:08 in Paris.
const NOW: i64 = 1_795_439_280_000_000;

fn reader() -> Words {
    Words::new(Language::French, "Europe/Paris", NOW)
}

/// What was understood, in a line: `ecran noir`, `"a b"`, `pre*`, `-x`, `from(..)`.
fn line(understood: &Understood) -> String {
    let who = |who: &Who| match who {
        Who::Me => "me".to_owned(),
        Who::Nobody => "nobody".to_owned(),
        Who::Named(words) => words.join(" "),
    };
    let moment = |m: &Moment| {
        let at = Timestamp::from_microsecond(m.0).unwrap_or_default();
        at.to_zoned(reader().zone.clone()).date().to_string()
    };
    let part = |part: &Part| {
        let text = match &part.asked {
            Asked::Text(leaf) => {
                let words = leaf.words.join(" ");
                let words = if leaf.is_quoted || leaf.words.len() > 1 {
                    format!("\"{words}\"")
                } else {
                    words
                };
                format!("{words}{}", if leaf.is_prefix { "*" } else { "" })
            }
            Asked::From(w) => format!("from({})", who(w)),
            Asked::To(w) => format!("to({})", who(w)),
            Asked::In(words) => format!("in({})", words.join(" ")),
            Asked::Tag(words) => format!("tag({})", words.join(" ")),
            Asked::States(states) => {
                let words: Vec<&str> = states.iter().map(|s| s.word()).collect();
                format!("state({})", words.join(","))
            }
            Asked::Number(n) => format!("#{n}"),
            Asked::Before(m) => format!("before({})", moment(m)),
            Asked::After(m) => format!("after({})", moment(m)),
            Asked::Attachment => "file".to_owned(),
        };
        format!("{}{text}", if part.is_excluded { "-" } else { "" })
    };
    let parts: Vec<String> = understood.parts.iter().map(part).collect();
    let remarks = |all: &[Remark], mark: &str| -> String {
        all.iter()
            .map(|r| format!(" {mark}{} {}", r.key.trim_start_matches("search-"), r.about))
            .collect()
    };
    let mut line = parts.join(" ");
    line.push_str(&remarks(&understood.hints, "?"));
    line.push_str(&remarks(&understood.faults, "!"));
    line.trim_start().to_owned()
}

const TABLE: &[(&str, &str)] = &[
    ("", ""),
    ("   ", ""),
    ("écran", "ecran"),
    ("Écran NOIR", "ecran noir"),
    ("l’imprimante", "imprimante"),
    ("NB-2417", "\"nb 2417\""),
    ("wi-fi", "\"wi fi\""),
    ("dora@nordet.example", "\"dora nordet example\""),
    // Phrases, with every kind of quotes, closed or not.
    ("\"écran noir\"", "\"ecran noir\""),
    ("“black screen”", "\"black screen\""),
    ("« écran noir »", "\"ecran noir\""),
    ("«\u{202f}écran noir\u{202f}» bis", "\"ecran noir\" bis"),
    ("\"écran noir", "\"ecran noir\""),
    ("x\"b c\"z", "x \"b c\" z"),
    ("\"\"", ""),
    ("\"\" printer", "printer"),
    // Beginnings.
    ("impr*", "impr*"),
    ("impr* noi*", "impr* noi*"),
    ("x* printer", "x printer ?hint-short-beginning x*"),
    ("*", ""),
    ("**printer", "printer"),
    ("\"impr*\"", "\"impr\""),
    ("nb-24*", "\"nb 24\"*"),
    // Exclusions.
    ("printer -paper", "printer -paper"),
    ("printer −paper", "printer -paper"),
    ("-\"black screen\"", "-\"black screen\""),
    ("-impr*", "-impr*"),
    ("e-mail", "\"e mail\""),
    ("- printer", "printer"),
    ("--printer", "printer"),
    ("printer-", "printer"),
    // Common words step back when others stand beside them.
    ("le réseau", "reseau"),
    ("the printer and the paper", "printer paper"),
    ("the", "the"),
    ("the a", "the a"),
    ("\"the printer\"", "\"the printer\""),
    ("printer -the", "printer"),
    ("the -printer", "the -printer"),
    // Numbers.
    ("#4812", "#4812"),
    ("-#4812", "-#4812"),
    ("4812", "4812"),
    ("#abc", "abc"),
    ("#", ""),
    ("#99999999999999999999", "99999999999999999999"),
    // Fields, in both languages.
    ("from:dora", "from(dora)"),
    ("de:dora", "from(dora)"),
    ("from:\"Dora Martin\"", "from(dora martin)"),
    ("De:Hélène", "from(helene)"),
    ("from:dora@nordet.example", "from(dora nordet example)"),
    ("from:me", "from(me)"),
    ("de:moi", "from(me)"),
    ("from:nobody", "from(nobody)"),
    ("to:ben", "to(ben)"),
    ("à:ben", "to(ben)"),
    ("a:ben", "to(ben)"),
    ("assignee:me", "to(me)"),
    ("assigné:personne", "to(nobody)"),
    ("to:none", "to(nobody)"),
    ("in:Blue", "in(blue)"),
    ("dans:\"Ressources humaines\"", "in(ressources humaines)"),
    ("service:réseau", "in(reseau)"),
    ("-in:Blue", "-in(blue)"),
    ("tag:VIP", "tag(vip)"),
    ("étiquette:\"salle A\"", "tag(salle a)"),
    ("state:free", "state(free)"),
    ("état:libre", "state(free)"),
    ("etat:libre", "state(free)"),
    ("état:en-cours", "state(in_progress)"),
    ("state:in_progress", "state(in_progress)"),
    ("state:\"in progress\"", "state(in_progress)"),
    ("state:closed,free", "state(closed,free)"),
    ("statut:archivé", "state(archived,merged)"),
    ("state:open", "state(free,in_progress,incomplete,postponed)"),
    ("-state:ended", "-state(approved,expired,refused,cancelled)"),
    ("state:sleeping", "!fault-state sleeping"),
    ("state:,", "!fault-state ,"),
    ("before:2026-11-01", "before(2026-11-01)"),
    ("avant:01/11/2026", "before(2026-11-01)"),
    ("avant:1.11.2026", "before(2026-11-01)"),
    ("after:2026-11-01", "after(2026-11-01)"),
    ("depuis:hier", "after(2026-11-22)"),
    ("after:today", "after(2026-11-23)"),
    ("après:aujourd’hui", "after(2026-11-23)"),
    ("après:aujourd'hui", "after(2026-11-23)"),
    ("after:7d", "after(2026-11-16)"),
    ("après:2s", "after(2026-11-09)"),
    ("before:2026-02-30", "!fault-date 2026-02-30"),
    ("before:soon", "!fault-date soon"),
    ("before:99999999d", "!fault-date 99999999d"),
    ("before:-5d", "!fault-date -5d"),
    ("before:2026", "!fault-date 2026"),
    ("has:attachment", "file"),
    ("avec:fichier", "file"),
    ("avec:\"pièce jointe\"", "file"),
    ("avec:pièce-jointe", "file"),
    ("-has:file", "-file"),
    ("has:wings", "!fault-has wings"),
    // What is no field is text, and the reader is told.
    ("colour:red", "\"colour red\" ?hint-unknown-field colour:"),
    ("from: dora", "dora ?hint-empty-field from:"),
    ("from:\"\"", "?hint-empty-field from:"),
    ("from:\"!\"", ""),
    ("Re: printer", "\"re\" printer"),
    ("10:30", "\"10 30\""),
    ("https://intra.example/a", "\"https intra example a\""),
    // Nothing typed breaks anything.
    ("100%", "100"),
    ("_ % \\ ' ( ) | & ! < >", ""),
    ("a AND b OR NOT c", "b not"),
    ("NEAR(printer paper)", "\"near printer\" paper"),
    ("title:x", "\"title x\" ?hint-unknown-field title:"),
    ("printer' OR '1'='1", "printer \"1 1\""),
    ("\u{0}printer\u{0}", "printer"),
];

#[test]
fn what_people_type_is_understood() {
    let mut faults = vec![];
    for (typed, expected) in TABLE {
        let found = line(&understand(typed, Fields::Staff, &reader()));
        if found != *expected {
            faults.push(format!("{typed:?}\n  {expected}\n  {found}"));
        }
    }
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
}

#[test]
fn a_requester_has_no_field_that_tells_of_others() {
    for (typed, expected) in [
        ("from:dora", "\"from dora\" ?hint-unknown-field from:"),
        ("to:ben", "\"to ben\" ?hint-unknown-field to:"),
        ("in:Red", "\"in red\" ?hint-unknown-field in:"),
        ("tag:vip", "\"tag vip\" ?hint-unknown-field tag:"),
        ("state:closed", "state(closed)"),
        ("has:file", "file"),
    ] {
        let found = line(&understand(typed, Fields::Requester, &reader()));
        assert_eq!(found, expected, "{typed}");
    }
}

#[test]
fn while_somebody_types_the_last_word_is_a_beginning() {
    for (typed, expected) in [
        ("black scr", "black scr*"),
        ("s", "s*"),
        ("\"black scr", "\"black scr\""),
        ("black -scr", "black -scr"),
        ("state:closed", "state(closed)"),
    ] {
        let found = understand(typed, Fields::Staff, &reader()).while_typing();
        assert_eq!(line(&found), expected, "{typed}");
    }
}

#[test]
fn a_query_without_end_is_refused_in_a_sentence() {
    let long = "x".repeat(LONGEST + 1);
    let many = "printer ".repeat(MOST_PARTS + 1);
    assert_eq!(
        line(&understand(&long, Fields::Staff, &reader())),
        "!fault-too-long 1000"
    );
    let many = understand(&many, Fields::Staff, &reader());
    assert_eq!(many.faults.len(), 1);
}

proptest::proptest! {
    #[test]
    fn nothing_typed_breaks_the_reader(text in "[\\-\"«»“” :*#a-zé%_'’0-9\\\\()]{0,200}") {
        let understood = understand(&text, Fields::Staff, &reader());
        for leaf in understood.leaves() {
            proptest::prop_assert!(leaf.words.iter().all(|w| !w.is_empty() && w.chars().all(char::is_alphanumeric)));
        }
    }
}
