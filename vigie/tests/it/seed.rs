//! Desks that are loaded instead of lived: the demonstration, and those for measurements.

use std::collections::BTreeMap;
use std::path::PathBuf;

use demo::desk::Desk;
use kit::clock::Clock;
use kit::db::{Ask, Db};
use kit::error::Error;
use kit::ids::{Dice, digest};
use kit::{global, record, system};
use vigie::commands::demo as demo_command;
use vigie::commands::seed::announcement;
use vigie::files::Files;
use vigie::house::{House, Opening};
use vigie::people::access::passwords::Check;
use vigie::seed::bulk::{self, Size};
use vigie::seed::{self, Loaded};
use vigie::tickets::machine::{Stage, State};

use crate::world::Scratch;

/// Runs a test on an empty database of each engine, with a folder for files.
pub fn on_empty_databases(name: &str, test: impl AsyncFn(Empty)) {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .unwrap();
    runtime.block_on(async {
        for engine in Scratch::engines() {
            let scratch = Scratch::make(engine, name).await;
            let db = Db::open(&scratch.place).await.unwrap();
            let folder =
                std::env::temp_dir().join(format!("vigie-seed-{}-{name}", std::process::id()));
            let files = Files::in_folder(&folder).unwrap();
            test(Empty {
                db: db.clone(),
                files,
                folder: folder.clone(),
            })
            .await;
            db.close().await;
            scratch.remove().await;
            std::fs::remove_dir_all(folder).unwrap();
        }
    });
}

pub struct Empty {
    pub db: Db,
    files: Files,
    folder: PathBuf,
}

/// Real hashing takes a second for all accounts; what is stored of a password is another test's.
pub async fn hash(password: &str) -> Result<String, Error> {
    Ok(format!("hash of {password}"))
}

async fn load(empty: &Empty, desk: &Desk) -> Loaded {
    seed::load(&empty.db, &empty.files, desk, 1, &Dice::seeded(1), &hash)
        .await
        .unwrap()
}

/// The demonstration desk with its first tickets only, where the rest would prove nothing more.
fn short_desk() -> Desk {
    let mut desk = demo::desk(1, bulk::NOW.0);
    desk.tickets.truncate(60);
    desk
}

const SMALL: Size = Size {
    is_searchable: true,
    sign_ins: 2,
    tickets: 700,
    agents: 23,
    departments: 20,
    requesters: 50,
    seed: 9,
    now: bulk::NOW,
};

async fn load_small(db: &Db) -> Loaded {
    bulk::load(db, SMALL, &Dice::seeded(1), &hash)
        .await
        .unwrap()
}

record! { struct Counts {
    people: i64, agents: i64, memberships: i64, departments: i64, categories: i64, tickets: i64,
    comments: i64, attachments: i64, jobs: i64, mails: i64
} }

async fn counts(db: &Db) -> Counts {
    db.read()
        .one(system!(
            because = "a test looks at the tables themselves",
            "SELECT (SELECT COUNT(*) FROM people) AS people, (SELECT COUNT(*) FROM agents) AS agents, \
             (SELECT COUNT(*) FROM memberships) AS memberships, (SELECT COUNT(*) FROM departments) AS departments, \
             (SELECT COUNT(*) FROM categories) AS categories, (SELECT COUNT(*) FROM tickets) AS tickets, \
             (SELECT COUNT(*) FROM comments) AS comments, (SELECT COUNT(*) FROM attachments) AS attachments, \
             (SELECT COUNT(*) FROM jobs) AS jobs, (SELECT COUNT(*) FROM outgoing_mails) AS mails"
        ))
        .await
        .unwrap()
}

record! {
    #[derive(Clone, Debug, PartialEq, Eq)]
    struct Row { id: i64, line: String }
}

