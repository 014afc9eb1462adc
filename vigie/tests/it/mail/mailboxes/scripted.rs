//! A server that does what it is told: a folder in memory, and a table of answers for what a good server would never say.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use data_encoding::BASE64;
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::tcp::{OwnedReadHalf, OwnedWriteHalf};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Semaphore;

/// What is answered to a command that is in the table.
#[derive(Clone)]
pub enum Says {
    /// This; `{tag}` is the name of the command.
    Text(String),
    /// This, and goes.
    Bye(String),
    /// Nothing, and goes.
    Goes,
    /// Nothing, and stays.
    Nothing,
    /// Something every now and then, without an end.
    Chatters,
    /// What a good server says, once it may.
    Later(Arc<Semaphore>),
    /// What a good server does, without a word of it.
    DoesAndGoes,
}

/// A letter as the server has it.
#[derive(Clone)]
pub struct Stored {
    pub raw: String,
    /// How large the server says it is.
    pub size: usize,
    /// What it gives instead of its bytes.
    pub instead: Option<&'static str>,
}

/// What the server has and says.
pub struct State {
    pub letters: BTreeMap<u32, Stored>,
    /// What was copied to another folder.
    pub copies: BTreeMap<u32, Stored>,
    pub marked: Vec<u32>,
    pub validity: u32,
    pub next: u32,
    pub offers: &'static str,
    /// The beginnings of commands, what is answered, and how often it still is.
    pub table: Vec<(String, Says, usize)>,
    /// Commands as they came, without their names.
    pub heard: Vec<String>,
    /// How many connections are over.
    pub ended: usize,
    /// Tokens that begin like this are good.
    pub good: &'static str,
    /// These are good no longer.
    pub bad: Vec<String>,
    /// What was shown with tokens, decoded.
    pub shown: Vec<String>,
    /// How it was answered that a token is not good.
    pub over: Vec<String>,
    is_elsewhere: bool,
}

/// A running server.
#[derive(Clone)]
pub struct Scripted {
    pub port: u16,
    state: Arc<Mutex<State>>,
}

impl Scripted {
    pub async fn start() -> Scripted {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let state = State {
            letters: BTreeMap::new(),
            copies: BTreeMap::new(),
            marked: vec![],
            validity: 7,
            next: 1,
            offers: "IMAP4rev1",
            table: vec![],
            heard: vec![],
            ended: 0,
            good: "token-",
            bad: vec![],
            shown: vec![],
            over: vec![],
            is_elsewhere: false,
        };
        let server = Scripted {
            port: listener.local_addr().unwrap().port(),
            state: Arc::new(Mutex::new(state)),
        };
        let state = Arc::clone(&server.state);
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(speak(stream, Arc::clone(&state)));
            }
        });
        server
    }

    /// Looks at what it has, or changes it.
    pub fn with<T>(&self, does: impl FnOnce(&mut State) -> T) -> T {
        does(&mut self.state.lock().unwrap())
    }

    /// A letter arrives; its number.
    pub fn arrives(&self, raw: &str) -> u32 {
        self.with(|it| {
            let uid = it.next;
            it.next += 1;
            let size = raw.len();
            let raw = raw.to_owned();
            let instead = None;
            it.letters.insert(uid, Stored { raw, size, instead });
            uid
        })
    }

    /// From now on, so often, a command that begins like this is answered with that.
    pub fn says(&self, begins: &str, says: Says, times: usize) {
        self.with(|it| it.table.push((begins.to_owned(), says, times)));
    }

    /// How many commands began like this.
    pub fn heard(&self, begins: &str) -> usize {
        self.with(|it| it.heard.iter().filter(|it| it.starts_with(begins)).count())
    }
}

async fn speak(stream: TcpStream, state: Arc<Mutex<State>>) {
    let (from, mut to) = stream.into_split();
    let mut from = BufReader::new(from);
    let _ = to.write_all(b"* OK ready\r\n").await;
    while answer(&mut from, &mut to, &state).await.is_some() {}
    state.lock().unwrap().ended += 1;
}

