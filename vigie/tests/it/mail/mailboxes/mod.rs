//! Letters fetched from a real Dovecot, started by these tests (faults IN). Time and pauses are arguments: what a pace
//! says is an hour does not happen, and what comes all the same came by itself.

mod believed;
pub mod dovecot;
mod grants;
mod holding;
mod large;
mod originals;
mod proxy;
mod returning;
mod scripted;
mod settings;
mod taking;
mod trouble;
mod withheld;

use std::sync::Arc;
use std::time::Duration;

use kit::db::Ask;
use kit::ids::Dice;
use kit::seal::Seal;
use kit::{global, record};
use tokio::sync::watch;
use vigie::audit::Pen;
use vigie::mail::channels;
use vigie::mail::mailboxes::fault::{Fault, Kind};
use vigie::mail::mailboxes::grants::{SignIn, Tools};
use vigie::mail::mailboxes::keeper::{self, Pace, Taking};
use vigie::mail::mailboxes::line::Dialer;
use vigie::mail::mailboxes::{
    self as boxes, Afterwards, Begins, MailboxAdmin, MailboxId, Protection, Sealing, Wanted,
};
use vigie::mail::store::ChannelId;

use super::*;
use dovecot::{Dovecot, Human, LOGIN, Offers, PASSWORD};

const NEVER: Duration = Duration::from_secs(3600);
/// How long what should happen may take before it is said not to.
const LONG_ENOUGH: Duration = Duration::from_secs(20);

/// Looks often, and leaves the rest to the server.
pub fn told() -> Pace {
    Pace {
        look: Duration::from_millis(50),
        poll: NEVER,
        idle: NEVER,
        first_pause: Duration::from_millis(50),
        longest_pause: Duration::from_millis(200),
        lease: Duration::from_secs(30),
    }
}

pub fn seal() -> Arc<Seal> {
    Arc::new(Seal::new([9; 32]).unwrap())
}

pub fn dialer(patience: Duration) -> Arc<Dialer> {
    Arc::new(Dialer::new(patience, vec![]))
}

/// What connecting needs, as a process of its own has it.
pub fn tools(w: &World, dialer: Arc<Dialer>, seed: u64) -> Tools {
    Tools {
        db: w.db.clone(),
        clock: w.clock.clone(),
        dice: Dice::seeded(seed),
        seal: seal(),
        dialer,
    }
}

/// What a test of the connection finds.
pub async fn tested(w: &World, id: MailboxId, dialer: Arc<Dialer>) -> Result<u32, Fault> {
    let may = channels::keeper(&w.actor("ada")).unwrap();
    boxes::test(&tools(w, dialer, 21), &may, id)
        .await
        .unwrap()
        .1
}

/// The channel of this address.
pub async fn channel(w: &World, address: &str) -> ChannelId {
    store::channel_at(&mut w.db.read(), address)
        .await
        .unwrap()
        .unwrap()
}

/// A mailbox on this port of this machine, whose letters are Blue's.
pub async fn wanted(w: &World, port: u16) -> Wanted {
    Wanted {
        name: "Support".to_owned(),
        host: "localhost".to_owned(),
        port: Some(i64::from(port)),
        protection: Some(Protection::None),
        login: LOGIN.to_owned(),
        sign_in: Some(SignIn::Password),
        password: PASSWORD.to_owned(),
        grants: boxes::grants::Wanted::default(),
        folder: "INBOX".to_owned(),
        channel: Some(channel(w, BLUE).await),
        afterwards: Some(Afterwards::Leave),
        move_to: String::new(),
        begins: Some(Begins::Everything),
        trusted_receivers: String::new(),
        is_active: true,
    }
}

fn sealing<'a>(seal: &'a Seal, dice: &'a Dice) -> Sealing<'a> {
    Sealing { seal, dice }
}