/// Every row of what a desk is, as text, table by table.
async fn dump(db: &Db) -> Vec<Vec<Row>> {
    let reader = &mut db.read();
    macro_rules! rows {
        ($text:literal) => {
            reader
                .all::<Row>(system!(
                    because = "a test looks at the tables themselves",
                    $text
                ))
                .await
                .unwrap()
        };
    }
    vec![
        rows!(
            "SELECT id, name || email_key || COALESCE(login, '-') || kind || COALESCE(phone, '-') || created_at AS line FROM people ORDER BY id"
        ),
        rows!("SELECT person_id AS id, role || scope AS line FROM agents ORDER BY person_id"),
        rows!(
            "SELECT person_id AS id, department_id || level || privileges AS line FROM memberships ORDER BY person_id, department_id"
        ),
        rows!("SELECT id, name || default_category_id AS line FROM departments ORDER BY id"),
        rows!(
            "SELECT id, name || department_id || '.' || COALESCE(parent_id, 0) AS line FROM categories ORDER BY id"
        ),
        rows!(
            "SELECT id, subject || state || stage || category_id || '.' || requester_id || '.' || author_id || '.' \
               || COALESCE(assignee_id, 0) || '.' || priority || origin || COALESCE(recall_at, 0) || '.' || comment_count || '.' \
               || last_actor_id || last_side || created_at || '.' || updated_at || '.' || COALESCE(closed_at, 0) || '.' || version AS line FROM tickets ORDER BY id"
        ),
        rows!(
            "SELECT id, ticket_id || '.' || author_id || audience || hat || origin || body || html || created_at AS line FROM comments ORDER BY id"
        ),
        rows!(
            "SELECT id, ticket_id || '.' || comment_id || name || media_type || size || digest AS line FROM attachments ORDER BY id"
        ),
        rows!(
            "SELECT id, ticket_id || '.' || COALESCE(actor_id, 0) || hat || kind || audience || COALESCE(old_value, '-') \
               || COALESCE(new_value, '-') || COALESCE(comment_id, 0) || '.' || at AS line FROM events ORDER BY id"
        ),
        rows!(
            "SELECT ticket_id AS id, person_id || kind || source AS line FROM participants ORDER BY ticket_id, person_id"
        ),
        rows!("SELECT person_id AS id, token_hash AS line FROM api_tokens ORDER BY person_id"),
    ]
}

/// What the triggers counted, and what there is to count.
async fn counted_and_true(db: &Db) -> [Vec<Row>; 2] {
    let reader = &mut db.read();
    let counted = reader.all(global!(
        "SELECT department_id AS id, state || holder || ' ' || n AS line FROM ticket_counts WHERE n <> 0 ORDER BY department_id, state, holder"
    ));
    let counted = counted.await.unwrap();
    let real = reader.all(system!(
        because = "a test looks at the tables themselves",
        "SELECT department_id AS id, state || COALESCE(assignee_id, 0) || ' ' || COUNT(*) AS line FROM tickets GROUP BY department_id, state, COALESCE(assignee_id, 0) ORDER BY department_id, state, COALESCE(assignee_id, 0)"
    ));
    [counted, real.await.unwrap()]
}

record! { struct Stands { id: i64, state: String, stage: String, comment_count: i64, assignee_id: Option<i64>, closed_at: Option<i64> } }
record! { struct Happened { ticket_id: i64, kind: String, new_value: Option<String> } }

/// Each ticket's row says what its last events led to.
async fn every_ticket_stands_where_its_history_left_it(db: &Db) {
    let tickets: Vec<Stands> = db.read().all(system!(
        because = "a test looks at the tables themselves",
        "SELECT t.id, t.state, t.stage, t.comment_count, t.assignee_id, t.closed_at FROM tickets t"
    )).await.unwrap();
    let events: Vec<Happened> = db
        .read()
        .all(system!(
            because = "a test looks at the tables themselves",
            "SELECT ticket_id, kind, new_value FROM events ORDER BY ticket_id, id"
        ))
        .await
        .unwrap();
    let words: Vec<Row> = db.read().all(system!(
        because = "a test looks at the tables themselves",
        "SELECT ticket_id AS id, CAST(COUNT(*) AS TEXT) AS line FROM comments GROUP BY ticket_id"
    )).await.unwrap();
    let words: BTreeMap<i64, String> = words.into_iter().map(|row| (row.id, row.line)).collect();
    let mut led: BTreeMap<i64, (String, Option<i64>)> = BTreeMap::new();
    for event in events {
        let (state, holder) = led
            .entry(event.ticket_id)
            .or_insert(("free".to_owned(), None));
        match event.kind.as_str() {
            "created" | "invited" | "transferred" => {}
            "taken" | "taken_over" | "assigned" => {
                *holder = event.new_value.map(|key| key.parse().unwrap());
                if state == "free" {
                    *state = "in_progress".to_owned();
                }
            }
            "released" => (*state, *holder) = ("free".to_owned(), None),
            _ => *state = event.new_value.unwrap(),
        }
    }
    for ticket in tickets {
        let (state, holder) = &led[&ticket.id];
        assert_eq!(&ticket.state, state, "ticket {}", ticket.id);
        assert_eq!(&ticket.assignee_id, holder, "ticket {}", ticket.id);
        let state = State::of(&ticket.state).unwrap();
        assert_eq!(ticket.stage, state.stage().word(), "ticket {}", ticket.id);
        // Whatever ends a ticket dates its end: what was refused or cancelled is archived by it, too.
        let is_solved = state.stage() != Stage::Open;
        assert_eq!(
            ticket.closed_at.is_some(),
            is_solved,
            "ticket {}",
            ticket.id
        );
        assert_eq!(
            words[&ticket.id],
            ticket.comment_count.to_string(),
            "ticket {}",
            ticket.id
        );
    }
}

