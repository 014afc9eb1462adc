//! A tab of our own node: what it said, and what time makes of it.

use crate::{Activity, Moment, Place, TAB_IS_AWAY_AFTER, TAB_IS_SILENT_AFTER, WRITING_ENDS_AFTER};

/// Only the node that holds the connection knows this. The others hear what follows from it.
#[derive(Debug)]
pub(crate) struct Own {
    /// Where the tab said it is.
    pub(crate) place: Place,
    /// The last sign of life.
    pub(crate) beat: Moment,
    /// The last input, or the move that began the edit.
    pub(crate) input: Moment,
    /// Since when it is in the background.
    pub(crate) hidden: Option<Moment>,
    /// When time does something to it next.
    pub(crate) due: Moment,
}

impl Own {
    pub(crate) fn new(place: Place, now: Moment) -> Self {
        let mut own = Self {
            place,
            beat: now,
            input: now,
            hidden: None,
            due: now,
        };
        own.due = own.next_due(now);
        own
    }

    pub(crate) fn is_gone(&self, now: Moment) -> bool {
        now >= self.beat.after(TAB_IS_SILENT_AFTER)
    }

    /// Where it counts as being, and whether it counts as away.
    ///
    /// An edit holds its item even in the background: nobody should begin what is begun already.
    pub(crate) fn counts(&self, now: Moment) -> (Place, bool) {
        let mut place = self.place.clone();
        if self.edits(now) {
            return (place, false);
        }
        place.activity = Activity::Viewing;
        place.field = None;
        let is_away = self.hidden.is_some_and(|since| is_long(since, now));
        if is_away {
            place.item = None;
        }
        (place, is_away)
    }

    pub(crate) fn next_due(&self, now: Moment) -> Moment {
        let mut due = self.beat.after(TAB_IS_SILENT_AFTER);
        if self.edits(now) {
            due = due.min(self.input.after(WRITING_ENDS_AFTER));
        }
        if let Some(since) = self.hidden
            && !is_long(since, now)
        {
            due = due.min(since.after(TAB_IS_AWAY_AFTER));
        }
        due
    }

    fn edits(&self, now: Moment) -> bool {
        self.place.activity == Activity::Editing && now < self.input.after(WRITING_ENDS_AFTER)
    }
}

fn is_long(since: Moment, now: Moment) -> bool {
    now >= since.after(TAB_IS_AWAY_AFTER)
}
