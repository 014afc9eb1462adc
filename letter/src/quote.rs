//! What is new in an answer, and what only repeats the mail it answers.

/// A text in two parts; one after the other they are the whole text, to the last character.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Body<'a> {
    /// What the person wrote now. Never blank when the text is not.
    pub fresh: &'a str,
    /// The signature and the quoted history below it, to be folded.
    pub quoted: Option<&'a str>,
}

/// How many lines an attribution may be broken over.
const ATTRIBUTION_LINES: usize = 4;
/// How many lines a signature may have.
const SIGNATURE_LINES: usize = 15;

/// Splits a text where quoted history begins. Only what reaches to the end is folded: an answer
/// below or between the quoted lines keeps everything in sight. When in doubt nothing is folded.
#[must_use]
pub fn split(text: &str) -> Body<'_> {
    let lines = lines(text);
    let cut = history(&lines);
    let upto = cut.unwrap_or(lines.len());
    let cut = signature(&lines, upto).or(cut);
    let at = cut.and_then(|line| lines.get(line)).map(|line| line.from);
    match at {
        Some(at) if !text[..at].trim().is_empty() => Body {
            fresh: &text[..at],
            quoted: Some(&text[at..]),
        },
        _ => Body {
            fresh: text,
            quoted: None,
        },
    }
}

struct Line<'a> {
    from: usize,
    text: &'a str,
}

impl Line<'_> {
    fn is_quoted(&self) -> bool {
        self.text.starts_with('>')
    }

    fn is_blank(&self) -> bool {
        self.text.trim().is_empty()
    }
}

fn lines(text: &str) -> Vec<Line<'_>> {
    let mut from = 0;
    text.split_inclusive('\n')
        .map(|line| {
            let start = from;
            from += line.len();
            Line {
                from: start,
                text: line.trim_end_matches(['\n', '\r']),
            }
        })
        .collect()
}

