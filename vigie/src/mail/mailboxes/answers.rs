//! What an IMAP server says, taken apart. Pure, without recursion, and forgiving: what nobody asked for is passed over.
//!
//! Deliberately absent: a library that knows the whole protocol. Of its hundred answers six are needed here, and those there
//! are read a letter into half a gigabyte of memory, follow a server's parentheses as deep as it likes, or take
//! “NO” after a search for an empty folder (decision 0056).

/// How a command ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    /// Done.
    Ok,
    /// Not done.
    No,
    /// Not understood.
    Bad,
}

/// How a command ended, and the words beside it, their code in brackets first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// How.
    pub status: Status,
    /// The words.
    pub text: String,
}

/// `OK`, `NO` or `BAD` and what stands behind it, as far as the line says one.
pub fn status(line: &[u8]) -> Option<Answer> {
    let line = line.trim_ascii();
    let end = line.iter().position(|b| *b == b' ').unwrap_or(line.len());
    let status = match line[..end].to_ascii_uppercase().as_slice() {
        b"OK" => Status::Ok,
        b"NO" => Status::No,
        b"BAD" => Status::Bad,
        _ => return None,
    };
    let text = String::from_utf8_lossy(line[end..].trim_ascii()).into_owned();
    Some(Answer { status, text })
}

/// What stands behind this word in the code of an answer: `[UIDVALIDITY 7]`.
pub fn code<'a>(text: &'a str, word: &str) -> Option<&'a str> {
    let inside = text.trim_start().strip_prefix('[')?.split(']').next()?;
    let (first, rest) = inside.split_once(' ').unwrap_or((inside, ""));
    first.eq_ignore_ascii_case(word).then_some(rest.trim())
}

/// What stands behind `* WORD`, when the line is one.
pub fn untagged<'a>(line: &'a [u8], word: &str) -> Option<&'a [u8]> {
    let rest = line.strip_prefix(b"* ")?.trim_ascii_end();
    let end = rest.iter().position(|b| *b == b' ').unwrap_or(rest.len());
    rest[..end]
        .eq_ignore_ascii_case(word.as_bytes())
        .then(|| rest[end..].trim_ascii_start())
}

/// The number before this word: `* 18 EXISTS`.
pub fn counted(line: &[u8], word: &str) -> Option<u32> {
    let text = std::str::from_utf8(line.strip_prefix(b"* ")?).ok()?;
    let (number, rest) = text.trim_end().split_once(' ')?;
    rest.trim()
        .eq_ignore_ascii_case(word)
        .then(|| number.parse().ok())?
}

/// The numbers of a `SEARCH`.
pub fn found(line: &[u8]) -> Option<Vec<u32>> {
    let rest = untagged(line, "SEARCH")?;
    let text = std::str::from_utf8(rest).ok()?;
    // What follows in parentheses (MODSEQ) is no number of a letter.
    let numbers = text.split('(').next().unwrap_or_default();
    numbers.split_whitespace().map(|n| n.parse().ok()).collect()
}

/// The number in a `STATUS` that the next letter of its folder gets.
pub fn next_uid(line: &[u8]) -> Option<u32> {
    let rest = String::from_utf8_lossy(untagged(line, "STATUS")?);
    // The name of the folder stands before it, and may hold anything.
    let (_, inside) = rest.rsplit_once('(')?;
    let mut words = inside.trim_end().trim_end_matches(')').split_whitespace();
    words.find(|it| it.eq_ignore_ascii_case("UIDNEXT"))?;
    words.next()?.parse().ok()
}

/// One letter of a `FETCH`, as far as was asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Fetched {
    /// Its number.
    pub uid: Option<u32>,
    /// How large the server says it is.
    pub size: Option<u64>,
    /// The bytes that were asked for.
    pub bytes: Option<Vec<u8>>,
}

