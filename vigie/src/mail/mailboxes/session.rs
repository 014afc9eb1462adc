//! A conversation with an IMAP server: signing in, looking into a folder, fetching letters by their UID, and doing with the
//! originals what is to be done. How each command ended is looked at: a server that says “NO” has not said “nothing there”.
//!
//! Deliberately absent: sequence numbers, which move under whoever uses them (IN-11), and `\Seen` as a memory: what a
//! human read first is taken all the same (IN-04).

use data_encoding::BASE64;

use super::Protection;
use super::answers::{self, Answer, Fetched, Status};
use super::fault::{Fault, Kind};
use super::heads::TELLING;
use super::line::{Dialer, Line};

/// The most bytes of one head.
const MOST_HEAD: usize = 512 * 1024;
/// What an answer may be larger than the letter in it is said to be.
const TOLERANCE: usize = 64 * 1024;

/// Where a mailbox is, and who looks into it.
#[derive(Clone)]
pub struct Account {
    /// The server.
    pub host: String,
    /// Its port.
    pub port: u16,
    /// What protects the way there.
    pub protection: Protection,
    /// Who signs in.
    pub login: String,
    /// With which password.
    pub password: String,
}

impl std::fmt::Debug for Account {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        // Without the password.
        write!(f, "Account({}:{})", self.host, self.port)
    }
}

/// A folder as it stood when it was opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Opened {
    /// Which numbering its UIDs belong to.
    pub uid_validity: u32,
    /// The number that the next letter gets; 0 where the server does not say.
    pub uid_next: u32,
    /// How many letters lie there.
    pub count: u32,
}

/// Somebody signed in.
pub struct Session {
    line: Line,
    offers: Vec<String>,
}

/// Text between quotes.
fn quoted(text: &str) -> String {
    let safe: String = text
        .chars()
        .filter(|c| !matches!(c, '\r' | '\n' | '\0'))
        .collect();
    format!("\"{}\"", safe.replace('\\', "\\\\").replace('"', "\\\""))
}

/// The name of a folder as the protocol writes it (RFC 3501, 5.1.3): what is not plain stands as base64 of UTF-16.
pub fn folder_name(name: &str) -> String {
    let mut written = String::new();
    let mut odd: Vec<u8> = vec![];
    let close = |odd: &mut Vec<u8>, written: &mut String| {
        if !odd.is_empty() {
            let text = BASE64.encode(odd).replace('/', ",");
            written.push_str(&format!("&{}-", text.trim_end_matches('=')));
            odd.clear();
        }
    };
    for c in name.chars() {
        if (' '..='~').contains(&c) {
            close(&mut odd, &mut written);
            match c {
                '&' => written.push_str("&-"),
                c => written.push(c),
            }
        } else {
            for unit in c.encode_utf16(&mut [0; 2]) {
                odd.extend_from_slice(&unit.to_be_bytes());
            }
        }
    }
    close(&mut odd, &mut written);
    written
}

fn set(uids: &[u32]) -> String {
    uids.iter()
        .map(u32::to_string)
        .collect::<Vec<_>>()
        .join(",")
}

/// Everything but `OK` is a fault.
fn done(answer: Answer, otherwise: Kind) -> Result<(), Fault> {
    match answer.status {
        Status::Ok => Ok(()),
        Status::No | Status::Bad => Err(Fault::saying(otherwise, &answer.text)),
    }
}

impl Session {
    /// Connects and signs in.
    ///
    /// # Errors
    /// What is wrong.
    pub async fn open(dialer: &Dialer, account: &Account) -> Result<Session, Fault> {
        let (mut line, greeting) = dialer
            .dial(&account.host, account.port, account.protection)
            .await?;
        let mut offers = line.capabilities().await?;
        if answers::code(&greeting.text, "PREAUTH").is_none() {
            let answer = sign_in(&mut line, &offers, account).await?;
            if answer.status != Status::Ok {
                let busy = ["UNAVAILABLE", "INUSE", "LIMIT"];
                let is_busy = busy
                    .iter()
                    .any(|it| answers::code(&answer.text, it).is_some());
                let said = match account.password.as_str() {
                    "" => answer.text,
                    password => answer.text.replace(password, "…"),
                };
                let kind = if is_busy {
                    Kind::ServerRefuses
                } else {
                    Kind::SignIn
                };
                return Err(Fault::saying(kind, &said));
            }
            // Whoever is signed in is offered more.
            offers = line.capabilities().await?;
        }
        Ok(Session { line, offers })
    }

    fn can(&self, word: &str) -> bool {
        self.offers.iter().any(|it| it == word)
    }

    /// Whether the server tells by itself of what comes.
    pub fn can_idle(&self) -> bool {
        self.can("IDLE")
    }

