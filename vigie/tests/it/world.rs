//! The one world of the tests. Ada owns it, Max administers; Ben works in Blue, Cleo in Red; Vera
//! may only look at Blue; Gil sees everything, Rob only what names him; Dora and Emil are
//! customers of the same company. A dozen tickets have memorable subjects.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU32, Ordering};

use kit::authz::{Actor, May};
use kit::clock::{Clock, Moment, Span};
use kit::db::{Ask, Db, Place};
use kit::error::Error;
use kit::{global, record, system};
use vigie::departments::{self, CategoryId};
use vigie::people::PersonId;
use vigie::policy::{self, AgentScope, Privilege, Role};
use vigie::tickets::comments::NewComment;
use vigie::tickets::verbs::{self, NewTicket};
use vigie::tickets::{Origin, Ticket, TicketId, Visibility, handling, reading, rights};

/// Monday 23 November 2026, 14:08 in Paris.
pub const NOW: Moment = Moment(1_795_439_280_000_000);

/// Writes a test that runs on SQLite and on PostgreSQL.
macro_rules! on_both_engines {
    ($(#[$meta:meta])* async fn $name:ident($w:ident) $body:block) => {
        $(#[$meta])*
        #[test]
        fn $name() {
            $crate::world::run(stringify!($name), async |$w: &$crate::world::World| $body);
        }
    };
}

/// Role and scope of somebody who is staff.
type Staff = Option<(Role, AgentScope)>;

/// A desk with people and tickets.
pub struct World {
    pub db: Db,
    pub clock: Clock,
    people: BTreeMap<&'static str, (PersonId, Staff)>,
    tickets: BTreeMap<&'static str, TicketId>,
}

const PEOPLE: &[(&str, Staff)] = &[
    ("ada", Some((Role::Owner, AgentScope::Global))),
    ("max", Some((Role::Admin, AgentScope::Global))),
    ("ben", Some((Role::Agent, AgentScope::Group))),
    ("cleo", Some((Role::Agent, AgentScope::Group))),
    ("vera", Some((Role::Viewer, AgentScope::Group))),
    ("gil", Some((Role::Agent, AgentScope::Global))),
    ("rob", Some((Role::Agent, AgentScope::Restricted))),
    ("dora", None),
    ("emil", None),
    ("fay", None),
];

/// name, subject, requester, category, holder, invitee, state reached
type Story = (
    &'static str,
    &'static str,
    &'static str,
    &'static str,
    Option<&'static str>,
    Option<&'static str>,
    &'static str,
);

const STORIES: &[Story] = &[
    (
        "printer",
        "The printer eats paper",
        "dora",
        "Blue",
        None,
        None,
        "free",
    ),
    (
        "screen",
        "Écran noir au réveil",
        "dora",
        "Blue",
        Some("ben"),
        None,
        "in_progress",
    ),
    (
        "badge",
        "My badge opens every door but mine",
        "emil",
        "Blue",
        Some("ben"),
        Some("dora"),
        "closed",
    ),
    (
        "payroll",
        "Someone reads my payslip",
        "emil",
        "Red",
        None,
        None,
        "free",
    ),
    (
        "salary",
        "Augmentation confidentielle",
        "fay",
        "Red",
        Some("cleo"),
        None,
        "in_progress",
    ),
    (
        "leave",
        "Leave refused twice",
        "dora",
        "Red",
        Some("cleo"),
        None,
        "approved",
    ),
    (
        "rob",
        "Only Rob may fix this",
        "fay",
        "Red",
        Some("rob"),
        None,
        "in_progress",
    ),
    (
        "cable",
        "A cable across the corridor",
        "fay",
        "Blue",
        Some("max"),
        None,
        "in_progress",
    ),
    (
        "own",
        "Ben cannot sign in himself",
        "ben",
        "Red",
        None,
        None,
        "free",
    ),
];

impl World {
    /// The actor somebody is.
    pub fn actor(&self, name: &str) -> Actor {
        match self.people.get(name) {
            Some((id, staff)) => policy::actor(id.0, *staff),
            None => policy::nobody(),
        }
    }

    /// The actor somebody is now, with whom they serve: as the database says.
    pub async fn with_clientele(&self, name: &str) -> Actor {
        let person = vigie::people::find(&mut self.db.read(), self.person(name)).await;
        person.unwrap().actor()
    }

    /// Somebody's row.
    pub fn person(&self, name: &str) -> PersonId {
        self.people[name].0
    }

    /// Everybody's names, and nobody.
    pub fn everybody(&self) -> impl Iterator<Item = &'static str> {
        PEOPLE.iter().map(|p| p.0).chain(["nobody"])
    }

    /// A ticket by its short name.
    pub fn ticket(&self, name: &str) -> TicketId {
        self.tickets[name]
    }

    /// Every ticket's short name.
    pub fn tickets(&self) -> impl Iterator<Item = (&'static str, TicketId)> {
        self.tickets.iter().map(|(n, t)| (*n, *t))
    }

    /// A ticket as somebody reads it; as Ada does, when they do not see it: what hangs on it is refused to them all the same.
    pub async fn read(&self, actor: &Actor, ticket: TicketId) -> May<rights::Read, Ticket> {
        let mut db = self.db.read();
        match reading::find(&mut db, actor, ticket).await {
            Ok(may) => may,
            Err(_) => reading::find(&mut db, &self.actor("ada"), ticket)
                .await
                .unwrap(),
        }
    }

    /// Now, on the world's clock.
    pub fn now(&self) -> Moment {
        self.clock.now()
    }

    /// A ticket's state and version, as they stand in the table.
    pub async fn stands(&self, ticket: TicketId) -> (String, i64) {
        record! { struct S { state: String, version: i64 } }
        let s: S = self
            .db
            .read()
            .one(system!(
                because = "a test looks at the table itself",
                "SELECT state, version FROM tickets WHERE id = $1",
                ticket
            ))
            .await
            .unwrap();
        (s.state, s.version)
    }
}

/// Runs a test on both engines.
pub fn run(name: &str, test: impl AsyncFn(&World)) {
    for engine in Scratch::engines() {
        on_engine(engine, name, &test);
    }
}

/// Runs a long test on both engines at once, and returns what each of them found.
pub fn run_at_once<T: Send>(name: &str, test: impl AsyncFn(&World) -> T + Sync) -> Vec<T> {
    let test = &test;
    std::thread::scope(|scope| {
        let running: Vec<_> = Scratch::engines()
            .into_iter()
            .map(|engine| scope.spawn(move || on_engine(engine, name, test)))
            .collect();
        running.into_iter().map(|one| one.join().unwrap()).collect()
    })
}

fn on_engine<T>(engine: Option<String>, name: &str, test: &impl AsyncFn(&World) -> T) -> T {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    runtime.block_on(async {
        let scratch = Scratch::make(engine, name).await;
        let db = Db::open(&scratch.place).await.unwrap();
        let world = furnish(db).await.unwrap();
        let found = test(&world).await;
        world.db.close().await;
        scratch.remove().await;
        found
    })
}

/// Says loudly that something the tests stand on is not there, which is a failure when `VIGIE_TEST_REQUIRE` is set.
#[expect(clippy::disallowed_methods, reason = "where the test servers are")]
pub fn lacks(what: &str) {
    let may = std::env::var("VIGIE_TEST_REQUIRE").is_err();
    assert!(
        may,
        "{what} is not there: run cargo xtask test, which brings it"
    );
    say(&format!(
        "*** NOT TESTED WITH {what}: cargo xtask test brings it ***"
    ));
}

/// Tells whoever runs the tests what was counted. Not by `println!`, which a test that goes well keeps.
pub fn say(line: &str) {
    use std::io::Write;
    let _ = writeln!(std::io::stderr(), "{line}");
}

/// Where chance begins in tests that draw their steps, and how many sequences they draw: the same
/// unless `VIGIE_TEST_SEED` and `VIGIE_TEST_SEQUENCES` say otherwise.
#[expect(clippy::disallowed_methods, reason = "how long the tests may take")]
pub fn chance() -> (u64, u64) {
    let number = |name: &str| std::env::var(name).ok().and_then(|n| n.parse().ok());
    let seed = number("VIGIE_TEST_SEED").unwrap_or(20_261_123);
    (seed, number("VIGIE_TEST_SEQUENCES").unwrap_or(12))
}

/// A database of a test's own.
pub struct Scratch {
    pub place: Place,
    folder: Option<PathBuf>,
    database: Option<(String, String)>,
}

static COUNT: AtomicU32 = AtomicU32::new(0);

impl Scratch {
    /// Where the tests run: always on SQLite; on PostgreSQL at `VIGIE_TEST_POSTGRES`, whose absence
    /// is said loudly, and is a failure when `VIGIE_TEST_REQUIRE` is set.
    #[expect(clippy::disallowed_methods, reason = "where the test servers are")]
    pub fn engines() -> Vec<Option<String>> {
        let server = std::env::var("VIGIE_TEST_POSTGRES").ok();
        if server.is_none() {
            assert!(
                std::env::var("VIGIE_TEST_REQUIRE").is_err(),
                "VIGIE_TEST_POSTGRES is not set: run cargo xtask test, which brings PostgreSQL"
            );
            static SAID: OnceLock<()> = OnceLock::new();
            SAID.get_or_init(|| {
                eprintln!("*** NOT TESTED ON POSTGRESQL: VIGIE_TEST_POSTGRES is not set; cargo xtask test brings a server ***");
            });
        }
        std::iter::once(None).chain(server.map(Some)).collect()
    }

    /// Makes a database with the schema, from a template made once per run.
    pub async fn make(engine: Option<String>, name: &str) -> Scratch {
        let n = COUNT.fetch_add(1, Ordering::SeqCst);
        let pid = std::process::id();
        match engine {
            None => {
                let folder = std::env::temp_dir().join(format!("vigie-it-{pid}-{n}"));
                std::fs::create_dir_all(&folder).unwrap();
                let file = folder.join("vigie.db");
                std::fs::copy(sqlite_template().await, &file).unwrap();
                Scratch {
                    place: Place::File(file),
                    folder: Some(folder),
                    database: None,
                }
            }
            Some(url) => {
                let template = postgres_template(&url).await;
                let short: String = name
                    .chars()
                    .filter(char::is_ascii_alphanumeric)
                    .take(30)
                    .collect();
                let database = format!("it_{pid}_{n}_{short}").to_ascii_lowercase();
                let place = kit::db::scratch::create(&url, &database, Some(&template))
                    .await
                    .unwrap();
                Scratch {
                    place,
                    folder: None,
                    database: Some((url, database)),
                }
            }
        }
    }

    /// Removes it.
    pub async fn remove(self) {
        if let Some(folder) = self.folder {
            let _ = std::fs::remove_dir_all(folder);
        }
        if let Some((url, name)) = self.database {
            kit::db::scratch::drop(&url, &name).await.unwrap();
        }
    }
}

async fn sqlite_template() -> PathBuf {
    static MADE: tokio::sync::OnceCell<PathBuf> = tokio::sync::OnceCell::const_new();
    MADE.get_or_init(async || {
        let file =
            std::env::temp_dir().join(format!("vigie-it-{}-template.db", std::process::id()));
        let _ = std::fs::remove_file(&file);
        let db = Db::open(&Place::File(file.clone())).await.unwrap();
        kit::db::migrate::migrate(&db, vigie::schema::STEPS, NOW)
            .await
            .unwrap();
        // Closing the last connection folds the journal into the file.
        db.close().await;
        file
    })
    .await
    .clone()
}

async fn postgres_template(url: &str) -> String {
    static MADE: tokio::sync::OnceCell<String> = tokio::sync::OnceCell::const_new();
    MADE.get_or_init(async || {
        let name = format!("it_{}_template", std::process::id());
        let place = kit::db::scratch::create(url, &name, None).await.unwrap();
        let db = Db::open(&place).await.unwrap();
        kit::db::migrate::migrate(&db, vigie::schema::STEPS, NOW)
            .await
            .unwrap();
        db.close().await;
        name
    })
    .await
    .clone()
}

record! { struct NewRow { id: i64 } }

async fn furnish(db: Db) -> Result<World, Error> {
    let clock = Clock::stopped(NOW.minus(Span::days(3)));
    let mut tx = db.write().await?;
    let mut people = BTreeMap::new();
    for (name, staff) in PEOPLE {
        let email = format!("{name}@nordet.example");
        let row: NewRow = tx
            .one(global!(
                "INSERT INTO people (name, email, email_key, login, login_key, kind, language, has_portal, created_at) \
                 VALUES ($1, $2, $2, $3, $3, $4, 'en', $5, $6) RETURNING id",
                format!("{}{}", name[..1].to_uppercase(), &name[1..]),
                email,
                *name,
                if staff.is_some() { "employee" } else { "client" },
                staff.is_none(),
                clock.now(),
            ))
            .await?;
        if let Some((role, scope)) = staff {
            tx.run(global!(
                "INSERT INTO agents (person_id, role, scope, created_at) VALUES ($1, $2, $3, $4)",
                row.id,
                *role,
                *scope,
                clock.now()
            ))
            .await?;
        }
        people.insert(*name, (PersonId(row.id), *staff));
    }
    let mut categories = BTreeMap::new();
    for (department, members) in [
        (
            "Blue",
            &[("ben", "edit"), ("vera", "view"), ("rob", "edit")][..],
        ),
        // Rob leaves Red once the stories are told, and keeps what he holds there.
        ("Red", &[("cleo", "edit"), ("rob", "edit")][..]),
    ] {
        let row: NewRow = tx
            .one(global!(
                "INSERT INTO departments (name, is_active, created_at) VALUES ($1, TRUE, $2) RETURNING id",
                department,
                clock.now()
            ))
            .await?;
        let category: NewRow = tx
            .one(global!(
                "INSERT INTO categories (department_id, name, position, is_active) VALUES ($1, $2, 1, TRUE) RETURNING id",
                row.id,
                format!("{department} inbox")
            ))
            .await?;
        tx.run(global!(
            "UPDATE departments SET default_category_id = $2 WHERE id = $1",
            row.id,
            category.id
        ))
        .await?;
        for (name, level) in members {
            tx.run(global!(
                "INSERT INTO memberships (person_id, department_id, level, privileges, is_available) VALUES ($1, $2, $3, $4, TRUE)",
                people[name].0,
                row.id,
                *level,
                Privilege::store(Privilege::FACTORY)
            ))
            .await?;
        }
        categories.insert(department, CategoryId(category.id));
    }
    tx.commit().await?;
    let mut world = World {
        db,
        clock,
        people,
        tickets: BTreeMap::new(),
    };
    for story in STORIES {
        world.clock.advance(Span::minutes(10));
        let ticket = tell(&world, &categories, story).await?;
        world.tickets.insert(story.0, ticket);
    }
    let mut tx = world.db.write().await?;
    tx.run(global!(
        "DELETE FROM memberships WHERE person_id = $1 AND department_id = (SELECT id FROM departments WHERE name = 'Red')",
        world.person("rob")
    ))
    .await?;
    tx.commit().await?;
    world.clock.advance(Span(NOW.0 - world.clock.now().0));
    Ok(world)
}

async fn tell(
    w: &World,
    categories: &BTreeMap<&'static str, CategoryId>,
    story: &Story,
) -> Result<TicketId, Error> {
    let (_, subject, requester, category, holder, invitee, state) = *story;
    let asker = w.actor(requester);
    let mut tx = w.db.write().await?;
    let place = departments::place(&mut tx, &asker, categories[category]).await?;
    let opened = verbs::open(
        &mut tx,
        &place,
        &asker,
        NewTicket {
            subject: subject.to_owned(),
            priority: 3,
            visibility: Visibility::Private,
            comment: NewComment::typed(&format!("{subject}. Please help."), Origin::Portal),
        },
        w.now(),
    )
    .await?;
    let id = opened.ticket;
    if let Some(invitee) = invitee {
        tx.run(system!(
            because = "the test world invites before the verb exists",
            "INSERT INTO participants (ticket_id, person_id, kind, source, created_at) VALUES ($1, $2, 'invitee', 'manual', $3)",
            id,
            w.person(invitee),
            w.now()
        ))
        .await?;
    }
    if let Some(holder) = holder {
        let agent = w.actor(holder);
        if holder == "max" {
            // Administrators belong to no department: nobody assigns to them, they take.
            let may = reading::find_to_change::<rights::Take>(&mut tx, &agent, id).await?;
            verbs::take(&mut tx, &may, &agent, None, w.now()).await?;
        } else {
            let ada = w.actor("ada");
            let may = reading::find_to_change::<rights::Assign>(&mut tx, &ada, id).await?;
            handling::assign(&mut tx, &may, &ada, w.person(holder), None, None, w.now()).await?;
        }
        let may = reading::find_to_change::<rights::Note>(&mut tx, &agent, id).await?;
        verbs::note(
            &mut tx,
            &may,
            &agent,
            NewComment::typed(&format!("Staff only: {subject}"), Origin::Web),
            w.now(),
        )
        .await?;
    }
    if let (Some(holder), "closed" | "approved") = (holder, state) {
        let agent = w.actor(holder);
        let may = reading::find_to_change::<rights::Close>(&mut tx, &agent, id).await?;
        verbs::close(
            &mut tx,
            &may,
            &agent,
            None,
            Some(NewComment::typed("Done.", Origin::Web)),
            w.now(),
        )
        .await?;
    }
    if state == "approved" {
        let may = reading::find_to_change::<rights::Approve>(&mut tx, &asker, id).await?;
        verbs::approve(&mut tx, &may, &asker, None, w.now()).await?;
    }
    tx.commit().await?;
    Ok(id)
}
