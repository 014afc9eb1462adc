//! A conversation with an IMAP server: signing in, looking into a folder, fetching letters by their UID, and doing with the
//! originals what is to be done. How each command ended is looked at: a server that says “NO” has not said “nothing there”.
//!
//! Deliberately absent: sequence numbers, which move under whoever uses them (IN-11), and `\Seen` as a memory: what a
//! human read first is taken all the same (IN-04).

use std::collections::BTreeMap;

use data_encoding::BASE64;

use super::answers::{self, Answer, Fetched, Status};
use super::fault::{Fault, Kind};
use super::heads::TELLING;
use super::line::{Dialer, Line, Most};
use super::signing_in::{Account, sign_in};

/// How many bytes of a head are asked for: what tells letters apart has fewer.
const MOST_HEAD: usize = 64 * 1024;
/// The most bytes of an answer that has none to speak of.
const LITTLE: Most = Most::of(64 * 1024);
/// What an answer may be larger than the letter in it is said to be.
const TOLERANCE: usize = 64 * 1024;

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

/// What came of asking for several letters. What is in none of these is gone from the folder.
#[derive(Debug)]
pub struct Given<T> {
    /// What came.
    pub came: Vec<T>,
    /// What is there and does not come, each with why.
    pub withheld: Vec<(u32, Fault)>,
    /// What was larger than was to be kept.
    pub cut: Vec<u32>,
}

/// What came of one command.
struct Asked {
    came: Vec<Fetched>,
    cut: Vec<u32>,
    /// Why there is not more.
    why: Fault,
}

/// A server that says one of these gives nothing to anybody now.
const BUSY: [&str; 3] = ["UNAVAILABLE", "INUSE", "LIMIT"];

/// Whether these words of a server say that it gives nothing to anybody now.
pub fn is_busy(said: &str) -> bool {
    BUSY.iter().any(|it| answers::code(said, it).is_some())
}

/// Somebody signed in.
pub struct Session {
    line: Line,
    offers: Vec<String>,
}

