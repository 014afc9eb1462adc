//! Lines and letters as they come over a connection, within the room and the time there is for them.
//! How their bytes are read stands in [`letter::crossing`], which knows no connection: what it refuses
//! ends the conversation.

use std::sync::Arc;
use std::time::Duration;

use letter::crossing::{self, Broken, Dots};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// Why nothing more is read from a connection.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ended {
    /// The other side is gone.
    Gone,
    /// It said nothing for too long.
    Silent,
    /// A line without end.
    Endless,
    /// CR without LF, or LF without CR.
    BareLineEnd,
    /// The letter goes on far beyond the limit.
    Flood,
    /// This desk is stopping.
    Stopped,
}

impl From<Broken> for Ended {
    fn from(broken: Broken) -> Ended {
        match broken {
            Broken::Endless => Ended::Endless,
            Broken::BareLineEnd => Ended::BareLineEnd,
        }
    }
}

impl Ended {
    /// What is said before leaving.
    pub fn answer(self) -> &'static str {
        match self {
            Ended::Gone | Ended::Silent => "421 4.4.2 nothing came for too long",
            Ended::Endless => "500 5.5.2 line too long",
            Ended::BareLineEnd => "521 5.5.2 lines must end with CR LF",
            Ended::Flood => "552 5.3.4 far too large",
            Ended::Stopped => "421 4.3.2 closing, try again",
        }
    }
}

/// A connection with what was read from it and what will be written to it.
#[derive(Debug)]
pub struct Wire {
    stream: TcpStream,
    silence: Duration,
    read: Vec<u8>,
    at: usize,
    said: Vec<u8>,
}

impl Wire {
    /// A wire over `stream` that waits at most `silence` for each piece.
    pub fn new(stream: TcpStream, silence: Duration) -> Wire {
        Wire {
            stream,
            silence,
            read: Vec::with_capacity(4096),
            at: 0,
            said: Vec::new(),
        }
    }

    /// Notes an answer; it leaves when there is nothing more to read, so that pipelined commands
    /// are answered in one piece.
    pub fn say(&mut self, line: &str) {
        self.said.extend_from_slice(line.as_bytes());
        self.said.extend_from_slice(b"\r\n");
    }

    /// Whether the other side sent more than was asked for so far.
    pub fn has_more(&self) -> bool {
        self.at < self.read.len()
    }

    /// The next line with its CR LF. Safe to drop and call again.
    pub async fn line(&mut self) -> Result<Vec<u8>, Ended> {
        loop {
            if let Some(line) = crossing::line(&self.read[self.at..])? {
                let line = line.to_vec();
                self.at += line.len();
                return Ok(line);
            }
            self.more().await?;
        }
    }

    /// Reads a letter up to the dot that ends it.
    pub async fn content(&mut self, content: &mut Content) -> Result<(), Ended> {
        loop {
            if self.has_more() {
                let (taken, ended) = content.take(&self.read[self.at..])?;
                self.at += taken;
                if ended {
                    return Ok(());
                }
            }
            self.more().await?;
        }
    }

    async fn more(&mut self) -> Result<(), Ended> {
        self.flush().await?;
        if self.at == self.read.len() {
            self.read.clear();
            self.at = 0;
        } else if self.at > 0 {
            self.read.drain(..self.at);
            self.at = 0;
        }
        self.read.reserve(16 * 1024);
        match tokio::time::timeout(self.silence, self.stream.read_buf(&mut self.read)).await {
            Ok(Ok(0)) | Ok(Err(_)) => Err(Ended::Gone),
            Ok(Ok(_)) => Ok(()),
            Err(_) => Err(Ended::Silent),
        }
    }

    async fn flush(&mut self) -> Result<(), Ended> {
        if self.said.is_empty() {
            return Ok(());
        }
        // Taken first: a caller that is dropped in the middle must not say it twice.
        let said = std::mem::take(&mut self.said);
        match tokio::time::timeout(self.silence, self.stream.write_all(&said)).await {
            Ok(Ok(())) => Ok(()),
            _ => Err(Ended::Gone),
        }
    }

    /// Says what is left to say and closes. What still comes is swallowed for a moment, because
    /// closing over unread bytes would take our answer away from the other side.
    pub async fn leave(&mut self) {
        if self.flush().await.is_err() || self.stream.shutdown().await.is_err() {
            return;
        }
        let mut rest = [0u8; 4096];
        let swallow = async {
            for _ in 0..256 {
                match self.stream.read(&mut rest).await {
                    Ok(0) | Err(_) => return,
                    Ok(_) => {}
                }
            }
        };
        let _ = tokio::time::timeout(Duration::from_millis(500), swallow).await;
    }
}

/// A letter as it arrives, its dots taken out.
#[derive(Debug)]
pub struct Content {
    dots: Dots,
    held: Held,
}

/// What of a letter is kept so far, and in which room.
#[derive(Debug)]
struct Held {
    bytes: Vec<u8>,
    most: usize,
    seen: usize,
    room: Arc<Semaphore>,
    taken: Option<OwnedSemaphorePermit>,
    refusal: Option<String>,
}

impl Content {
    /// The measure in which room for letters is given out, in bytes.
    pub const PIECE: usize = 16 * 1024;

