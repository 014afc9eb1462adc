//! What nodes tell each other.

use serde::{Deserialize, Serialize};

use crate::{Changes, NodeKey, PersonKey, Place};

/// What a node says of its own tabs: everything, or what changed since it spoke last, or only that
/// it is still there. Other nodes give it to [`crate::State::hear`], in whatever order and however
/// often it reaches them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Said {
    pub(crate) node: NodeKey,
    pub(crate) epoch: u64,
    /// How many differences the node has said, with this one.
    pub(crate) number: u64,
    /// The tide when it was said: of two words the greater is the younger.
    pub(crate) tide: i64,
    pub(crate) is_whole: bool,
    pub(crate) tabs: Vec<SaidTab>,
    /// Numbers of tabs that left.
    pub(crate) gone: Vec<u64>,
}

impl Said {
    /// Who speaks.
    pub fn node(&self) -> NodeKey {
        self.node
    }

    /// Says all that the node has.
    pub fn is_whole(&self) -> bool {
        self.is_whole
    }

    /// Says only that the node is still there.
    pub fn is_beat(&self) -> bool {
        !self.is_whole && self.tabs.is_empty() && self.gone.is_empty()
    }
}

/// A tab as its node sees it: time has done to it already what time does.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct SaidTab {
    pub(crate) number: u64,
    pub(crate) person: PersonKey,
    pub(crate) place: Place,
    pub(crate) is_away: bool,
    /// For how many milliseconds it stands there: an age, as the other clock says another time.
    pub(crate) age: i64,
    pub(crate) turned: i64,
    pub(crate) focus: i64,
}

/// What came of hearing another node.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[must_use = "who looks on is to be told, and a node may have to be asked"]
pub struct Heard {
    /// What looks different now.
    pub changes: Changes,
    /// The node to ask for its [`crate::State::whole`]: a word of it was missed, or it was unknown
    /// and began in the middle. Said again, while it is so, once in
    /// [`crate::WHOLE_IS_ASKED_EVERY`].
    pub lacks: Option<NodeKey>,
}