/// Where a value ends that begins at `at`; `None` when it does not.
fn value_end(text: &[u8], at: usize) -> Option<usize> {
    let mut at = at;
    let mut depth = 0usize;
    loop {
        match *text.get(at)? {
            b'"' => {
                at += 1;
                while *text.get(at)? != b'"' {
                    at += if text[at] == b'\\' { 2 } else { 1 };
                }
                at += 1;
            }
            b'{' => at = literal(text, at)?.1,
            b'(' => {
                depth += 1;
                at += 1;
            }
            b')' => {
                depth = depth.checked_sub(1)?;
                at += 1;
            }
            b' ' if depth > 0 => at += 1,
            _ => {
                let begin = at;
                while text.get(at).is_some_and(|b| !b" ()\"{\r\n".contains(b)) {
                    at += 1;
                }
                if at == begin {
                    return None;
                }
            }
        }
        if depth == 0 {
            return Some(at);
        }
    }
}

/// Where the bytes of a literal stand that begins at `at`, and where they end.
fn literal(text: &[u8], at: usize) -> Option<(usize, usize)> {
    let head = text.get(at + 1..)?;
    let close = head.iter().take(24).position(|b| *b == b'}')?;
    let digits = std::str::from_utf8(&head[..close]).ok()?;
    let length: usize = digits.trim_end_matches('+').parse().ok()?;
    let begin = at + 1 + close + 3;
    let end = begin.checked_add(length)?;
    (text.get(begin - 2..begin)? == b"\r\n" && end <= text.len()).then_some((begin, end))
}

/// The bytes of a string: literal, between quotes, or `NIL`, which is none.
fn string(text: &[u8], begin: usize, end: usize) -> Option<Vec<u8>> {
    match text.get(begin)? {
        b'{' => literal(text, begin).map(|(from, to)| text[from..to].to_vec()),
        b'"' => {
            let mut plain = Vec::with_capacity(end - begin);
            let mut inside = text[begin + 1..end - 1].iter();
            while let Some(byte) = inside.next() {
                plain.push(if *byte == b'\\' {
                    *inside.next()?
                } else {
                    *byte
                });
            }
            Some(plain)
        }
        _ => None,
    }
}

/// Whether this is a `FETCH` at all.
pub fn is_fetch(frame: &[u8]) -> bool {
    let mut words = frame.splitn(4, |b| *b == b' ');
    words.next() == Some(b"*".as_slice())
        && words
            .next()
            .is_some_and(|n| n.iter().all(u8::is_ascii_digit))
        && words
            .next()
            .is_some_and(|w| w.eq_ignore_ascii_case(b"FETCH"))
}

/// A `FETCH` taken apart; `None` when it is none that can be read.
pub fn fetched(frame: &[u8]) -> Option<Fetched> {
    let mut at = frame.iter().position(|b| *b == b'(')? + 1;
    let mut fetched = Fetched::default();
    loop {
        while frame.get(at) == Some(&b' ') {
            at += 1;
        }
        if *frame.get(at)? == b')' {
            return Some(fetched);
        }
        // The name; within brackets it may hold anything.
        let begin = at;
        let mut is_inside = false;
        loop {
            match *frame.get(at)? {
                b'[' => is_inside = true,
                b']' => is_inside = false,
                b' ' | b'(' if !is_inside => break,
                b'\r' | b'\n' => return None,
                _ => {}
            }
            at += 1;
        }
        let name = frame[begin..at].to_ascii_uppercase();
        while frame.get(at) == Some(&b' ') {
            at += 1;
        }
        let end = value_end(frame, at)?;
        let number = || {
            std::str::from_utf8(&frame[at..end])
                .ok()?
                .parse::<u64>()
                .ok()
        };
        if name == b"UID" {
            fetched.uid = Some(u32::try_from(number()?).ok()?);
        } else if name == b"RFC822.SIZE" {
            fetched.size = Some(number()?);
        } else if name.starts_with(b"BODY[") {
            fetched.bytes = string(frame, at, end);
        }
        at = end;
    }
}

/// How many bytes follow this line as a literal: `… {342}`. Lines that only say how something went never have any.
pub fn literal_after(line: &[u8]) -> Option<usize> {
    let line = line.strip_suffix(b"}")?;
    let open = line.iter().rposition(|b| *b == b'{')?;
    let digits = std::str::from_utf8(&line[open + 1..]).ok()?;
    digits.trim_end_matches('+').parse().ok()
}