    /// Opens a folder, or only looks into it.
    ///
    /// # Errors
    /// `FolderMissing`, and whatever a connection can fail with.
    pub async fn select(&mut self, folder: &str, only_looks: bool) -> Result<Opened, Fault> {
        let verb = if only_looks { "EXAMINE" } else { "SELECT" };
        let command = format!("{verb} {}", quoted(&folder_name(folder)));
        let (mut validity, mut next, mut count) = (None, 0, 0);
        let answer = self
            .line
            .ask(&command, 0, &mut |frame| {
                if let Some(text) = answers::untagged(frame, "OK") {
                    let text = String::from_utf8_lossy(text);
                    let number = |word| answers::code(&text, word).and_then(|it| it.parse().ok());
                    validity = number("UIDVALIDITY").or(validity);
                    next = number("UIDNEXT").unwrap_or(next);
                }
                count = answers::counted(frame, "EXISTS").unwrap_or(count);
                Ok(())
            })
            .await?;
        done(answer, Kind::FolderMissing)?;
        self.line.has_news = false;
        Ok(Opened {
            uid_validity: validity.ok_or(Kind::Unclear)?,
            uid_next: next,
            count,
        })
    }

    /// Whether there is a folder of this name.
    pub async fn has_folder(&mut self, folder: &str) -> Result<bool, Fault> {
        let command = format!("STATUS {} (MESSAGES)", quoted(&folder_name(folder)));
        let answer = self.line.ask(&command, MOST_HEAD, &mut |_| Ok(())).await?;
        Ok(answer.status == Status::Ok)
    }

    async fn search(&mut self, what: &str) -> Result<Vec<u32>, Fault> {
        let mut all = vec![];
        let command = format!("UID SEARCH {what}");
        let answer = self
            .line
            .ask(&command, 0, &mut |frame| {
                if answers::untagged(frame, "SEARCH").is_some() {
                    all.extend(answers::found(frame).ok_or(Kind::Unclear)?);
                }
                Ok(())
            })
            .await?;
        done(answer, Kind::ServerRefuses)?;
        all.sort_unstable();
        all.dedup();
        Ok(all)
    }

    /// The letters from this number on, in order.
    pub async fn from(&mut self, uid: u32) -> Result<Vec<u32>, Fault> {
        self.line.has_news = false;
        // `7:*` names the last letter even if it has a smaller number.
        let mut all = self.search(&format!("UID {uid}:*")).await?;
        all.retain(|it| *it >= uid);
        Ok(all)
    }

    /// Those of these that are still there.
    pub async fn still_there(&mut self, uids: &[u32]) -> Result<Vec<u32>, Fault> {
        let mut all = self.search(&format!("UID {}", set(uids))).await?;
        all.retain(|it| uids.contains(it));
        Ok(all)
    }

    async fn fetch(
        &mut self,
        uids: &[u32],
        what: &str,
        most: usize,
    ) -> Result<Vec<Fetched>, Fault> {
        let command = format!("UID FETCH {} (UID {what})", set(uids));
        let mut all = vec![];
        let mut room = most;
        let answer = self
            .line
            .ask(&command, most, &mut |frame| {
                if answers::is_fetch(frame) {
                    // The bound is for all of them together.
                    room = room.checked_sub(frame.len()).ok_or(Kind::Endless)?;
                    all.push(answers::fetched(frame).ok_or(Kind::Unclear)?);
                }
                Ok(())
            })
            .await?;
        done(answer, Kind::ServerRefuses)?;
        // Others' flags may be told of in between.
        all.retain(|it| it.uid.is_some_and(|uid| uids.contains(&uid)));
        Ok(all)
    }

    /// How large these are.
    pub async fn sizes(&mut self, uids: &[u32]) -> Result<Vec<(u32, u64)>, Fault> {
        let all = self
            .fetch(uids, "RFC822.SIZE", TOLERANCE + uids.len() * 256)
            .await?;
        Ok(all
            .into_iter()
            .filter_map(|it| it.uid.zip(it.size))
            .collect())
    }

    /// What their heads say, as far as it tells them from others; each with its size.
    pub async fn heads(&mut self, uids: &[u32]) -> Result<Vec<(u32, u64, Vec<u8>)>, Fault> {
        let names = TELLING.join(" ").to_ascii_uppercase();
        let what = format!("RFC822.SIZE BODY.PEEK[HEADER.FIELDS ({names})]");
        let all = self.fetch(uids, &what, MOST_HEAD * 8).await?;
        let whole = |it: Fetched| Some((it.uid?, it.size?, it.bytes.unwrap_or_default()));
        Ok(all.into_iter().filter_map(whole).collect())
    }

    /// They, whole, and not read by that. `bytes` is what they are said to have together.
    pub async fn letters(
        &mut self,
        uids: &[u32],
        bytes: usize,
    ) -> Result<Vec<(u32, Vec<u8>)>, Fault> {
        let most = bytes + bytes / 4 + TOLERANCE * (1 + uids.len());
        let all = self.fetch(uids, "BODY.PEEK[]", most).await?;
        Ok(all
            .into_iter()
            .filter_map(|it| it.uid.zip(it.bytes))
            .collect())
    }

