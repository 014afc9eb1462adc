//! How far an agent looks, and who may look at a ticket beside its own people: as they are chosen and stored.

use kit::stored_words;

stored_words! {
    /// Which tickets an agent sees.
    pub enum AgentScope {
        /// All of them.
        Global = "global",
        /// Those of their departments, and those that name them.
        Group = "group",
        /// Only those that name them: assigned, observed, invited, own.
        Restricted = "restricted",
        /// Of all of them, those of whom they serve (decision 0041).
        GlobalServed = "global_served",
        /// Of their departments, those of whom they serve.
        GroupServed = "group_served",
    }
}

impl AgentScope {
    /// What somebody chose of the three that can be chosen: whether it is narrowed hangs on whom an agent serves.
    pub fn chosen(word: &str) -> Option<AgentScope> {
        AgentScope::of(word).filter(|scope| !scope.is_narrowed())
    }

    /// Without regard to whom its agent serves.
    pub const fn whole(self) -> AgentScope {
        match self {
            AgentScope::GlobalServed => AgentScope::Global,
            AgentScope::GroupServed => AgentScope::Group,
            whole => whole,
        }
    }

    /// The same for an agent who serves some alone, or everybody.
    pub const fn narrowed(self, serves_some: bool) -> AgentScope {
        match (self.whole(), serves_some) {
            (AgentScope::Global, true) => AgentScope::GlobalServed,
            (AgentScope::Group, true) => AgentScope::GroupServed,
            (whole, _) => whole,
        }
    }

    /// Whether it holds the tickets of those alone whom its agent serves.
    pub const fn is_narrowed(self) -> bool {
        matches!(self, AgentScope::GlobalServed | AgentScope::GroupServed)
    }
}

stored_words! {
    /// Who may look at a ticket beside its own people: its requester, its participants and the members
    /// of its department (features X-06; decision 0019).
    pub enum Visibility {
        /// Nobody else.
        Private = "private",
        /// People of the house see that it is there: its subject, state and place, none of its words.
        Subject = "subject",
        /// People of the house, not customers, read its public words.
        Intranet = "intranet",
        /// Whoever signs in reads its public words.
        Public = "public",
    }
}
