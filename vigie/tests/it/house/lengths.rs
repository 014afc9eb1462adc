//! How large a file may grow.

use super::tree;

/// Files of more than 400 lines, each with its reason. 600 is the end.
const LONG: &[(&str, &str)] = &[
    (
        "kit/src/db/pen.rs",
        "the writer and a change of it, and what both promise, tried",
    ),
    (
        "pages/src/equipment.rs",
        "a view struct for each page of the register, and its words",
    ),
    (
        "vigie/src/mail/judge.rs",
        "the rules, and the table of letters they are tested by",
    ),
    (
        "vigie/src/mail/store.rs",
        "channels and letters that came in: one table after the other",
    ),
    (
        "vigie/src/assets/pages.rs",
        "the list of assets, an asset and its form",
    ),
    (
        "vigie/src/tickets/rights.rs",
        "who may which deed, one arm after the other",
    ),
    ("vigie/src/policy.rs", "every table with its predicate"),
    (
        "vigie/tests/it/house/schema.rs",
        "what every table must be, rule by rule",
    ),
    (
        "vigie/src/tickets/portal.rs",
        "the portal's first page, its list and its ticket",
    ),
    (
        "vigie/src/privacy/export/store.rs",
        "what is held on somebody, one part after the other",
    ),
    (
        "vigie/tests/it/confidence.rs",
        "what is confidential, way by way of looking and of getting in",
    ),
    (
        "vigie/tests/it/teams.rs",
        "what a team gives and takes, way by way of looking",
    ),
    (
        "vigie/tests/it/administration.rs",
        "what each kind of manager may change",
    ),
    (
        "vigie/tests/it/whatever/plan.rs",
        "what a plan can hold, and the desk it runs on",
    ),
    (
        "vigie/tests/it/whatever/doing.rs",
        "what each step does and is to leave",
    ),
    (
        "vigie/src/scopes/api.rs",
        "scopes and their reviews, each with what programs read of it",
    ),
    (
        "kit/src/db/mod.rs",
        "the seam is one thing: both pools, reading and writing",
    ),
    (
        "kit/src/db/sql.rs",
        "the first lock is one thing: what a query, a condition and an end may be",
    ),
    (
        "pages/src/mail.rs",
        "every event with its name, its sentence and what comes next",
    ),
    (
        "pages/src/samples.rs",
        "every page with its samples, one after the other",
    ),
    (
        "pages/src/tickets/panel.rs",
        "the panel beside a thread, and what each of its forms may be",
    ),
    (
        "pages/src/tickets.rs",
        "the words of states and events, one match after the other",
    ),
    (
        "vigie/src/audit/words.rs",
        "every deed and field that can be noted, with its key",
    ),
    (
        "pages/src/admin/mailboxes.rs",
        "the form of a mailbox with each way to sign in, and every sentence it may come back with",
    ),
    (
        "vigie/src/mail/receive.rs",
        "a dialogue is one thing: each command with all that it may be answered",
    ),
    (
        "vigie/src/mail/mailboxes/mod.rs",
        "what a mailbox is, and everything looked at before it becomes something else",
    ),
    (
        "vigie/src/mail/mailboxes/pages.rs",
        "the list of mailboxes and their form, with all that a form can come back with",
    ),
    (
        "vigie/src/mail/mailboxes/api.rs",
        "what programs read of a mailbox and write, field by field",
    ),
    (
        "vigie/src/mail/mailboxes/line.rs",
        "a connection is one thing: how it is made, and what is heard over it, bounded",
    ),
    (
        "vigie/src/mail/mailboxes/session.rs",
        "every command that is said to a server, one after the other",
    ),
    (
        "vigie/src/mail/mailboxes/taking_store.rs",
        "what is written while letters are taken, statement after statement",
    ),
    (
        "vigie/src/mail/intake.rs",
        "what becomes of a letter, from its reading to its verb",
    ),
    (
        "vigie/src/tickets/joining/pages.rs",
        "three questions, each asked, answered and asked again",
    ),
    (
        "vigie/src/tickets/joining/store.rs",
        "what moves, table by table, and back",
    ),
    (
        "vigie/tests/it/house/probes/setting.rs",
        "one thing of each kind and state, with its secret",
    ),
    ("xtask/src/shots.rs", "one row for each page"),
    (
        "vigie/src/mail/outbox_store.rs",
        "SQL is long; nobody else may hold it",
    ),
    (
        "vigie/src/mail/pages.rs",
        "what came in and went out on one page, and the demonstration's own",
    ),
    (
        "vigie/src/mail/send.rs",
        "one mail from its row to the relay, and each way it can end",
    ),
    (
        "vigie/tests/it/second_factor.rs",
        "each way in, out and around, with the code it takes",
    ),
    (
        "vigie/src/mail/recipients.rs",
        "one table, and every row of it tried",
    ),
    (
        "vigie/src/people/access/store.rs",
        "SQL is long; nobody else may hold it",
    ),
    (
        "vigie/src/seed/replay.rs",
        "tells a ticket's life again through its verbs",
    ),
    (
        "vigie/src/tickets/api.rs",
        "the twin of every deed, each with its description",
    ),
    (
        "vigie/src/tickets/bulk/mod.rs",
        "what is asked of many tickets at once, deed by deed",
    ),
    (
        "vigie/src/tickets/views.rs",
        "every row becomes a view in one place",
    ),
    (
        "vigie/src/tickets/verbs.rs",
        "what people do to tickets, read from top to bottom",
    ),
    (
        "vigie/src/web/visitor.rs",
        "who asks, in all the ways one may ask",
    ),
    (
        "vigie/tests/it/mail/daily.rs",
        "when a report is sent and what it tells, and all that keeps it back",
    ),
    (
        "vigie/tests/it/identity.rs",
        "one story, told through the door",
    ),
    ("vigie/tests/it/mail/intake.rs", "a letter's every fate"),
    ("vigie/tests/it/mail/outgoing.rs", "a mail's every fate"),
    (
        "vigie/tests/it/seed.rs",
        "what the demonstration desk promises",
    ),
    ("vigie/tests/it/world.rs", "the one world, known by heart"),
];

#[test]
fn no_file_grows_beyond_600_lines_and_400_need_a_reason() {
    let mut faults = vec![];
    for source in tree::rust() {
        let lines = source.text.lines().count();
        let reason = LONG.iter().find(|(path, _)| *path == source.path);
        match (lines, reason) {
            (601.., _) => faults.push(format!("{} has {lines} lines", source.path)),
            (401.., None) => faults.push(format!(
                "{} has {lines} lines and no reason listed",
                source.path
            )),
            (..=400, Some(_)) => {
                faults.push(format!("{} is short again: strike its reason", source.path));
            }
            _ => {}
        }
    }
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
}
