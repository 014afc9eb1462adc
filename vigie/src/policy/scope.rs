//! How far an agent looks, as it is chosen and stored.

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
    }
}
