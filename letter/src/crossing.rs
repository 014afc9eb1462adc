//! A letter as it crosses a connection (RFC 5321): commands are lines, a letter ends with a dot on a
//! line of its own, and a line ends with CR LF and with nothing else. What two programs could read
//! differently is refused: a server that takes a lone CR or LF for the end of a letter lets a second
//! letter be smuggled in behind it.
//!
//! However the bytes were cut into pieces on their way, they are read the same.

/// The longest command line, in bytes, its end included: RFC 5321 wants 512, extensions need more.
pub const LONGEST_LINE: usize = 4096;

/// Why nothing more can be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Broken {
    /// A line longer than [`LONGEST_LINE`].
    Endless,
    /// CR without LF, or LF without CR.
    BareLineEnd,
}

/// The first line of what came, with its CR LF; none as long as it is not whole.
///
/// # Errors
///
/// When it cannot become a line any more.
pub fn line(came: &[u8]) -> Result<Option<&[u8]>, Broken> {
    let looked_at = &came[..came.len().min(LONGEST_LINE)];
    let Some(end) = memchr::memchr(b'\n', looked_at) else {
        let is_full = looked_at.len() == LONGEST_LINE;
        return if is_full {
            Err(Broken::Endless)
        } else {
            Ok(None)
        };
    };
    let line = &came[..=end];
    match line.strip_suffix(b"\r\n") {
        Some(body) if !body.contains(&b'\r') => Ok(Some(line)),
        _ => Err(Broken::BareLineEnd),
    }
}

/// Whether an address of the envelope can be kept and written down: it holds no control character. NUL is one, and one of
/// the databases keeps no text with it.
#[must_use]
pub fn is_clean(address: &str) -> bool {
    !address.chars().any(char::is_control)
}

/// Where in a line the reading stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Spot {
    #[default]
    LineStart,
    Inside,
    Return,
    Dot,
    DotReturn,
}

/// Takes out the dots that a sender put before lines, and finds the one that ends the letter.
#[derive(Clone, Copy, Debug, Default)]
pub struct Dots {
    spot: Spot,
}

impl Dots {
    /// Gives the letter's bytes among those that came to `keep`, one by one. Says how many of them it
    /// took, and whether the letter ended with them: then what is left is not the letter's.
    ///
    /// # Errors
    ///
    /// At a CR without LF or a LF without CR.
    pub fn take(&mut self, came: &[u8], mut keep: impl FnMut(u8)) -> Result<(usize, bool), Broken> {
        for (at, &byte) in came.iter().enumerate() {
            self.spot = match (self.spot, byte) {
                (Spot::Return, b'\n') => {
                    keep(b'\r');
                    keep(b'\n');
                    Spot::LineStart
                }
                (Spot::DotReturn, b'\n') => {
                    self.spot = Spot::LineStart;
                    return Ok((at + 1, true));
                }
                (Spot::Return | Spot::DotReturn, _) | (_, b'\n') => {
                    return Err(Broken::BareLineEnd);
                }
                (Spot::Dot, b'\r') => Spot::DotReturn,
                (_, b'\r') => Spot::Return,
                (Spot::LineStart, b'.') => Spot::Dot,
                (_, byte) => {
                    keep(byte);
                    Spot::Inside
                }
            };
        }
        Ok((came.len(), false))
    }
}