async fn line(from: &mut BufReader<OwnedReadHalf>) -> Option<String> {
    let mut line = String::new();
    let read = from.read_line(&mut line).await.ok()?;
    (read > 0).then(|| line.trim_end().to_owned())
}

/// Answers one command; nothing more once the connection is over.
async fn answer(
    from: &mut BufReader<OwnedReadHalf>,
    to: &mut OwnedWriteHalf,
    state: &Mutex<State>,
) -> Option<()> {
    let said = line(from).await?;
    let (tag, command) = said.split_once(' ')?;
    let found = {
        let mut state = state.lock().unwrap();
        state.heard.push(command.to_owned());
        let begins = |it: &&mut (String, Says, usize)| it.2 > 0 && command.starts_with(&it.0);
        let row = state.table.iter_mut().rev().find(begins);
        row.map(|row| {
            row.2 -= 1;
            row.1.clone()
        })
    };
    let text = match found {
        Some(Says::Goes) => return None,
        Some(Says::Bye(text)) => {
            to.write_all(format!("* BYE {text}\r\n").as_bytes())
                .await
                .ok()?;
            return None;
        }
        Some(Says::Nothing) => {
            line(from).await?;
            return None;
        }
        Some(Says::Chatters) => {
            let mut again = tokio::time::interval(std::time::Duration::from_millis(20));
            loop {
                again.tick().await;
                to.write_all(b"* OK still here\r\n").await.ok()?;
            }
        }
        Some(Says::Text(text)) => text.replace("{tag}", tag),
        Some(Says::DoesAndGoes) => {
            reply(&mut state.lock().unwrap(), tag, command);
            return None;
        }
        Some(Says::Later(gate)) => {
            gate.acquire().await.ok()?.forget();
            reply(&mut state.lock().unwrap(), tag, command)
        }
        None if command.starts_with("AUTHENTICATE ") && !command.contains("PLAIN") => {
            return token(from, to, state, (tag, command)).await;
        }
        None => reply(&mut state.lock().unwrap(), tag, command),
    };
    to.write_all(text.as_bytes()).await.ok()?;
    if text.starts_with('+') {
        let _ = line(from).await?;
        to.write_all(format!("{tag} OK done\r\n").as_bytes())
            .await
            .ok()?;
    }
    Some(())
}

