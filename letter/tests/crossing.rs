//! What is said over a connection, in whatever pieces it comes.

use letter::crossing::{Broken, Dots, LONGEST_LINE, is_clean, line};

/// Reads one line given so many bytes at a time.
fn read(said: &[u8], piece: usize) -> Result<Option<&[u8]>, Broken> {
    for end in (piece..said.len()).step_by(piece) {
        match line(&said[..end]) {
            Ok(None) => {}
            other => return other,
        }
    }
    line(said)
}

#[test]
fn a_command_is_the_same_however_it_is_cut_into_pieces() {
    let longest = [b"NOOP ".as_slice(), &vec![b'x'; LONGEST_LINE - 7], b"\r\n"].concat();
    let longer = [b"NOOP ".as_slice(), &vec![b'x'; LONGEST_LINE - 6], b"\r\n"].concat();
    for piece in [1, 7, 512, 4095, 4096, 4097, 100_000] {
        assert_eq!(read(b"DATA\r\nQUIT\r\n", piece), Ok(Some(&b"DATA\r\n"[..])));
        assert_eq!(read(b"DATA", piece), Ok(None));
        assert_eq!(read(&longest, piece), Ok(Some(&longest[..])), "{piece}");
        assert_eq!(read(&longer, piece), Err(Broken::Endless), "{piece}");
        for odd in ["DATA\n", "DA\rTA\r\n", "DATA\r\r\n", "\n", "\r\r\n"] {
            assert_eq!(
                read(odd.as_bytes(), piece),
                Err(Broken::BareLineEnd),
                "{odd:?}"
            );
        }
    }
}

#[test]
fn a_letter_ends_at_a_lone_dot_and_nowhere_else() {
    let taken = |said: &[u8]| {
        let mut letter = Vec::new();
        let ended = Dots::default().take(said, |byte| letter.push(byte));
        (ended, letter)
    };
    let (ended, letter) = taken(b"..a\r\n.b\r\n...\r\n.\r\nQUIT\r\n");
    assert_eq!(ended, Ok((17, true)));
    assert_eq!(letter, b".a\r\nb\r\n..\r\n");
    for odd in [
        "\n.\n", "a\r\n.\n", "a\r.\r\n", "\r\n.\r", "a\nb", "a\rb", ".\r.\r\n",
    ] {
        let more = format!("{odd}MAIL FROM:<x@y>\r\n.\r\n");
        assert_eq!(
            taken(more.as_bytes()).0,
            Err(Broken::BareLineEnd),
            "{odd:?}"
        );
    }
}

#[test]
fn an_address_with_control_characters_is_not_clean() {
    assert!(is_clean("") && is_clean("zoé+a@b.example"));
    for odd in ["a\0@b", "a\r\nRCPT TO:<x>@b", "\u{1b}[2J@b", "a\u{85}@b"] {
        assert!(!is_clean(odd), "{odd:?}");
    }
}
