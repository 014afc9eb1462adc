//! Where the parts of a multipart begin and end.

/// The parts between the delimiter lines. A delimiter is a whole line, so a boundary that begins
/// another one does not match it; a missing end closes at the end of the bytes. The last of more than `most`
/// parts is everything that follows.
#[must_use]
pub fn cut<'a>(bytes: &'a [u8], boundary: &[u8], most: usize) -> Vec<&'a [u8]> {
    let delimiter = [b"--", boundary].concat();
    // Mails of very old systems end their lines with a lone CR.
    let line_end = if memchr::memchr(b'\n', bytes).is_some() {
        b"\n"
    } else {
        b"\r"
    };
    let at_line_start = [line_end.as_slice(), &delimiter].concat();
    let first = bytes.starts_with(&delimiter).then_some(0);
    let finder = memchr::memmem::Finder::new(&at_line_start);
    let others = finder.find_iter(bytes).map(|at| at + 1);
    let mut parts = Vec::new();
    let mut open: Option<usize> = None;
    for at in first.into_iter().chain(others) {
        let tail = &bytes[at + delimiter.len()..];
        let end = memchr::memchr2(b'\n', b'\r', &tail[..tail.len().min(200)]);
        let line = match end {
            Some(end) => &tail[..end],
            None if tail.len() < 200 => tail,
            None => continue,
        };
        let (closes, line) = match line.strip_prefix(b"--") {
            Some(rest) => (true, rest),
            None => (false, line),
        };
        if !line.iter().all(|b| matches!(b, b' ' | b'\t')) {
            continue;
        }
        if let Some(from) = open.take() {
            parts.push(&bytes[from..line_end_before(bytes, from, at)]);
        }
        if closes {
            return parts;
        }
        let line_end = at + delimiter.len() + end.unwrap_or(tail.len());
        let crlf = bytes.get(line_end) == Some(&b'\r') && bytes.get(line_end + 1) == Some(&b'\n');
        open = Some((line_end + 1 + usize::from(crlf)).min(bytes.len()));
        if parts.len() > most {
            break;
        }
    }
    if let Some(from) = open {
        parts.push(&bytes[from..]);
    }
    parts
}

/// The line end before a delimiter belongs to the delimiter.
fn line_end_before(bytes: &[u8], from: usize, at: usize) -> usize {
    let mut end = at;
    if end > from && bytes[end - 1] == b'\n' {
        end -= 1;
    }
    if end > from && bytes[end - 1] == b'\r' {
        end -= 1;
    }
    end.max(from)
}