/// The first line of the history that reaches to the end.
fn history(lines: &[Line<'_>]) -> Option<usize> {
    let first_quoted = lines
        .iter()
        .position(Line::is_quoted)
        .unwrap_or(lines.len());
    // Outlook copies the old mail below its own header without marking its lines.
    let marker = (0..lines.len().min(first_quoted + 1))
        .find(|&at| is_separator(lines, at) || is_header_block(lines, at));
    if let Some(at) = marker {
        return Some(at);
    }
    // From the end: quoted and blank lines, and at most one signature below them.
    let last_fresh = lines
        .iter()
        .rposition(|line| !line.is_quoted() && !line.is_blank());
    let block = last_fresh.map_or(0, |last| last + 1);
    let start = (block..lines.len()).find(|&at| lines[at].is_quoted())?;
    // Quoted lines further up mean an answer between the lines.
    if first_quoted < start {
        return None;
    }
    Some(attribution_above(lines, start).unwrap_or(start))
}

/// `-----Original Message-----` and its kin.
fn is_separator(lines: &[Line<'_>], at: usize) -> bool {
    let text = lines[at].text.trim();
    let dashes = text.chars().take_while(|c| *c == '-').count();
    if dashes < 4 || text.chars().count() > 80 {
        return false;
    }
    names_original(&text.trim_matches('-').trim().to_lowercase())
}

/// Whether these words, in small letters, stand between dashes above a mail that is answered or passed on.
pub(crate) fn names_original(words: &str) -> bool {
    const SEPARATORS: &[&str] = &[
        "original message",
        "message d'origine",
        "message d’origine",
        "message original",
        "message initial",
        "message d'origine envoyé",
        "ursprüngliche nachricht",
        "mensaje original",
        "messaggio originale",
        "mensagem original",
        "oorspronkelijk bericht",
    ];
    SEPARATORS.contains(&words)
}

/// `From:` with at least two more header lines right below it, in one of the languages.
fn is_header_block(lines: &[Line<'_>], at: usize) -> bool {
    const FROM: &[&str] = &["from", "de", "von", "da", "van"];
    const OTHERS: &[&str] = &[
        "sent",
        "date",
        "to",
        "cc",
        "subject",
        "envoyé",
        "envoye",
        "envoyé le",
        "à",
        "a",
        "objet",
        "gesendet",
        "an",
        "betreff",
        "datum",
        "enviado",
        "enviado el",
        "para",
        "asunto",
        "inviato",
        "oggetto",
        "verzonden",
        "aan",
        "onderwerp",
        "importance",
        "assunto",
        "reply-to",
        "répondre à",
    ];
    let field = |text: &str| {
        let (name, value) = text.split_once(':')?;
        let name = name
            .trim_matches(|c: char| c.is_whitespace() || c == '*')
            .to_lowercase();
        (!value.trim().is_empty() || name == "cc").then_some(name)
    };
    let first = field(lines[at].text).is_some_and(|name| FROM.contains(&name.as_str()));
    first
        && lines[at + 1..]
            .iter()
            .take(8)
            .take_while(|line| !line.is_blank())
            .filter_map(|line| field(line.text))
            .filter(|name| OTHERS.contains(&name.as_str()))
            .count()
            >= 2
}

/// Where `On … wrote:` begins, when it stands right above line `start`.
fn attribution_above(lines: &[Line<'_>], start: usize) -> Option<usize> {
    let last = lines[..start].iter().rposition(|line| !line.is_blank())?;
    if start - last > 3 || !ends_like_attribution(lines[last].text) {
        return None;
    }
    let first = last.saturating_sub(ATTRIBUTION_LINES - 1);
    let begins = (first..=last)
        .rev()
        .take_while(|&at| !lines[at].is_blank())
        .find(|&at| begins_like_attribution(lines[at].text))
        // `Claire <c@b.org> wrote:` without a date before it.
        .or(Some(last).filter(|&at| lines[at].text.contains('@')));
    let dated = |line: &Line<'_>| line.text.contains(|c: char| c.is_ascii_digit() || c == '@');
    begins.filter(|&at| lines[at..=last].iter().any(dated))
}

fn begins_like_attribution(text: &str) -> bool {
    const BEGINNINGS: &[&str] = &[
        "On ", "Le ", "Am ", "El ", "Il ", "Em ", "Op ", "Den ", "W dniu ",
    ];
    let text = text.trim_start();
    let date_first = text.starts_with(|c: char| c.is_ascii_digit());
    date_first
        || BEGINNINGS
            .iter()
            .any(|beginning| text.starts_with(beginning))
}

fn ends_like_attribution(text: &str) -> bool {
    const ENDINGS: &[&str] = &[
        "wrote",
        "a écrit",
        "a ecrit",
        "a écrit le message suivant",
        "schrieb",
        "escribió",
        "ha scritto",
        "escreveu",
        "schreef",
        "skrev",
        "napisał",
        "geschrieben",
    ];
    let text = text.trim_end();
    let Some(text) = text.strip_suffix(':') else {
        return false;
    };
    let text = text
        .trim_end_matches(|c: char| c.is_whitespace())
        .to_lowercase();
    // German and its neighbours name the writer behind the verb.
    const INSIDE: &[&str] = &[" schrieb ", " schreef ", " skrev "];
    ENDINGS.iter().any(|ending| text.ends_with(ending))
        || INSIDE.iter().any(|verb| text.contains(verb))
}

/// The signature mark (`-- `) of a signature that ends at line `upto`.
fn signature(lines: &[Line<'_>], upto: usize) -> Option<usize> {
    let last = lines[..upto].iter().rposition(|line| !line.is_blank())?;
    let from = last.saturating_sub(SIGNATURE_LINES);
    let mark = (from..=last)
        .rev()
        .find(|&at| matches!(lines[at].text, "-- " | "--"))?;
    // Quoted lines in it would be an answer below a copied signature.
    (!lines[mark..=last].iter().any(Line::is_quoted)).then_some(mark)
}