#[test]
fn the_whole_demonstration_desk_stands_in_the_tables_as_it_is_told() {
    on_empty_databases("whole", async |empty| {
        let desk = demo::desk(1, bulk::NOW.0);
        let loaded = load(&empty, &desk).await;
        assert_eq!(loaded.tickets, 1_200);
        let counts = counts(&empty.db).await;
        assert_eq!(counts.people as usize, desk.people.len());
        assert_eq!(counts.agents as usize, desk.agents.len());
        assert_eq!(counts.departments as usize, desk.departments.len());
        let categories = desk.departments.iter().map(|d| d.categories.len());
        assert_eq!(counts.categories as usize, categories.sum::<usize>());
        let memberships = desk.agents.iter().map(|a| a.memberships.len());
        assert_eq!(counts.memberships as usize, memberships.sum::<usize>());
        assert_eq!(counts.tickets as usize, desk.tickets.len());
        assert!(counts.comments > 4_000, "{}", counts.comments);
        assert!(counts.attachments > 0);
        assert_eq!(
            (counts.jobs, counts.mails),
            (0, 0),
            "loading announces nothing"
        );
        record! { struct Offered { department: String, organization: String, offered_to: String } }
        let offered: Vec<Offered> = empty.db.read().all(global!(
            "SELECT d.name AS department, g.name AS organization, d.offered_to FROM departments d \
             JOIN offered_organizations o ON o.department_id = d.id JOIN organizations g ON g.id = o.organization_id"
        )).await.unwrap();
        let [one] = offered.as_slice() else {
            panic!("{}", offered.len())
        };
        let said = (
            one.department.as_str(),
            one.organization.as_str(),
            one.offered_to.as_str(),
        );
        assert_eq!(
            said,
            (
                "RH, confidentiel",
                desk.organizations[0].name.as_str(),
                "these"
            )
        );
        let [counted, real] = counted_and_true(&empty.db).await;
        assert_eq!(counted, real);
        every_ticket_stands_where_its_history_left_it(&empty.db).await;
        for told in &desk.tickets {
            let row: Row = empty
                .db
                .read()
                .one(system!(
                    because = "a test looks at the tables themselves",
                    "SELECT id, subject || ' ' || updated_at AS line FROM tickets WHERE id = $1",
                    told.number as i64
                ))
                .await
                .unwrap();
            assert_eq!(row.line, format!("{} {}", told.subject, told.updated_at));
        }
    });
}

#[test]
fn the_bytes_of_every_attachment_are_kept_where_its_row_says() {
    on_empty_databases("files", async |empty| {
        load(&empty, &short_desk()).await;
        record! { struct Attached { digest: String, size: i64, media_type: String } }
        let rows: Vec<Attached> = empty
            .db
            .read()
            .all(system!(
                because = "a test looks at the tables themselves",
                "SELECT digest, size, media_type FROM attachments"
            ))
            .await
            .unwrap();
        assert!(!rows.is_empty());
        assert!(empty.folder.is_dir());
        for row in rows {
            let bytes = empty.files.fetch(&row.digest).await.unwrap();
            assert_eq!(bytes.len() as i64, row.size);
            assert_eq!(vigie::files::sniff(&bytes), row.media_type);
        }
    });
}

#[test]
fn keys_count_on_after_those_that_were_brought_along() {
    on_empty_databases("keys", async |empty| {
        let desk = short_desk();
        load(&empty, &desk).await;
        let last = desk.tickets.iter().map(|t| t.number as i64).max().unwrap();
        let mut tx = empty.db.write().await.unwrap();
        record! { struct Key { id: i64 } }
        let key: Key = tx.one(system!(
            because = "a test adds a row of its own",
            "INSERT INTO tickets (subject, state, stage, department_id, category_id, requester_id, author_id, priority, \
             origin, last_side, created_at, updated_at) VALUES ('next', 'free', 'open', 1, 1, 1, 1, 3, 'web', 'agent', 1, 1) RETURNING id"
        )).await.unwrap();
        assert_eq!(key.id, last + 1);
        let key: Key = tx.one(global!(
            "INSERT INTO people (name, email, email_key, kind, has_portal, created_at) VALUES ('n', 'n@n', 'n@n', 'client', FALSE, 1) RETURNING id"
        )).await.unwrap();
        assert_eq!(key.id, desk.people.len() as i64 + 1);
    });
}

