//! Letters made of pieces of others and damaged on the way, from plain numbers: the same numbers make the same letters.

use std::path::Path;

use crate::whatever::plan::Numbers;

/// What stands in letters that mean something to their readers.
const WORDS: &[&str] = &[
    "\r\n",
    "\r\n\r\n",
    "\r\n.\r\n",
    "\n.\n",
    "\0",
    "\u{202e}",
    "--b\r\n",
    "--b--\r\n",
    "Content-Type: multipart/mixed; boundary=b\r\n",
    "Content-Type: multipart/report; report-type=delivery-status; boundary=b\r\n",
    "Content-Type: message/rfc822\r\n\r\n",
    "Content-Type: message/delivery-status\r\n\r\n",
    "Content-Type: text/html; charset=utf-7\r\n",
    "Content-Transfer-Encoding: base64\r\n",
    "Content-Transfer-Encoding: quoted-printable\r\n",
    "Content-Disposition: attachment; filename=\"../../\u{202e}x\"\r\n",
    "Auto-Submitted: auto-replied\r\n",
    "Precedence: bulk\r\n",
    "Return-Path: <>\r\n",
    "Date: Mon, 23 Nov 2026 12:00:00 +0100\r\n",
    "Subject: =?utf-8?B?w6k=?= =?utf-8?Q?=00=0D=0ABcc:_x?=\r\n",
    "On Mon, 23 Nov 2026 at 10:00, Ben wrote:\r\n> ",
    "<script>",
    "<img src=x onerror=alert(1)>",
    "<table><tr><td>",
    "\u{ff}\u{fe}",
];

/// Every letter with the ending `eml` in this folder of the repository, in the order of their names.
fn letters_in(folder: &str) -> Vec<Vec<u8>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("..")
        .join(folder);
    let mut paths: Vec<_> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|it| it == "eml"))
        .collect();
    paths.sort();
    paths
        .iter()
        .map(|path| std::fs::read(path).unwrap())
        .collect()
}

/// Makes letters.
pub struct Damage {
    numbers: Numbers,
    whole: Vec<Vec<u8>>,
    /// Lines that make a letter somebody's, or an answer.
    lines: Vec<String>,
}

impl Damage {
    /// From this seed, with the letters of the repository; `lines` are headers that fit the desk.
    pub fn from(seed: u64, lines: Vec<String>) -> Damage {
        Damage {
            numbers: Numbers(seed),
            whole: letters_in("letter/fixtures"),
            lines,
        }
    }

    /// Below `n`.
    pub fn below(&mut self, n: usize) -> usize {
        self.numbers.below(n.max(1))
    }

    fn any(&mut self) -> Vec<u8> {
        let n = self.below(self.whole.len());
        self.whole[n].clone()
    }

    /// The next letter: one of the repository's, most of them with headers of this desk, damaged a few times.
    pub fn letter(&mut self) -> Vec<u8> {
        let mut letter = self.any();
        for _ in 0..self.below(3) {
            let n = self.below(self.lines.len());
            let line = self.lines[n].clone();
            letter = with_header(&letter, &line);
        }
        for _ in 0..self.below(6) {
            self.damage(&mut letter);
        }
        letter.truncate(256 * 1024);
        letter
    }

    fn damage(&mut self, bytes: &mut Vec<u8>) {
        let at = self.below(bytes.len() + 1);
        let end = bytes.len().min(at + self.below(200));
        match self.below(9) {
            0 => bytes.insert(at, u8::try_from(self.below(256)).unwrap_or_default()),
            1 if at < bytes.len() => bytes[at] ^= 1 << self.below(8),
            2 => drop(bytes.drain(at..end)),
            3 => {
                let again = bytes[at..end].to_vec();
                bytes.splice(at..at, again);
            }
            4 => {
                let word = WORDS[self.below(WORDS.len())];
                bytes.splice(at..at, word.bytes());
            }
            // The head of one, the rest of another.
            5 => {
                let other = self.any();
                let from = self.below(other.len());
                bytes.truncate(at);
                bytes.extend_from_slice(&other[from..]);
            }
            6 => {
                let other = self.any();
                let from = self.below(other.len());
                let piece = &other[from..other.len().min(from + 400)];
                bytes.splice(at..end, piece.iter().copied());
            }
            7 => bytes.truncate(at),
            _ => {
                // Two lines change places.
                let mut lines: Vec<&[u8]> = bytes.split_inclusive(|b| *b == b'\n').collect();
                let (one, two) = (self.below(lines.len()), self.below(lines.len()));
                if one < lines.len() && two < lines.len() {
                    lines.swap(one, two);
                }
                *bytes = lines.concat();
            }
        }
    }
}

/// The letter with this header in the place of its own of that name, or before all others.
fn with_header(letter: &[u8], header: &str) -> Vec<u8> {
    let name = header.split(':').next().unwrap_or_default().as_bytes();
    let mut made = format!("{header}\r\n").into_bytes();
    let mut in_head = true;
    for line in letter.split_inclusive(|b| *b == b'\n') {
        in_head &= !line.trim_ascii().is_empty();
        let is_same = line.len() > name.len()
            && line[..name.len()].eq_ignore_ascii_case(name)
            && line[name.len()] == b':';
        if !(in_head && is_same) {
            made.extend_from_slice(line);
        }
    }
    made
}
