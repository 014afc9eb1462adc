//! The composer of a ticket: what stands in it, what is on its way, and what can be put into it.

use super::ChoiceGroup;
use super::thread::Audience;
use words::catalogue::Arg;
use words::reader::Words;

/// What was typed and not yet sent.
#[derive(Clone, Debug, Default)]
pub struct Draft {
    /// Who is to read it; nobody chosen yet when absent.
    pub audience: Option<Audience>,
    /// The text.
    pub body: String,
    /// What was wrong with it, in the reader's language.
    pub error: Option<String>,
}

impl Draft {
    /// It is to be an internal note.
    #[must_use]
    pub fn is_note(&self) -> bool {
        self.audience == Some(Audience::Staff)
    }
}

/// A file that came with the draft and is kept for it.
#[derive(Clone, Debug)]
pub struct KeptFile {
    /// Its identifier.
    pub id: i64,
    /// Its name.
    pub name: String,
    /// Its size.
    pub bytes: u64,
}

/// The draft as others would read it.
#[derive(Clone, Debug)]
pub struct Preview {
    /// Safe HTML of the text.
    pub safe_html: String,
    /// Colleagues it calls who cannot read it.
    pub untold: Vec<String>,
}

impl Preview {
    /// The sentence about those who are not told, if any.
    #[must_use]
    pub fn untold_sentence(&self, words: &Words) -> Option<String> {
        if self.untold.is_empty() {
            return None;
        }
        let names = self.untold.join(", ");
        Some(words.say_with("composer-untold", &[("names", Arg::from(&names))]))
    }
}

/// A reply that was sent and can still be taken back.
#[derive(Clone, Debug)]
pub struct HeldReply {
    /// Its identifier.
    pub id: i64,
    /// Safe HTML of the text.
    pub safe_html: String,
    /// Names of its files.
    pub files: Vec<String>,
    /// Seconds until it leaves; 0 when it should have left.
    pub seconds: i64,
    /// Colleagues it calls who cannot read it.
    pub untold: Vec<String>,
}

/// Everything about writing on a ticket.
#[derive(Clone, Debug, Default)]
pub struct Composer {
    /// What stands in it.
    pub draft: Draft,
    /// It is kept on the desk's side, too, and can be thrown away there.
    pub is_kept: bool,
    /// Files that came with it.
    pub kept: Vec<KeptFile>,
    /// How it would be read, once asked for.
    pub preview: Option<Preview>,
    /// Saved replies, by who shares them.
    pub replies: Vec<ChoiceGroup>,
    /// On their way, oldest first.
    pub held: Vec<HeldReply>,
    /// Makes a comment sent twice count once; hidden field `once`.
    pub once: String,
    /// Nobody is to be mailed about it, as chosen before.
    pub is_quiet: bool,
    /// Why it was not sent: what others did while it was written.
    pub overtaken: Option<Overtaken>,
}

/// What others did while somebody wrote.
#[derive(Clone, Debug)]
pub struct Overtaken {
    /// In a sentence, with who did it.
    pub sentence: String,
    /// Each of what they did.
    pub lines: Vec<String>,
    /// When the colleague's answer leaves of which whoever sends again knows, UTC microseconds; hidden field `knows`.
    pub knows: Option<i64>,
}