#[test]
fn every_announced_account_can_sign_in_and_nobody_else_has_a_password() {
    on_empty_databases("accounts", async |empty| {
        let loaded = load(&empty, &short_desk()).await;
        for kind in [
            "owner",
            "admin",
            "global_agent",
            "group_agent",
            "second_group_agent",
            "restricted_agent",
            "viewer",
            "department_manager",
            "portal_employee",
            "portal_customer",
            "second_portal_customer",
        ] {
            assert!(loaded.accounts.iter().any(|a| a.kind == kind), "no {kind}");
        }
        let portal: Vec<_> = loaded
            .accounts
            .iter()
            .filter(|a| a.role == "portal")
            .collect();
        assert_eq!(portal.len(), 3);
        assert_eq!(
            portal[1].organization, portal[2].organization,
            "two customers are colleagues"
        );
        record! { struct Secret { email: String, password_hash: Option<String>, token_hash: Option<String> } }
        let people: Vec<Secret> = empty.db.read().all(global!(
            "SELECT p.email, p.password_hash, t.token_hash FROM people p LEFT JOIN api_tokens t ON t.person_id = p.id"
        )).await.unwrap();
        let with_password = people.iter().filter(|p| p.password_hash.is_some()).count();
        assert_eq!(with_password, loaded.accounts.len());
        for account in &loaded.accounts {
            let row = people.iter().find(|p| p.email == account.email).unwrap();
            assert_eq!(
                row.password_hash,
                Some(format!("hash of {}", account.password))
            );
            assert_eq!(row.token_hash, Some(digest(&account.token)));
        }
    });
}

#[test]
fn the_same_seed_gives_the_same_rows_twice() {
    let first = dumps("first");
    let second = dumps("second");
    assert_eq!(first.len(), second.len());
    for (a, b) in first.iter().zip(&second) {
        assert!(a == b, "two loads of one seed differ");
    }
    assert!(first.iter().all(|tables| !tables[5].is_empty()));
}

/// The dump of a small desk, and of a short demonstration, on each engine.
fn dumps(name: &str) -> Vec<Vec<Vec<Row>>> {
    let dumps = std::sync::Mutex::new(vec![]);
    on_empty_databases(&format!("bulk{name}"), async |empty| {
        load_small(&empty.db).await;
        let rows = dump(&empty.db).await;
        dumps.lock().unwrap().push(rows);
    });
    on_empty_databases(&format!("demo{name}"), async |empty| {
        load(&empty, &short_desk()).await;
        let rows = dump(&empty.db).await;
        dumps.lock().unwrap().push(rows);
    });
    dumps.into_inner().unwrap()
}

#[test]
fn a_desk_for_measurements_holds_what_was_asked_for() {
    on_empty_databases("bulk", async |empty| {
        let loaded = load_small(&empty.db).await;
        let counts = counts(&empty.db).await;
        assert_eq!(counts.tickets, 700);
        assert_eq!(counts.people, 73);
        assert_eq!(counts.departments, 20);
        assert_eq!((counts.jobs, counts.mails), (0, 0));
        let [counted, real] = counted_and_true(&empty.db).await;
        assert_eq!(counted, real);
        every_ticket_stands_where_its_history_left_it(&empty.db).await;
        let first = loaded
            .accounts
            .iter()
            .find(|a| a.role == "agent" && a.scope == "group")
            .unwrap();
        assert_eq!(first.departments.len(), 3);
        for (role, scope) in [
            ("owner", "global"),
            ("admin", "global"),
            ("agent", "global"),
            ("agent", "restricted"),
            ("portal", "own"),
        ] {
            assert!(
                loaded
                    .accounts
                    .iter()
                    .any(|a| a.role == role && a.scope == scope),
                "no {role} {scope}"
            );
        }
    });
}

