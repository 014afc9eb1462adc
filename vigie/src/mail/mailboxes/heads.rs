//! What the head of a letter says of it: which letter it is, wherever it is numbered anew, and who sent it on.

/// The fields that tell one letter from another.
pub const TELLING: [&str; 4] = ["message-id", "date", "from", "subject"];

/// The first field of each name in a head, unfolded, without spaces around it.
fn fields<const N: usize>(raw: &[u8], names: [&str; N]) -> [Option<String>; N] {
    let mut found = [const { None::<String> }; N];
    let mut open: Option<usize> = None;
    for line in raw.split(|b| *b == b'\n') {
        let line = line.strip_suffix(b"\r").unwrap_or(line);
        if line.is_empty() {
            break;
        }
        if line[0] == b' ' || line[0] == b'\t' {
            if let Some(text) = open.and_then(|at| found[at].as_mut()) {
                text.push(' ');
                text.push_str(String::from_utf8_lossy(line.trim_ascii()).trim());
            }
            continue;
        }
        open = None;
        let Some(colon) = line.iter().position(|b| *b == b':') else {
            continue;
        };
        let name = line[..colon].trim_ascii_end();
        let at = names
            .iter()
            .position(|wanted| name.eq_ignore_ascii_case(wanted.as_bytes()));
        if let Some(at) = at
            && found[at].is_none()
        {
            let text = String::from_utf8_lossy(line[colon + 1..].trim_ascii());
            found[at] = Some(text.into_owned());
            open = Some(at);
        }
    }
    found
}

/// Which letter this is: the same for its whole and for its head alone. A letter without a Message-ID is told from
/// others by its size, too.
pub fn identity(raw: &[u8], size: u64) -> String {
    let found = fields(raw, TELLING);
    let mut hasher = blake3::Hasher::new();
    for field in &found {
        let text = field.as_deref().unwrap_or_default();
        hasher.update(&(text.len() as u64).to_le_bytes());
        hasher.update(text.as_bytes());
    }
    if found[0].as_deref().is_none_or(str::is_empty) {
        hasher.update(&size.to_le_bytes());
    }
    hasher.finalize().to_hex()[..32].to_owned()
}

/// What stands for a letter that is too large to be taken: its head, without what says how its words and files would be
/// read, for there are none.
pub fn alone(raw: &[u8]) -> Vec<u8> {
    let mut head = Vec::with_capacity(raw.len().min(8 * 1024));
    let mut is_kept = false;
    for line in raw.split(|b| *b == b'\n') {
        let line = line.strip_suffix(b"\r").unwrap_or(line);
        if line.is_empty() {
            break;
        }
        if line[0] != b' ' && line[0] != b'\t' {
            let name = line.split(|b| *b == b':').next().unwrap_or_default();
            let name = name.trim_ascii().to_ascii_lowercase();
            is_kept = !name.starts_with(b"content-") && name != b"mime-version";
        }
        if is_kept {
            head.extend_from_slice(line);
            head.extend_from_slice(b"\r\n");
        }
    }
    head.extend_from_slice(b"\r\n");
    head
}

/// The sender of the envelope, which the server that took the letter wrote down. Where it wrote none, the letter does not
/// count as a report: those come from nobody.
pub fn envelope_from(raw: &[u8]) -> String {
    let [path] = fields(raw, ["return-path"]);
    match path {
        Some(path) => {
            let plain: String = path.chars().filter(|c| !c.is_control()).collect();
            plain.trim_matches(['<', '>', ' ']).to_owned()
        }
        None => "unknown".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LETTER: &[u8] = b"Return-Path: <zoe@example.org>\r\nSubject: One\r\n two\r\nFrom: Zoe\r\nDate: Monday\r\nMessage-ID: <1@x>\r\n\r\nSubject: body\r\n";

    #[test]
    fn a_letter_is_known_again_by_its_head_alone_and_never_by_its_message_id_alone() {
        let head =
            b"message-id:  <1@x>\r\nDATE: Monday\r\nFrom: Zoe\r\nsubject: One\r\n\ttwo\r\n\r\n";
        assert_eq!(identity(LETTER, 1), identity(head, 2));
        // IN-07: the same Message-ID over other words is another letter.
        let other = b"Subject: Three\r\nFrom: Zoe\r\nDate: Monday\r\nMessage-ID: <1@x>\r\n\r\n";
        assert_ne!(identity(LETTER, 1), identity(other, 1));
        let without = b"Subject: One two\r\nFrom: Zoe\r\nDate: Monday\r\n\r\n";
        assert_ne!(identity(without, 1), identity(without, 2));
    }

    #[test]
    fn a_head_alone_says_who_wrote_and_nothing_of_files_that_are_not_there() {
        let raw = b"From: Zoe\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed;\r\n boundary=b\r\nSubject: One\r\n two\r\n\r\n--b\r\n\r\nwords";
        assert_eq!(alone(raw), b"From: Zoe\r\nSubject: One\r\n two\r\n\r\n");
        let letter = letter::parse::parse(&alone(raw));
        assert_eq!(
            (letter.subject.as_str(), letter.text.as_str()),
            ("One two", "")
        );
        assert_eq!(alone(b""), b"\r\n");
    }

    #[test]
    fn whoever_sent_it_is_who_the_server_says() {
        assert_eq!(envelope_from(LETTER), "zoe@example.org");
        assert_eq!(envelope_from(b"Return-Path: <>\r\n\r\n"), "");
        assert_eq!(
            envelope_from(b"Return-Path: <zoe\0\x1b@example\x07.org>\r\n\r\n"),
            "zoe@example.org"
        );
        assert_eq!(
            envelope_from(b"Subject: none\r\n\r\nReturn-Path: <>\r\n"),
            "unknown"
        );
    }
}