/// Whether an answer can hold literals.
pub fn may_hold_literals(start: &[u8]) -> bool {
    start.starts_with(b"* ")
        && ["OK", "NO", "BAD", "BYE", "PREAUTH"]
            .iter()
            .all(|word| untagged(start, word).is_none())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_fetch_is_taken_apart_in_whatever_order_it_comes() {
        let plain =
            b"* 12 FETCH (UID 5 RFC822.SIZE 44 FLAGS (\\Seen \"a)b\") BODY[] {4}\r\na)\r\n)\r\n";
        let it = fetched(plain).unwrap();
        assert_eq!((it.uid, it.size), (Some(5), Some(44)));
        assert_eq!(it.bytes.as_deref(), Some(b"a)\r\n".as_slice()));
        let quoted = b"* 1 FETCH (BODY[HEADER.FIELDS (FROM DATE)] \"a \\\"b\" X-GM-LABELS ((a) \"b\") UID 9)\r\n";
        let it = fetched(quoted).unwrap();
        assert_eq!(
            (it.uid, it.bytes.as_deref()),
            (Some(9), Some(b"a \"b".as_slice()))
        );
        let nothing = b"* 1 FETCH (BODY[] NIL UID 9)\r\n";
        assert_eq!(fetched(nothing).unwrap().bytes, None);
        assert!(
            is_fetch(plain) && !is_fetch(b"* 12 EXISTS\r\n") && !is_fetch(b"* OK FETCH done\r\n")
        );
    }

    #[test]
    fn answers_say_how_it_went_with_their_code() {
        let answer = status(b"NO [TRYCREATE] Mailbox doesn't exist\r\n").unwrap();
        assert_eq!(answer.status, Status::No);
        assert_eq!(code(&answer.text, "trycreate"), Some(""));
        assert_eq!(code("[UIDVALIDITY 77] fine", "UIDVALIDITY"), Some("77"));
        assert_eq!(code("no code [UIDNEXT 3]", "UIDNEXT"), None);
        assert_eq!(status(b"* OK"), None);
        assert_eq!(
            found(b"* SEARCH 2 84 882 (MODSEQ 9)\r\n"),
            Some(vec![2, 84, 882])
        );
        assert_eq!(found(b"* SEARCH\r\n"), Some(vec![]));
        assert_eq!(counted(b"* 18 EXISTS\r\n", "EXISTS"), Some(18));
        assert_eq!(counted(b"* 18 EXPUNGE\r\n", "EXISTS"), None);
        let status = b"* STATUS \"(UIDNEXT 9) a\" (MESSAGES 3 UIDNEXT 44)\r\n";
        assert_eq!(next_uid(status), Some(44));
        assert_eq!(next_uid(b"* STATUS x (MESSAGES 3)\r\n"), None);
    }

    #[test]
    fn only_data_is_followed_by_a_literal() {
        assert_eq!(literal_after(b"* 1 FETCH (BODY[] {342}"), Some(342));
        assert_eq!(literal_after(b"* 1 FETCH (BODY[] \"{342}\""), None);
        assert!(may_hold_literals(b"* 1 FETCH (BODY[] {342}"));
        assert!(!may_hold_literals(b"* OK see {342}"));
        assert!(!may_hold_literals(b"v1 OK see {342}"));
    }

    proptest! {
        #[test]
        fn whatever_a_server_says_is_read_without_a_panic(said in proptest::collection::vec(prop_oneof![
            Just(b"(".to_vec()), Just(b")".to_vec()), Just(b"\"".to_vec()), Just(b"{3}\r\n".to_vec()), Just(b"{99999999999999999999}\r\n".to_vec()),
            Just(b" ".to_vec()), Just(b"UID 4".to_vec()), Just(b"BODY[".to_vec()), Just(b"]".to_vec()), Just(b"\\".to_vec()),
            proptest::collection::vec(any::<u8>(), 0..4),
        ], 0..40)) {
            let whole = [b"* 1 FETCH (".as_slice(), said.concat().as_slice(), b")\r\n".as_slice()].concat();
            let _ = fetched(&whole);
            let _ = (status(&whole), found(&whole), counted(&whole, "EXISTS"), literal_after(&whole), is_fetch(&whole), next_uid(&whole));
        }
    }
}