    /// Marks them as read.
    pub async fn mark_read(&mut self, uids: &[u32]) -> Result<(), Fault> {
        self.store(uids, "\\Seen").await
    }

    async fn store(&mut self, uids: &[u32], flag: &str) -> Result<(), Fault> {
        let command = format!("UID STORE {} +FLAGS.SILENT ({flag})", set(uids));
        let answer = self.line.ask(&command, MOST_HEAD, &mut |_| Ok(())).await?;
        done(answer, Kind::NotSettled)
    }

    /// Whether moving is one step, which can be done again without copying twice.
    pub fn moves_at_once(&self) -> bool {
        self.can("MOVE")
    }

    /// Moves them to another folder.
    pub async fn move_to(&mut self, uids: &[u32], folder: &str) -> Result<(), Fault> {
        let verb = if self.moves_at_once() { "MOVE" } else { "COPY" };
        let command = format!("UID {verb} {} {}", set(uids), quoted(&folder_name(folder)));
        let answer = self.line.ask(&command, MOST_HEAD, &mut |_| Ok(())).await?;
        if answer.status != Status::Ok && answers::code(&answer.text, "TRYCREATE").is_some() {
            return Err(Fault::saying(Kind::TargetMissing, &answer.text));
        }
        done(answer, Kind::NotSettled)?;
        match self.moves_at_once() {
            true => Ok(()),
            false => self.delete(uids).await,
        }
    }

    /// Deletes them. Where a server cannot throw away these alone they stay marked as deleted: what else is marked is
    /// somebody else's.
    pub async fn delete(&mut self, uids: &[u32]) -> Result<(), Fault> {
        self.store(uids, "\\Deleted").await?;
        if !self.can("UIDPLUS") {
            return Ok(());
        }
        let command = format!("UID EXPUNGE {}", set(uids));
        let answer = self.line.ask(&command, MOST_HEAD, &mut |_| Ok(())).await?;
        done(answer, Kind::NotSettled)
    }

    /// Asks the server to look again, where it does not tell by itself.
    pub async fn look(&mut self) -> Result<(), Fault> {
        let answer = self.line.ask("NOOP", MOST_HEAD, &mut |_| Ok(())).await?;
        done(answer, Kind::ServerRefuses)
    }

    /// Begins to wait for what the server tells; false when it will not. Ends with [`Session::stop_waiting`].
    pub async fn wait(&mut self) -> Result<Option<String>, Fault> {
        let tag = self.line.say("IDLE").await?;
        Ok(match self.line.is_invited(&tag).await? {
            None => Some(tag),
            Some(_) => None,
        })
    }

    /// Waits for the server to say that letters came. May be given up at any time, and loses nothing.
    pub async fn news(&mut self) -> Result<(), Fault> {
        while !self.line.has_news {
            self.line.hear().await?;
        }
        Ok(())
    }

    /// Ends waiting.
    pub async fn stop_waiting(&mut self, tag: &str) -> Result<(), Fault> {
        self.line.add("DONE").await?;
        let answer = self.line.end_of(tag, MOST_HEAD, &mut |_| Ok(())).await?;
        done(answer, Kind::ServerRefuses)
    }

    /// Says goodbye; whether it is heard changes nothing.
    pub async fn leave(mut self) {
        let _ = self.line.ask("LOGOUT", 0, &mut |_| Ok(())).await;
    }
}

async fn sign_in(line: &mut Line, offers: &[String], account: &Account) -> Result<Answer, Fault> {
    if !offers.iter().any(|it| it == "AUTH=PLAIN") {
        let (login, password) = (quoted(&account.login), quoted(&account.password));
        let command = format!("LOGIN {login} {password}");
        return line.ask(&command, 0, &mut |_| Ok(())).await;
    }
    let tag = line.say("AUTHENTICATE PLAIN").await?;
    if let Some(refused) = line.is_invited(&tag).await? {
        return Ok(refused);
    }
    let words = format!("\0{}\0{}", account.login, account.password);
    line.add(&BASE64.encode(words.as_bytes())).await?;
    line.end_of(&tag, 0, &mut |_| Ok(())).await
}

#[cfg(test)]
mod tests {
    use super::{folder_name, quoted};

    #[test]
    fn folders_are_named_as_the_protocol_writes_them() {
        assert_eq!(folder_name("INBOX"), "INBOX");
        assert_eq!(folder_name("Messages envoyés"), "Messages envoy&AOk-s");
        assert_eq!(folder_name("R&D"), "R&-D");
        assert_eq!(folder_name("台北"), "&U,BTFw-");
    }

    #[test]
    fn nothing_leaves_its_quotes() {
        assert_eq!(quoted("a\"b\\c\r\nd"), "\"a\\\"b\\\\cd\"");
    }
}
