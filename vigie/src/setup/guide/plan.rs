//! How far the set-up is, as it is kept: pure.

use kit::stored_words;

stored_words! {
    /// A step of the set-up, in the order in which one walks.
    pub enum Step {
        /// Who we are, and where to begin.
        Needs = "needs",
        /// Open desk or partitioned desk.
        Access = "access",
        /// Who gets which role.
        Roles = "roles",
        /// Departments, their categories, who belongs to them.
        Departments = "departments",
        /// When it is looked at again.
        Review = "review",
    }
}

stored_words! {
    /// How large an organisation is, as far as the set-up suggests something by it.
    pub enum Size {
        /// One team: everybody may see everything.
        Small = "small",
        /// Several services that do not read each other's tickets.
        Large = "large",
    }
}

/// What is kept of it beside what its deeds leave: settings, agents, departments.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Plan {
    /// How large the organisation said it is.
    pub size: Option<Size>,
    /// Departments that are named and not made yet.
    pub departments: Vec<String>,
    /// It is offered no longer.
    pub is_put_away: bool,
    done: Vec<Step>,
}

impl Plan {
    /// A line for each thing that is said; lines of another version say nothing.
    pub fn read(text: &str) -> Plan {
        let mut plan = Plan::default();
        for line in text.lines() {
            match line.split_once(' ').unwrap_or((line, "")) {
                ("size", word) => plan.size = Size::of(word),
                ("done", word) => plan.done.extend(Step::of(word)),
                ("department", name) => plan.departments.push(name.to_owned()),
                ("put_away", _) => plan.is_put_away = true,
                _ => {}
            }
        }
        plan
    }

    /// The stored text.
    pub fn written(&self) -> String {
        let size = self.size.map(|size| format!("size {}", size.word()));
        let done = self.done.iter().map(|step| format!("done {}", step.word()));
        let named = self.departments.iter();
        let named = named.map(|name| format!("department {name}"));
        let away = self.is_put_away.then(|| "put_away".to_owned());
        let lines = size.into_iter().chain(done).chain(named).chain(away);
        lines.collect::<Vec<_>>().join("\n")
    }

    /// Says that a step was saved.
    pub fn mark(&mut self, step: Step) {
        if !self.is_done(step) {
            self.done.push(step);
        }
    }

    /// Whether it was saved once.
    pub fn is_done(&self, step: Step) -> bool {
        self.done.contains(&step)
    }

    /// How many were.
    pub fn count(&self) -> usize {
        self.done.len()
    }

    /// The first that was not, where one goes on; the first of all when each was.
    pub fn next(&self) -> Step {
        let mut all = Step::ALL.iter().copied();
        all.find(|step| !self.is_done(*step)).unwrap_or(Step::Needs)
    }

    /// Whether all were.
    pub fn is_finished(&self) -> bool {
        Step::ALL.iter().all(|step| self.is_done(*step))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_kept_is_read_again_and_lines_of_another_version_say_nothing() {
        let mut plan = Plan {
            size: Some(Size::Large),
            departments: vec!["Paie et primes".to_owned(), "put_away".to_owned()],
            is_put_away: true,
            ..Plan::default()
        };
        plan.mark(Step::Access);
        plan.mark(Step::Needs);
        plan.mark(Step::Access);
        assert_eq!(plan.count(), 2);
        assert_eq!(Plan::read(&plan.written()), plan);
        assert_eq!(Plan::read(""), Plan::default());
        assert_eq!(Plan::read("size huge\ndone flying\nwhat"), Plan::default());
    }

    #[test]
    fn one_goes_on_at_the_first_step_that_is_missing() {
        let mut plan = Plan::default();
        assert_eq!(plan.next(), Step::Needs);
        plan.mark(Step::Needs);
        plan.mark(Step::Roles);
        assert_eq!(plan.next(), Step::Access);
        for step in Step::ALL {
            assert!(!plan.is_finished());
            plan.mark(*step);
        }
        assert!(plan.is_finished() && plan.next() == Step::Needs);
    }
}