pub async fn added(w: &World, wanted: &Wanted) -> MailboxId {
    let ada = w.actor("ada");
    let may = channels::keeper(&ada).unwrap();
    let (seal, dice) = (seal(), Dice::seeded(5));
    let mut tx = w.db.write().await.unwrap();
    let pen = Pen::of(&ada, w.now());
    let id = boxes::create(&mut tx, &may, wanted, sealing(&seal, &dice), pen)
        .await
        .unwrap();
    tx.commit().await.unwrap();
    id
}

pub async fn changed(w: &World, id: MailboxId, wanted: &Wanted) {
    let ada = w.actor("ada");
    let may = channels::keeper(&ada).unwrap();
    let (seal, dice) = (seal(), Dice::seeded(6));
    let mut tx = w.db.write().await.unwrap();
    let pen = Pen::of(&ada, w.now());
    boxes::change(
        &mut tx,
        &may,
        (id, None),
        wanted,
        sealing(&seal, &dice),
        pen,
    )
    .await
    .unwrap();
    tx.commit().await.unwrap();
}

pub async fn stands(w: &World, id: MailboxId) -> MailboxAdmin {
    let may = channels::keeper(&w.actor("ada")).unwrap();
    boxes::find(&mut w.db.read(), &may, id).await.unwrap()
}

/// A process that fetches mailboxes.
pub struct Fetching {
    stop: watch::Sender<bool>,
    task: tokio::task::JoinHandle<()>,
}

impl Fetching {
    pub fn with(
        w: &World,
        pace: Pace,
        dialer: Arc<Dialer>,
        most_bytes: usize,
        seed: u64,
    ) -> Fetching {
        let tools = (w.db.clone(), w.clock.clone(), Dice::seeded(seed));
        let taking = Arc::new(Taking::new(tools, seal(), dialer, pace, most_bytes));
        let (stop, stopped) = watch::channel(false);
        let task = tokio::spawn(keeper::keep(taking, stopped));
        Fetching { stop, task }
    }

    pub fn start(w: &World, pace: Pace) -> Fetching {
        Fetching::with(w, pace, dialer(LONG_ENOUGH), letter::MOST_BYTES, 11)
    }

    /// Ends as a process does that is told to.
    pub async fn ends(self) {
        self.stop.send(true).unwrap();
        self.task.await.unwrap();
    }
}

/// Waits until it is so.
pub async fn until(what: &str, mut is_so: impl AsyncFnMut() -> bool) {
    let mut again = tokio::time::interval(Duration::from_millis(15));
    let waiting = async {
        while !is_so().await {
            again.tick().await;
        }
    };
    let came = tokio::time::timeout(LONG_ENOUGH, waiting).await;
    assert!(came.is_ok(), "it never came: {what}");
}

pub async fn until_kept(w: &World, letters: i64) {
    until("letters are kept", async || {
        count(w, "incoming").await >= letters
    })
    .await;
    assert_eq!(count(w, "incoming").await, letters);
}

/// Waits until the mailbox was looked into again, after everything that was begun.
pub async fn until_settled(w: &World) {
    record! { struct Open { n: i64 } }
    until("originals are settled", async || {
        let open: Open =
            w.db.read()
                .one(global!(
                    "SELECT COUNT(*) AS n FROM mailbox_letters WHERE is_settled = FALSE"
                ))
                .await
                .unwrap();
        open.n == 0
    })
    .await;
}

record! {
    /// A letter that was met.
    #[derive(Debug, PartialEq, Eq)]
    pub struct Noted {
        pub folder: String,
        pub uid: i64,
        pub state: String,
        pub digest: String,
    }
}

pub async fn noted(w: &World) -> Vec<Noted> {
    w.db.read()
        .all(global!(
            "SELECT folder, uid, state, digest FROM mailbox_letters ORDER BY id"
        ))
        .await
        .unwrap()
}

/// A letter that says which one it is.
pub fn numbered(n: usize) -> String {
    letter(
        "Zoé <zoe@example.org>",
        BLUE,
        &format!("Letter {n}"),
        &format!("Message-ID: <{n}@example.org>\r\n"),
        &format!("The words of {n}"),
    )
}