/// Text between quotes.
pub(super) fn quoted(text: &str) -> String {
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
        line.hide(account.secrets());
        let mut offers = line.capabilities().await?;
        if answers::code(&greeting.text, "PREAUTH").is_none() {
            sign_in(&mut line, &offers, account).await?;
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
        let (mut validity, mut next) = (None, 0);
        self.line.count = 0;
        let answer = self
            .line
            .ask(&command, Most::TEXT, &mut |heard| {
                if let Some(text) = answers::untagged(&heard.bytes, "OK") {
                    let text = String::from_utf8_lossy(text);
                    let number = |word| answers::code(&text, word).and_then(|it| it.parse().ok());
                    validity = number("UIDVALIDITY").or(validity);
                    next = number("UIDNEXT").unwrap_or(next);
                }
                Ok(())
            })
            .await?;
        // Microsoft lets an application in that may read no mailbox, and says so only here.
        let is_let_in = !answer.text.contains("authenticated but not connected");
        done(
            answer,
            if is_let_in {
                Kind::FolderMissing
            } else {
                Kind::TokenRefused
            },
        )?;
        self.line.has_news = false;
        Ok(Opened {
            uid_validity: validity.ok_or(Kind::Unclear)?,
            uid_next: next,
            count: self.line.count,
        })
    }

    /// Whether there is a folder of this name.
    pub async fn has_folder(&mut self, folder: &str) -> Result<bool, Fault> {
        let command = format!("STATUS {} (MESSAGES)", quoted(&folder_name(folder)));
        let answer = self.line.ask(&command, LITTLE, &mut |_| Ok(())).await?;
        Ok(answer.status == Status::Ok)
    }

    /// The number that the next letter of another folder gets; `None` where the server does not say.
    pub async fn next_of(&mut self, folder: &str) -> Result<Option<u32>, Fault> {
        let command = format!("STATUS {} (UIDNEXT)", quoted(&folder_name(folder)));
        let mut next = None;
        let answer = self
            .line
            .ask(&command, LITTLE, &mut |heard| {
                next = answers::next_uid(&heard.bytes).or(next);
                Ok(())
            })
            .await?;
        done(answer, Kind::TargetMissing)?;
        Ok(next)
    }

    async fn search(&mut self, what: &str) -> Result<Vec<u32>, Fault> {
        let mut all = vec![];
        let command = format!("UID SEARCH {what}");
        let answer = self
            .line
            .ask(&command, Most::TEXT, &mut |heard| {
                if answers::untagged(&heard.bytes, "SEARCH").is_some() {
                    all.extend(answers::found(&heard.bytes).ok_or(Kind::Unclear)?);
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

    /// The letters that came to the folder on this day or later, as `23-Nov-2026`.
    pub async fn since(&mut self, day: &str) -> Result<Vec<u32>, Fault> {
        self.search(&format!("SINCE {day}")).await
    }

    /// Those of these that are still there.
    pub async fn still_there(&mut self, uids: &[u32]) -> Result<Vec<u32>, Fault> {
        let mut all = self.search(&format!("UID {}", set(uids))).await?;
        all.retain(|it| uids.contains(it));
        Ok(all)
    }

    /// Asks once. A letter that cannot be read, or has no room, leaves the line as it should be.
    async fn fetch(&mut self, uids: &[u32], what: &str, most: Most) -> Result<Asked, Fault> {
        let command = format!("UID FETCH {} (UID {what})", set(uids));
        let (mut came, mut cut) = (vec![], vec![]);
        let mut why = Fault::from(Kind::Withheld);
        // The bound is for all of them together.
        let mut room = most.kept;
        let answer = self
            .line
            .ask(&command, most, &mut |heard| {
                if !answers::is_fetch(&heard.bytes) {
                    return Ok(());
                }
                match (
                    answers::fetched(&heard.bytes),
                    room.checked_sub(heard.bytes.len()),
                ) {
                    (Some(it), Some(left)) if !heard.is_cut => {
                        room = left;
                        came.push(it);
                    }
                    (Some(it), _) => cut.extend(it.uid),
                    (None, _) => why = Kind::Unclear.into(),
                }
                Ok(())
            })
            .await?;
        if answer.status != Status::Ok {
            why = Fault::saying(Kind::ServerRefuses, &answer.text);
            if is_busy(&answer.text) {
                return Err(why);
            }
        }
        // Others' flags may be told of in between.
        came.retain(|it| it.uid.is_some_and(|uid| uids.contains(&uid)));
        Ok(Asked { came, cut, why })
    }

    /// Asks, and again by halves for what did not come and is there all the same: down to the one that does not.
    async fn ask_for<T>(
        &mut self,
        uids: &[u32],
        what: &str,
        most: impl Fn(&[u32]) -> Most,
        whole: impl Fn(Fetched) -> Option<(u32, T)>,
    ) -> Result<Given<(u32, T)>, Fault> {
        let mut given = Given {
            came: vec![],
            withheld: vec![],
            cut: vec![],
        };
        let mut left = vec![uids.to_vec()];
        while let Some(some) = left.pop() {
            let asked = self.fetch(&some, what, most(&some)).await?;
            let came: Vec<(u32, T)> = asked.came.into_iter().filter_map(&whole).collect();
            let is_missing = |uid: &&u32| came.iter().all(|it| it.0 != **uid);
            let missing: Vec<u32> = some.iter().filter(is_missing).copied().collect();
            given.came.extend(came);
            if missing.is_empty() {
                continue;
            }
            let there = self.still_there(&missing).await?;
            match there.as_slice() {
                [] => {}
                [one] if some.len() == 1 && asked.cut.contains(one) => given.cut.push(*one),
                [one] if some.len() == 1 => given.withheld.push((*one, asked.why)),
                there => {
                    let (first, second) = there.split_at(there.len().div_ceil(2));
                    let parts = [second, first].into_iter().filter(|it| !it.is_empty());
                    left.extend(parts.map(<[u32]>::to_vec));
                }
            }
        }
        Ok(given)
    }

    /// How large these are said to be. That is often a guess.
    pub async fn sizes(&mut self, uids: &[u32]) -> Result<Given<(u32, u64)>, Fault> {
        let most = |some: &[u32]| Most::of(TOLERANCE + some.len() * 256);
        self.ask_for(uids, "RFC822.SIZE", most, |it| it.uid.zip(it.size))
            .await
    }

    /// What their heads say, as far as it tells them from others; each with its size.
    pub async fn heads(&mut self, uids: &[u32]) -> Result<Given<(u32, (u64, Vec<u8>))>, Fault> {
        let names = TELLING.join(" ").to_ascii_uppercase();
        let what = format!("RFC822.SIZE BODY.PEEK[HEADER.FIELDS ({names})]<0.{MOST_HEAD}>");
        // Some give whole heads whatever they are asked.
        let most = |some: &[u32]| Most {
            kept: TOLERANCE + some.len() * MOST_HEAD,
            sent: TOLERANCE + some.len() * MOST_HEAD * 16,
        };
        let whole = |it: Fetched| Some((it.uid?, (it.size?, it.bytes.unwrap_or_default())));
        self.ask_for(uids, &what, most, whole).await
    }

    /// The whole head of one, as far as it is short enough to be kept.
    pub async fn head(&mut self, uid: u32) -> Result<Given<(u32, Vec<u8>)>, Fault> {
        let what = format!("BODY.PEEK[HEADER]<0.{MOST_HEAD}>");
        let most = |_: &[u32]| Most {
            kept: TOLERANCE + MOST_HEAD,
            sent: TOLERANCE + MOST_HEAD * 16,
        };
        self.ask_for(&[uid], &what, most, |it| it.uid.zip(it.bytes))
            .await
    }

    /// They, whole, and not read by that. `sizes` is what they are said to have; each is kept as far as that may be
    /// true, and up to `spare` bytes are passed over where it was not.
    pub async fn letters(
        &mut self,
        uids: &[u32],
        sizes: &BTreeMap<u32, u64>,
        spare: usize,
    ) -> Result<Given<(u32, Vec<u8>)>, Fault> {
        let most = |some: &[u32]| {
            let said: u64 = some.iter().filter_map(|it| sizes.get(it)).sum();
            let said = usize::try_from(said).unwrap_or(usize::MAX / 4);
            let kept = said + said / 4 + TOLERANCE * (1 + some.len());
            let sent = kept + spare;
            Most { kept, sent }
        };
        self.ask_for(uids, "BODY.PEEK[]", most, |it| it.uid.zip(it.bytes))
            .await
    }

    /// Marks them as read.
    pub async fn mark_read(&mut self, uids: &[u32]) -> Result<(), Fault> {
        self.store(uids, "\\Seen").await
    }

    async fn store(&mut self, uids: &[u32], flag: &str) -> Result<(), Fault> {
        let command = format!("UID STORE {} +FLAGS.SILENT ({flag})", set(uids));
        let answer = self.line.ask(&command, LITTLE, &mut |_| Ok(())).await?;
        done(answer, Kind::NotSettled)
    }

    /// Whether moving is one step, which can be done again without copying twice.
    pub fn moves_at_once(&self) -> bool {
        self.can("MOVE")
    }

    /// Moves them to another folder, in one step.
    pub async fn move_to(&mut self, uids: &[u32], folder: &str) -> Result<(), Fault> {
        self.bring("MOVE", uids, folder).await
    }

    /// Copies them to another folder: all of them, or none when it is refused.
    pub async fn copy_to(&mut self, uids: &[u32], folder: &str) -> Result<(), Fault> {
        self.bring("COPY", uids, folder).await
    }

    async fn bring(&mut self, verb: &str, uids: &[u32], folder: &str) -> Result<(), Fault> {
        let command = format!("UID {verb} {} {}", set(uids), quoted(&folder_name(folder)));
        let answer = self.line.ask(&command, LITTLE, &mut |_| Ok(())).await?;
        if answer.status != Status::Ok && answers::code(&answer.text, "TRYCREATE").is_some() {
            return Err(Fault::saying(Kind::TargetMissing, &answer.text));
        }
        done(answer, Kind::NotSettled)
    }

    /// Deletes them. Where a server cannot throw away these alone they stay marked as deleted: what else is marked is
    /// somebody else's.
    pub async fn delete(&mut self, uids: &[u32]) -> Result<(), Fault> {
        self.store(uids, "\\Deleted").await?;
        if !self.can("UIDPLUS") {
            return Ok(());
        }
        let command = format!("UID EXPUNGE {}", set(uids));
        let answer = self.line.ask(&command, LITTLE, &mut |_| Ok(())).await?;
        done(answer, Kind::NotSettled)
    }

    /// Asks the server to look again, where it does not tell by itself.
    pub async fn look(&mut self) -> Result<(), Fault> {
        let answer = self.line.ask("NOOP", LITTLE, &mut |_| Ok(())).await?;
        done(answer, Kind::ServerRefuses)
    }

    /// Begins to wait for what the server tells; false when it will not. Ends with [`Session::stop_waiting`].
    pub async fn wait(&mut self) -> Result<Option<String>, Fault> {
        let tag = self.line.say("IDLE").await?;
        let invitation = self.line.invitation(&tag).await?;
        Ok(invitation.is_ok().then_some(tag))
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
        let answer = self.line.end_of(tag, LITTLE, &mut |_| Ok(())).await?;
        done(answer, Kind::ServerRefuses)
    }

    /// Says goodbye; whether it is heard changes nothing.
    pub async fn leave(mut self) {
        let _ = self.line.ask("LOGOUT", Most::TEXT, &mut |_| Ok(())).await;
    }
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
