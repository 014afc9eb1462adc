//! What is asked when somebody leaves who holds open tickets.

/// What becomes of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// Given out again by their categories' rules.
    GiveOut,
    /// Given to somebody.
    To,
    /// Free.
    Release,
}

impl Fate {
    /// Every one, in the order of the choice.
    pub const ALL: [Fate; 3] = [Fate::GiveOut, Fate::To, Fate::Release];

    /// Value of the form field.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Fate::GiveOut => "give_out",
            Fate::To => "to",
            Fate::Release => "1",
        }
    }

    /// Reads a form field.
    #[must_use]
    pub fn parse(code: &str) -> Option<Fate> {
        Fate::ALL.into_iter().find(|one| one.code() == code)
    }

    /// Key of its name.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Fate::GiveOut => "giving-leaving-out",
            Fate::To => "giving-leaving-to",
            Fate::Release => "giving-leaving-free",
        }
    }
}

/// The question, with what was chosen already.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Leaving {
    /// How many open tickets they are in charge of.
    pub held: i64,
    /// What was chosen.
    pub fate: Option<Fate>,
    /// The colleague who is to have them, as typed.
    pub heir: String,
}

impl Leaving {
    /// Whether this one was chosen.
    #[must_use]
    pub fn is_chosen(&self, fate: &Fate) -> bool {
        self.fate == Some(*fate)
    }

    /// Asked, and a colleague typed whom nobody knows.
    #[must_use]
    pub fn sample() -> Leaving {
        Leaving {
            held: 2,
            fate: Some(Fate::To),
            heir: "§ camille".to_owned(),
        }
    }
}