    /// An empty letter of at most `most` bytes that takes its room from `room`.
    pub fn new(most: usize, room: Arc<Semaphore>) -> Content {
        Content {
            dots: Dots::default(),
            held: Held {
                bytes: Vec::new(),
                most,
                seen: 0,
                room,
                taken: None,
                refusal: None,
            },
        }
    }

    /// Takes bytes; says how many it took and whether the letter ended with them.
    pub fn take(&mut self, bytes: &[u8]) -> Result<(usize, bool), Ended> {
        let held = &mut self.held;
        let (taken, ended) = self.dots.take(bytes, |byte| held.push(byte))?;
        // Whoever sends four times the limit does not want an answer.
        if !ended && held.seen > held.most.saturating_mul(4) {
            return Err(Ended::Flood);
        }
        Ok((taken, ended))
    }

    /// The letter with the room it takes, or the answer that refuses it.
    pub fn into_bytes(self) -> Result<Kept, String> {
        match self.held.refusal {
            Some(answer) => Err(answer),
            None => Ok(Kept {
                bytes: self.held.bytes,
                _room: self.held.taken,
            }),
        }
    }
}

impl Held {
    fn push(&mut self, byte: u8) {
        self.seen += 1;
        if self.refusal.is_some() {
            return;
        }
        if self.seen > self.most {
            self.refuse(too_large(self.most));
            return;
        }
        if self.bytes.len() == self.bytes.capacity() && !self.grow() {
            self.refuse("452 4.3.1 too much at once, try again later".to_owned());
            return;
        }
        self.bytes.push(byte);
    }

    /// Doubles the room; false when all letters together already take too much.
    fn grow(&mut self) -> bool {
        let more = self
            .bytes
            .capacity()
            .clamp(Content::PIECE, 4 * 1024 * 1024)
            .next_multiple_of(Content::PIECE);
        let Ok(pieces) = u32::try_from(more / Content::PIECE) else {
            return false;
        };
        let Ok(permit) = Arc::clone(&self.room).try_acquire_many_owned(pieces) else {
            return false;
        };
        match &mut self.taken {
            Some(taken) => taken.merge(permit),
            None => self.taken = Some(permit),
        }
        self.bytes.reserve_exact(more);
        true
    }

    fn refuse(&mut self, answer: String) {
        self.refusal = Some(answer);
        self.bytes = Vec::new();
        self.taken = None;
    }
}

/// What is said to a letter of more bytes than are taken. Its sender reads it in the report of their own server.
pub fn too_large(most: usize) -> String {
    format!(
        "552 5.3.4 too large: at most {most} bytes are taken here; write without the files and add them to your request on its page"
    )
}

/// A whole letter; gives its room back when dropped.
#[derive(Debug)]
pub struct Kept {
    /// The letter.
    pub bytes: Vec<u8>,
    _room: Option<OwnedSemaphorePermit>,
}

impl From<Vec<u8>> for Kept {
    fn from(bytes: Vec<u8>) -> Kept {
        Kept { bytes, _room: None }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(wire: &[u8], piece: usize) -> Result<(Vec<u8>, usize), Ended> {
        let mut content = Content::new(1000, Arc::new(Semaphore::new(10)));
        let mut at = 0;
        for bytes in wire.chunks(piece) {
            let (taken, ended) = content.take(bytes)?;
            at += taken;
            if ended {
                return Ok((content.into_bytes().expect("within limits").bytes, at));
            }
        }
        Err(Ended::Gone)
    }

    #[test]
    fn a_letter_ends_at_its_dot_however_it_is_cut_into_pieces() {
        let wire = b"a\r\n..b\r\n.c\r\n\r\n.\r\nQUIT\r\n";
        for piece in 1..wire.len() {
            let (letter, at) = read(wire, piece).expect("a whole letter");
            assert_eq!(letter, b"a\r\n.b\r\nc\r\n\r\n");
            assert_eq!(&wire[at..], b"QUIT\r\n");
        }
    }

    #[test]
    fn no_other_line_end_ends_a_letter_or_stands_in_one() {
        for odd in [
            "\n.\n",
            "\n.\r\n",
            "\r\n.\n",
            "\r.\r",
            "\r\n.\r",
            "\r.\r\n",
            "\r\r\n.\r\n",
            "\n\n.\n",
            "x\ny",
            "x\ry",
        ] {
            let wire = format!("a{odd}MAIL FROM:<x@y>\r\n.\r\n");
            assert_eq!(read(wire.as_bytes(), 3), Err(Ended::BareLineEnd), "{odd:?}");
        }
    }

    #[test]
    fn a_letter_too_large_is_read_to_its_end_and_refused() {
        let mut content = Content::new(10, Arc::new(Semaphore::new(10)));
        let (_, ended) = content.take(b"0123456789ab\r\n.\r\n").expect("read");
        assert!(ended);
        assert!(content.into_bytes().is_err());
    }

    #[test]
    fn letters_share_one_room() {
        let room = Arc::new(Semaphore::new(1));
        let mut first = Content::new(1000, Arc::clone(&room));
        let mut second = Content::new(1000, Arc::clone(&room));
        first.take(b"x").expect("taken");
        second.take(b"x").expect("taken");
        assert!(second.into_bytes().is_err());
        drop(first);
        assert_eq!(room.available_permits(), 1);
    }
}
