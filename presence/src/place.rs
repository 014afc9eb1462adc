//! Where a tab can be.

use std::fmt::{self, Write};

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A person: the id of their row.
pub type PersonKey = i64;

/// A node: one running process of the desk, or the place it has among the others. It keeps its key
/// when it starts again; the epoch tells its lives apart.
pub type NodeKey = u64;

/// A connection of one node. Ordered by node first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Tab {
    /// The node that holds the connection.
    pub node: NodeKey,
    /// Which of its connections. A number never comes again within an epoch of the node.
    pub number: u64,
}

/// The longest word of a kind, in letters.
pub const LONGEST_KIND: usize = 12;

/// The letters of words of kinds, in their order. Where one stands says how it is written: 0 is none.
const LETTERS: &[u8] = b"-_abcdefghijklmnopqrstuvwxyz";
/// A letter takes so many bits.
const BITS: usize = 5;

/// The word of a kind of thing, "ticket": in one number, since thousands of lines hold hundreds of items each. The
/// order of numbers is that of the words.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Kind(u64);

impl Kind {
    /// The kind of that word; none of one that is empty, too long or no word of small letters.
    pub fn new(word: &str) -> Option<Self> {
        let is_word = (1..=LONGEST_KIND).contains(&word.len())
            && word.bytes().all(|letter| LETTERS.contains(&letter));
        is_word.then(|| Self::named(word))
    }

    /// The same of a word that is known to be one; what is beyond [`LONGEST_KIND`] is cut.
    pub const fn named(word: &str) -> Self {
        let (from, mut packed, mut at) = (word.as_bytes(), 0, 0);
        while at < LONGEST_KIND {
            packed <<= BITS;
            if at < from.len() {
                packed |= number(from[at]);
            }
            at += 1;
        }
        Self(packed)
    }

    fn letters(self) -> impl Iterator<Item = char> {
        let shifts = (0..LONGEST_KIND).rev().map(|at| at * BITS);
        let numbers = shifts.map(move |by| (self.0 >> by) & ((1 << BITS) - 1));
        let places = numbers.filter_map(|it| usize::try_from(it).ok()?.checked_sub(1));
        places.filter_map(|at| LETTERS.get(at).copied().map(char::from))
    }
}

/// How a letter is written: its place among them, from 1.
const fn number(letter: u8) -> u64 {
    let mut at = 0;
    while at < LETTERS.len() {
        if LETTERS[at] == letter {
            return at as u64 + 1;
        }
        at += 1;
    }
    0
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.letters().try_for_each(|letter| f.write_char(letter))
    }
}

impl fmt::Debug for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "\"{self}\"")
    }
}

impl Serialize for Kind {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Kind {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let word = String::deserialize(deserializer)?;
        Self::new(&word).ok_or_else(|| serde::de::Error::custom("not the word of a kind"))
    }
}

/// Something people meet on: a ticket, an asset.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Item {
    /// What it is.
    pub kind: Kind,
    /// The id of its row.
    pub id: i64,
}

impl Item {
    /// The item of that kind with that id.
    pub const fn of(kind: Kind, id: i64) -> Self {
        Self { kind, id }
    }

    /// What was written as "ticket/12". Each item has one spelling: "ticket/012" is none.
    pub fn parse(written: &str) -> Option<Self> {
        let (kind, id) = written.split_once('/')?;
        let item = Self::of(Kind::new(kind)?, id.parse().ok()?);
        (item.to_string() == written).then_some(item)
    }
}

impl fmt::Display for Item {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.kind, self.id)
    }
}

/// A part of the desk, as the sidebar names them, in its order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Section {
    /// Lists of tickets, and tickets.
    Tickets,
    /// What is to be done for tickets.
    Tasks,
    /// Articles.
    Knowledge,
    /// The register of assets, and assets.
    Assets,
    /// Who is who.
    People,
    /// How the desk is set up.
    Administration,
    /// Anywhere else: saved replies, one's own preferences, a page without a section.
    Elsewhere,
}

impl Section {
    /// All of them, in the order of the sidebar.
    pub const ALL: [Self; 7] = [
        Self::Tickets,
        Self::Tasks,
        Self::Knowledge,
        Self::Assets,
        Self::People,
        Self::Administration,
        Self::Elsewhere,
    ];

    /// What it is called where programs read it.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Tickets => "tickets",
            Self::Tasks => "tasks",
            Self::Knowledge => "knowledge",
            Self::Assets => "assets",
            Self::People => "people",
            Self::Administration => "administration",
            Self::Elsewhere => "elsewhere",
        }
    }

    /// The section with that [`Section::word`].
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.word() == word)
    }
}

/// How somebody works in a section: the fill of their avatar.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Mode {
    /// Browses many.
    List,
    /// Works on one.
    Detail,
    /// Makes a new one.
    Adding,
}

impl Mode {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::List, Self::Detail, Self::Adding];

    /// What it is called where programs read it.
    pub const fn word(self) -> &'static str {
        match self {
            Self::List => "list",
            Self::Detail => "detail",
            Self::Adding => "adding",
        }
    }

    /// The mode with that [`Mode::word`].
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.word() == word)
    }
}

/// What somebody does there. Editing is more than viewing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Activity {
    /// Looks on, and has changed nothing.
    Viewing,
    /// Has changed something that is not saved yet: from the first character, not from opening.
    Editing,
}

impl Activity {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Viewing, Self::Editing];

    /// What it is called where programs read it.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Viewing => "viewing",
            Self::Editing => "editing",
        }
    }

    /// The activity with that [`Activity::word`].
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.word() == word)
    }
}

/// Where one tab is.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Place {
    /// The part of the desk.
    pub section: Section,
    /// How one works in it.
    pub mode: Mode,
    /// What the tab shows or changes. None in a list, and none while something new is added: both
    /// have a white border. To add to something that exists is to edit it.
    pub item: Option<Item>,
    /// What one does there.
    pub activity: Activity,
    /// The field that is edited; of no meaning while viewing.
    pub field: Option<String>,
}