/// Somebody signs in with a token (XOAUTH2, OAUTHBEARER).
async fn token(
    from: &mut BufReader<OwnedReadHalf>,
    to: &mut OwnedWriteHalf,
    state: &Mutex<State>,
    (tag, command): (&str, &str),
) -> Option<()> {
    let at_once = command.split(' ').nth(2).map(str::to_owned);
    let words = match at_once {
        Some(words) => words,
        None => {
            to.write_all(b"+ \r\n").await.ok()?;
            line(from).await?
        }
    };
    let words = BASE64.decode(words.as_bytes()).unwrap();
    let words = String::from_utf8(words).unwrap();
    let token = words.split("auth=Bearer ").nth(1).unwrap();
    let token = token.split('\u{1}').next().unwrap().to_owned();
    let is_good = {
        let mut state = state.lock().unwrap();
        state.shown.push(words);
        token.starts_with(state.good) && !state.bad.contains(&token)
    };
    if is_good {
        let welcome = format!("{tag} OK welcome\r\n");
        return to.write_all(welcome.as_bytes()).await.ok();
    }
    // A server that says too much.
    let why = format!(r#"{{"status":"401 {token}","schemes":"bearer","scope":"mail"}}"#);
    let why = format!("+ {}\r\n", BASE64.encode(why.as_bytes()));
    to.write_all(why.as_bytes()).await.ok()?;
    let over = line(from).await?;
    state.lock().unwrap().over.push(over);
    let refused = format!("{tag} NO [AUTHENTICATIONFAILED] not with {token}\r\n");
    to.write_all(refused.as_bytes()).await.ok()
}

/// The numbers that a set names, as far as they are there.
fn named(set: &str, there: &BTreeMap<u32, Stored>) -> Vec<u32> {
    let is_in = |uid: u32| {
        set.split(',').any(|part| match part.split_once(':') {
            Some((first, _)) => uid >= first.parse().unwrap(),
            None => part.parse() == Ok(uid),
        })
    };
    there.keys().copied().filter(|uid| is_in(*uid)).collect()
}

/// What a good server says.
fn reply(it: &mut State, tag: &str, command: &str) -> String {
    let words: Vec<&str> = command.split(' ').collect();
    let here = match it.is_elsewhere {
        true => &it.copies,
        false => &it.letters,
    };
    let mut said = String::new();
    match words[..] {
        ["CAPABILITY"] => said = format!("* CAPABILITY {}\r\n", it.offers),
        ["AUTHENTICATE", ..] | ["IDLE"] => return "+ go on\r\n".to_owned(),
        ["SELECT" | "EXAMINE", ..] => {
            it.is_elsewhere = words[0] == "EXAMINE" && !command.contains("INBOX");
            let (count, validity) = (it.letters.len(), it.validity);
            said = format!("* {count} EXISTS\r\n* OK [UIDVALIDITY {validity}] fine\r\n");
            if !it.is_elsewhere {
                said += &format!("* OK [UIDNEXT {}] fine\r\n", it.next);
            }
        }
        ["STATUS", folder, ..] => {
            let next = it.copies.keys().last().map_or(1, |it| it + 1);
            said = format!("* STATUS {folder} (UIDNEXT {next})\r\n");
        }
        ["UID", "SEARCH", ref what @ ..] => {
            let found = match what {
                ["UID", set] => named(set, here),
                _ => here.keys().copied().collect(),
            };
            said = "* SEARCH".to_owned();
            for uid in found {
                said += &format!(" {uid}");
            }
            said += "\r\n";
        }
        ["UID", "FETCH", set, ..] => {
            for uid in named(set, here) {
                said += &fetched(uid, &here[&uid], command);
            }
        }
        ["UID", "COPY", set, ..] => {
            for uid in named(set, here) {
                let next = it.copies.keys().last().map_or(1, |it| it + 1);
                it.copies.insert(next, it.letters[&uid].clone());
            }
        }
        ["UID", "STORE", set, _, "(\\Deleted)"] => it.marked.extend(named(set, here)),
        ["UID", "EXPUNGE", set] => {
            for uid in named(set, &it.letters) {
                it.letters.remove(&uid);
            }
        }
        _ => {}
    }
    said + &format!("{tag} OK done\r\n")
}

fn fetched(uid: u32, letter: &Stored, command: &str) -> String {
    let Stored { raw, size, instead } = letter;
    let mut said = format!("* 1 FETCH (UID {uid}");
    if command.contains("RFC822.SIZE") {
        said += &format!(" RFC822.SIZE {size}");
    }
    if command.contains("HEADER.FIELDS") {
        let head = raw.split_inclusive("\r\n\r\n").next().unwrap();
        said += &format!(
            " BODY[HEADER.FIELDS (FROM)]<0> {{{}}}\r\n{head}",
            head.len()
        );
    }
    if command.contains("BODY.PEEK[HEADER]<0.") {
        let head = raw.split_inclusive("\r\n\r\n").next().unwrap();
        said += &format!(" BODY[HEADER]<0> {{{}}}\r\n{head}", head.len());
    }
    if command.contains("BODY.PEEK[])") {
        match instead {
            Some(instead) => said += &format!(" BODY[] {instead}"),
            None => said += &format!(" BODY[] {{{}}}\r\n{raw}", raw.len()),
        }
    }
    said + ")\r\n"
}
