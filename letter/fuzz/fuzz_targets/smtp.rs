//! Any bytes as what a sender says over a connection, cut into any pieces: commands and letters as the door reads them
//! (`vigie/src/mail/receive.rs`), which come out the same however they were cut.
#![no_main]

use letter::crossing::{Broken, Dots, LONGEST_LINE, line};
use libfuzzer_sys::fuzz_target;
use smtp_proto::Request;

/// What was understood.
#[derive(Debug, PartialEq)]
enum Heard {
    Command(Vec<u8>),
    Letter(Vec<u8>),
    Broken(Broken),
}

/// Reads as the door does, given pieces of this many bytes in turn.
fn heard(said: &[u8], pieces: &[u8]) -> Vec<Heard> {
    let mut heard = Vec::new();
    let (mut came, mut at) = (0, 0);
    let mut sizes = pieces.iter().cycle();
    let mut letter: Option<(Dots, Vec<u8>)> = None;
    loop {
        let pending = &said[at..came];
        let broken = match &mut letter {
            Some((dots, bytes)) => match dots.take(pending, |byte| bytes.push(byte)) {
                Ok((taken, ended)) => {
                    at += taken;
                    if ended {
                        heard.push(Heard::Letter(std::mem::take(bytes)));
                        letter = None;
                        continue;
                    }
                    None
                }
                Err(broken) => Some(broken),
            },
            None => match line(pending) {
                Ok(Some(line)) => {
                    at += line.len();
                    if matches!(Request::parse(&mut line.iter()), Ok(Request::Data)) {
                        letter = Some((Dots::default(), Vec::new()));
                    }
                    heard.push(Heard::Command(line.to_vec()));
                    continue;
                }
                Ok(None) => None,
                Err(broken) => Some(broken),
            },
        };
        if let Some(broken) = broken {
            heard.push(Heard::Broken(broken));
            return heard;
        }
        if came == said.len() {
            return heard;
        }
        let size = 1 + usize::from(*sizes.next().unwrap_or(&0));
        came = said.len().min(came + size);
    }
}

fuzz_target!(|bytes: &[u8]| {
    let (pieces, said) = bytes.split_at(bytes.len().min(4));
    let whole = heard(said, &[255]);
    assert_eq!(
        heard(said, if pieces.is_empty() { &[0] } else { pieces }),
        whole
    );
    for one in &whole {
        match one {
            Heard::Letter(letter) => {
                // It can be sent on as it is, and nothing in it ends it early for anybody.
                for (at, byte) in letter.iter().enumerate() {
                    let before = at.checked_sub(1).map(|at| letter[at]);
                    assert!(*byte != b'\n' || before == Some(b'\r'));
                    assert!(before != Some(b'\r') || *byte == b'\n');
                }
                let mut again = Vec::new();
                let mut stuffed = Vec::new();
                for line in letter.split_inclusive(|b| *b == b'\n') {
                    if line.starts_with(b".") {
                        stuffed.push(b'.');
                    }
                    stuffed.extend_from_slice(line);
                }
                stuffed.extend_from_slice(b".\r\n");
                let ended = Dots::default().take(&stuffed, |byte| again.push(byte));
                assert_eq!(ended, Ok((stuffed.len(), true)));
                assert_eq!(&again, letter);
            }
            Heard::Command(line) => {
                assert!(line.len() <= LONGEST_LINE && line.ends_with(b"\r\n"));
                assert_eq!(
                    line.iter().filter(|b| matches!(b, b'\r' | b'\n')).count(),
                    2
                );
            }
            Heard::Broken(_) => {}
        }
    }
});