#[test]
fn an_inhabited_database_is_refused_and_left_alone() {
    on_empty_databases("refused", async |empty| {
        assert!(seed::is_empty(&empty.db).await.unwrap());
        assert_eq!(seed::remembered(&mut empty.db.read()).await.unwrap(), None);
        let loaded = load(&empty, &short_desk()).await;
        let before = dump(&empty.db).await;
        assert!(!seed::is_empty(&empty.db).await.unwrap());
        let again = seed::load(
            &empty.db,
            &empty.files,
            &short_desk(),
            1,
            &Dice::seeded(2),
            &hash,
        )
        .await;
        assert!(again.is_err());
        assert!(
            bulk::load(&empty.db, SMALL, &Dice::seeded(2), &hash)
                .await
                .is_err()
        );
        assert_eq!(dump(&empty.db).await, before);
        assert_eq!(
            seed::remembered(&mut empty.db.read()).await.unwrap(),
            Some(loaded)
        );
    });
}

/// A house on a scratch database, as the command `demo` opens it.
async fn house(scratch: &Scratch, folder: &std::path::Path) -> House {
    let mut config = kit::config::from_parts(None, &BTreeMap::new(), &BTreeMap::new()).unwrap();
    config.data = folder.to_owned();
    config.database = scratch.place.clone();
    House::open_with(
        config,
        Clock::system(),
        Dice::fair(),
        Opening::Migrating,
        true,
    )
    .await
    .unwrap()
}

/// Runs a test on a scratch database and a folder of each engine, which it may open several times.
fn on_scratch(name: &str, test: impl AsyncFn(&Scratch, &std::path::Path)) {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .unwrap();
    runtime.block_on(async {
        for engine in Scratch::engines() {
            let scratch = Scratch::make(engine, name).await;
            let folder = std::env::temp_dir().join(format!("vigie-{}-{name}", std::process::id()));
            test(&scratch, &folder).await;
            scratch.remove().await;
            std::fs::remove_dir_all(folder).unwrap();
        }
    });
}

#[test]
fn a_folder_that_holds_a_demonstration_continues_it_and_changes_nothing() {
    on_scratch("continued", async |scratch, folder| {
        let first = house(scratch, folder).await;
        let made = demo_command::make_or_continue(&first, 1).await.unwrap();
        let before = dump(&first.db).await;
        let account = &made.accounts[0];
        record! { struct Stored { password_hash: String } }
        let stored: Stored = first
            .db
            .read()
            .one(global!(
                "SELECT password_hash FROM people WHERE email = $1",
                &account.email
            ))
            .await
            .unwrap();
        let check = first
            .passwords
            .check(&account.password, Some(&stored.password_hash))
            .await;
        assert_eq!(
            check.unwrap(),
            Check::Right,
            "the password that is announced opens the door"
        );
        first.db.close().await;
        let second = house(scratch, folder).await;
        assert_eq!(second.desk().organisation, "Groupe Nordet");
        assert!(second.desk().has_owner);
        let continued = demo_command::make_or_continue(&second, 2).await.unwrap();
        assert_eq!(
            continued, made,
            "whatever seed is given, the stories are those that are there"
        );
        assert!(dump(&second.db).await == before);
        second.db.close().await;
    });
}

#[test]
fn a_desk_that_is_no_demonstration_is_refused_with_what_to_do() {
    on_scratch("lived", async |scratch, folder| {
        let lived = house(scratch, folder).await;
        load_small(&lived.db).await;
        let before = dump(&lived.db).await;
        let refusal = demo_command::make_or_continue(&lived, 1).await.unwrap_err();
        assert!(refusal.0.contains("--data"), "{refusal}");
        assert!(dump(&lived.db).await == before);
        lived.db.close().await;
    });
}

#[test]
fn what_scripts_read_is_one_line_of_json_with_every_field_of_the_contract() {
    on_empty_databases("json", async |empty| {
        let loaded = load(&empty, &short_desk()).await;
        let smtp = Some("127.0.0.1:2525".to_owned());
        let line = announcement("http://127.0.0.1:8080", smtp, &loaded);
        assert!(!line.contains('\n'));
        let json: serde_json::Value = serde_json::from_str(&line).unwrap();
        assert_eq!(json["url"], "http://127.0.0.1:8080");
        assert_eq!(json["smtp"], "127.0.0.1:2525");
        assert_eq!(json["mail_address"], seed::MAIL_ADDRESS);
        let accounts = json["accounts"].as_array().unwrap();
        assert_eq!(accounts.len(), loaded.accounts.len());
        for account in accounts {
            for field in [
                "name", "email", "login", "password", "token", "role", "scope",
            ] {
                assert!(
                    account[field].as_str().is_some_and(|text| !text.is_empty()),
                    "{field} of {account}"
                );
            }
            assert!(account["departments"].is_array());
        }
    });
}
