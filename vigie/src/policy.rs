//! Who sees what and who may do what, as data: roles and their permissions, privileges, one
//! predicate per table. This is the only place that says so; lists, counts, pages, mails and the
//! API reach it through `scoped!` and `find`.

use kit::authz::{Actor, Policy, Reach, Way};
use kit::stored_words;

pub use articles::passer_by;
pub use tickets::is_in_every_confidence;
use tickets::{
    agent_names, at_ticket, audience, of_ticket, post, serves, shared, staff_side, tickets, written,
};

mod articles;
mod assets;
pub mod grounds;
pub mod journal;
mod permissions;
pub mod roles;
mod scope;
mod tickets;

pub use roles::{Role, permission, rank, reaches_beyond, touches};
pub use scope::{AgentScope, Visibility};

stored_words! {
    /// What a membership lets its agent do in the department's tickets.
    pub enum Level {
        /// Nothing by itself.
        None = "none",
        /// Handles what is assigned to them, and sees nothing else.
        Assigned = "assigned",
        /// Reads, and writes internal notes.
        View = "view",
        /// Handles, within the privileges.
        Edit = "edit",
    }
}

impl Level {
    /// Whether it looks at the department's tickets, as the predicates below say in SQL.
    pub const fn looks(self) -> bool {
        matches!(self, Level::View | Level::Edit)
    }

    /// Whether its agent can be in charge of tickets there.
    pub const fn takes(self) -> bool {
        matches!(self, Level::Assigned | Level::Edit)
    }
}

stored_words! {
    /// What a membership holds for (features L-11). Without tickets it gives none; chats and calls are kept
    /// for the day when there are some.
    pub enum Service {
        /// Tickets.
        Tickets = "tickets",
        /// Live conversations.
        Chats = "chats",
        /// Calls.
        Calls = "calls",
    }
}

impl Service {
    /// The stored text of a set.
    pub fn store(set: &[Service]) -> String {
        set.iter().map(|it| it.word()).collect::<Vec<_>>().join(" ")
    }

    /// The set of a stored text, in order of declaration.
    pub fn read(stored: &str) -> Vec<Service> {
        let all = Service::ALL.iter().copied();
        all.filter(|it| it.is_in(stored)).collect()
    }

    /// Whether a stored text holds this one.
    pub fn is_in(self, stored: &str) -> bool {
        stored.split(' ').any(|word| word == self.word())
    }
}

stored_words! {
    /// A right inside one department (features F.2).
    pub enum Privilege {
        /// Change the department's properties.
        ManageProperties = "manage_properties",
        /// Add and remove managers, set their privileges.
        ManageManagers = "manage_managers",
        /// Edit categories and templates.
        ManageCategories = "manage_categories",
        /// Edit articles.
        ManageFaq = "manage_faq",
        /// Take a ticket nobody has.
        TakeFreeTicket = "take_free_ticket",
        /// Take a ticket somebody else has.
        TakeAssignedTicket = "take_assigned_ticket",
        /// Give a ticket to another.
        AssignTicket = "assign_ticket",
        /// Send a ticket to another department.
        TransferTicket = "transfer_ticket",
        /// Refuse a ticket.
        RefuseTicket = "refuse_ticket",
        /// Reopen a ticket one does not hold.
        ReopenAnyTicket = "reopen_any_ticket",
        /// Say oneself whether one is available.
        SetOwnAvailability = "set_own_availability",
    }
}

impl Privilege {
    /// What a new manager gets (features F.2).
    pub const FACTORY: &'static [Privilege] = &[
        Privilege::ManageCategories,
        Privilege::ManageFaq,
        Privilege::TakeFreeTicket,
        Privilege::TakeAssignedTicket,
        Privilege::AssignTicket,
        Privilege::TransferTicket,
        Privilege::RefuseTicket,
        Privilege::ReopenAnyTicket,
    ];

    /// The stored text of a set.
    pub fn store(set: &[Privilege]) -> String {
        set.iter().map(|p| p.word()).collect::<Vec<_>>().join(" ")
    }

    /// The set of a stored text, in order of declaration.
    pub fn read(stored: &str) -> Vec<Privilege> {
        let all = Privilege::ALL.iter().copied();
        all.filter(|p| p.is_in(stored)).collect()
    }

    /// Whether a stored text holds this one.
    pub fn is_in(self, stored: &str) -> bool {
        stored.split(' ').any(|word| word == self.word())
    }
}

/// The actor a person is, from what the database says of them now.
pub fn actor(person: i64, staff: Option<(Role, AgentScope)>) -> Actor {
    match staff {
        None => Actor::new(person, Reach::Own, &[][..], &DeskPolicy),
        Some((role, scope)) => {
            Actor::new(person, reach(role, scope), role.permissions(), &DeskPolicy)
        }
    }
}

/// How far eyes reach: owners' and administrators' everywhere, others' as far as their scope.
pub const fn reach(role: Role, scope: AgentScope) -> Reach {
    match (role, scope) {
        (Role::Owner | Role::Admin, _) | (_, AgentScope::Global) => Reach::Everything,
        (_, AgentScope::Group) => Reach::Departments,
        (_, AgentScope::GlobalServed) => Reach::ServedEverywhere,
        (_, AgentScope::GroupServed) => Reach::ServedDepartments,
        (_, AgentScope::Restricted) => Reach::Assigned,
    }
}

/// The desk itself, when time does something to a ticket: it sees all of them, and may do what only
/// time does.
pub fn desk() -> Actor {
    let desk = Actor::new(0, Reach::Everything, &[permission::TIMERS][..], &DeskPolicy);
    desk.through(Way::Clock)
}

/// Somebody as they look at what tickets show to people whom they do not concern: they read, and do
/// nothing (decision 0019).
pub fn onlooker(person: i64) -> Actor {
    Actor::new(person, Reach::Shared, &[][..], &DeskPolicy)
}

/// Somebody as an administrator looks with their eyes: the same pages, but for what is private to them.
/// What they could do is shown and refused at the door.
pub fn with_eyes_of(person: i64, staff: Option<(Role, AgentScope)>) -> Actor {
    let own = actor(person, staff);
    let permissions = staff.map_or_else(Default::default, |(role, _)| role.permissions());
    Actor::new(person, own.reach(), permissions, &BorrowedEyes)
}

/// The rule, less what somebody keeps to themselves.
#[derive(Debug)]
struct BorrowedEyes;

impl Policy for BorrowedEyes {
    fn name(&self) -> &'static str {
        "borrowed"
    }

    fn predicate(&self, table: &str, alias: &str, actor: &Actor, me: &str) -> String {
        let own = DeskPolicy.predicate(table, alias, actor, me);
        match table {
            "drafts" | "draft_files" | "unsent_forms" | "notifications" => "FALSE".to_owned(),
            "saved_replies" => format!("({own}) AND {alias}.sharing <> 'private'"),
            "views" => format!("({own}) AND {alias}.audience <> 'personal'"),
            _ => own,
        }
    }
}

/// Somebody who sees nothing: a disabled person, a token revoked.
pub fn nobody() -> Actor {
    Actor::new(0, Reach::Nothing, &[][..], &DeskPolicy)
}

/// The predicates of Vigie.
#[derive(Debug)]
pub struct DeskPolicy;

impl Policy for DeskPolicy {
    fn name(&self) -> &'static str {
        "desk"
    }

    fn predicate(&self, table: &str, alias: &str, actor: &Actor, me: &str) -> String {
        // No table: whether agents are called by their names on the ticket of a column.
        if table == "agent_names" {
            return agent_names(alias, actor, me);
        }
        if actor.reach() == Reach::Shared {
            return shared(table, alias, me);
        }
        match table {
            "tickets" => tickets(alias, actor, me),
            "comments" | "events" => written(alias, actor, me),
            "attachments" => format!(
                "{} AND EXISTS (SELECT 1 FROM comments ac WHERE ac.id = {alias}.comment_id AND {})",
                of_ticket(alias, actor, me),
                audience("ac", actor, me)
            ),
            "mentions" => format!(
                "{} AND EXISTS (SELECT 1 FROM comments mc WHERE mc.id = {alias}.comment_id AND {})",
                of_ticket(alias, actor, me),
                audience("mc", actor, me)
            ),
            // Observers are staff's matter, and followers their own.
            "participants" => format!(
                "{} AND ({alias}.kind = 'invitee' OR {alias}.person_id = {me} OR ({alias}.kind = 'observer' AND {}))",
                of_ticket(alias, actor, me),
                staff_side(alias, actor, me)
            ),
            // Of a ticket's two documents each reader has exactly one.
            "search_documents" => format!(
                "{} AND ({alias}.audience = 'everybody' OR ({alias}.audience = 'staff') = {})",
                of_ticket(alias, actor, me),
                staff_side(alias, actor, me)
            ),
            // Both ends: a link says that the other ticket is there.
            "ticket_links" => format!(
                "{} AND {}",
                of_ticket(alias, actor, me),
                at_ticket(&format!("{alias}.other_id"), actor, me)
            ),
            "ticket_tags" => format!(
                "{} AND {}",
                of_ticket(alias, actor, me),
                staff_side(alias, actor, me)
            ),
            // A word is known to whoever sees it on a ticket.
            "tags" => match actor.reach() {
                Reach::Everything if is_in_every_confidence(actor) => "TRUE".to_owned(),
                _ => format!(
                    "EXISTS (SELECT 1 FROM ticket_tags gt WHERE gt.tag_id = {alias}.id AND {} AND {})",
                    of_ticket("gt", actor, me),
                    staff_side("gt", actor, me)
                ),
            },
            "tasks" | "time_entries" | "advice_requests" => staff_side(alias, actor, me),
            // Nobody reads over the shoulder of whoever is still writing.
            "drafts" => format!(
                "{alias}.author_id = {me} AND {}",
                of_ticket(alias, actor, me)
            ),
            "draft_files" => format!(
                "EXISTS (SELECT 1 FROM drafts fd WHERE fd.id = {alias}.draft_id AND fd.author_id = {me} AND {})",
                of_ticket("fd", actor, me)
            ),
            // What concerns somebody is told to them alone, while they see the ticket.
            "notifications" => format!(
                "{alias}.person_id = {me} AND {}",
                of_ticket(alias, actor, me)
            ),
            "unsent_forms" => format!(
                "{alias}.person_id = {me} AND ({alias}.ticket_id IS NULL OR {})",
                of_ticket(alias, actor, me)
            ),
            "assets" | "asset_events" | "ticket_assets" => assets::of(table, alias, actor, me),
            "saved_replies" => saved_replies(alias, actor, me),
            "articles" | "article_texts" | "article_categories" | "article_tickets" => {
                articles::predicate(table, alias, actor, me)
            }
            "views" => views(alias, actor, me),
            "people" => people(alias, actor, me),
            // Either end: that words went on, or came. What they say is asked of their ticket.
            "merges" => format!(
                "({} OR {})",
                of_ticket(alias, actor, me),
                at_ticket(&format!("{alias}.into_id"), actor, me)
            ),
            // The post holds everybody's letters, the journal everybody's deeds: only for whom their role
            // says so, and of a department for whoever manages its members.
            "incoming_mails" | "outgoing_mails" | "suppressed_addresses" => post(alias, actor, me),
            "audit_entries" => journal::predicate(alias, actor, me),
            _ => "FALSE".to_owned(),
        }
    }
}

/// Which saved views: one's own, those of departments whose tickets one sees by belonging there, and everyone's.
fn views(v: &str, actor: &Actor, me: &str) -> String {
    if !actor.is_permitted(permission::STAFF) {
        return "FALSE".to_owned();
    }
    let departments = match actor.reach() {
        Reach::Nothing | Reach::Shared | Reach::Own => "FALSE".to_owned(),
        Reach::Everything | Reach::ServedEverywhere => "TRUE".to_owned(),
        Reach::Assigned | Reach::ServedDepartments | Reach::Departments => format!(
            "{v}.department_id IN (SELECT m.department_id FROM sights m WHERE m.person_id = {me} AND m.own_level IN ('view', 'edit'))"
        ),
    };
    format!(
        "{v}.audience = 'everyone' OR ({v}.audience = 'personal' AND {v}.owner_id = {me}) \
         OR ({v}.audience = 'department' AND {departments})"
    )
}

/// Who may be looked for (decision 0018). Staff who serve whoever asks, finds everybody. A restricted
/// agent finds colleagues, those on a ticket that they see, and whom they added themselves: the same
/// bounds as for tickets, so that the list of people tells of no ticket. Who serves some alone finds those, too. Whoever
/// is not staff finds nobody, and types an address.
fn people(p: &str, actor: &Actor, me: &str) -> String {
    if !actor.is_permitted(permission::STAFF) {
        return "FALSE".to_owned();
    }
    // Whoever was merged into another record is found as that one.
    match actor.reach() {
        Reach::Nothing | Reach::Shared | Reach::Own => "FALSE".to_owned(),
        Reach::Departments | Reach::Everything => format!("{p}.merged_into_id IS NULL"),
        Reach::Assigned | Reach::ServedDepartments | Reach::ServedEverywhere => {
            let seen = tickets("pt", actor, me);
            let served = match actor.reach() {
                Reach::Assigned => "FALSE".to_owned(),
                _ => serves(&format!("{p}.id"), me),
            };
            format!(
                "{p}.merged_into_id IS NULL AND ({p}.id = {me} OR {p}.added_by_id = {me} OR ({served}) \
                 OR EXISTS (SELECT 1 FROM agents pa WHERE pa.person_id = {p}.id) \
                 OR {p}.id IN (SELECT pt.requester_id FROM tickets pt WHERE {seen} \
                 UNION SELECT pt.author_id FROM tickets pt WHERE {seen} \
                 UNION SELECT pp.person_id FROM participants pp JOIN tickets pt ON pt.id = pp.ticket_id \
                 WHERE pp.kind = 'invitee' AND {seen}))"
            )
        }
    }
}

/// Saved replies: one's own, those of departments one belongs to, and everyone's; for staff only.
fn saved_replies(r: &str, actor: &Actor, me: &str) -> String {
    if !actor.is_permitted(permission::STAFF) {
        return "FALSE".to_owned();
    }
    let departments = match actor.reach() {
        Reach::Everything | Reach::ServedEverywhere => "TRUE".to_owned(),
        _ => format!(
            "{r}.department_id IN (SELECT rm.department_id FROM sights rm WHERE rm.person_id = {me} AND rm.own_level IS NOT NULL)"
        ),
    };
    format!(
        "({r}.sharing = 'private' AND {r}.owner_id = {me}) OR {r}.sharing = 'everyone' OR ({r}.sharing = 'department' AND {departments})"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_and_unknown_tables_fail_closed() {
        assert_eq!(
            DeskPolicy.predicate("tickets", "t", &nobody(), "$1"),
            "FALSE"
        );
        let admin = actor(1, Some((Role::Admin, AgentScope::Restricted)));
        assert_eq!(DeskPolicy.predicate("secrets", "s", &admin, "$1"), "FALSE");
    }

    #[test]
    fn only_administrators_see_the_post() {
        let agent = actor(1, Some((Role::Agent, AgentScope::Global)));
        assert_eq!(
            DeskPolicy.predicate("incoming_mails", "i", &agent, "$1"),
            "FALSE"
        );
    }

    #[test]
    fn privileges_survive_being_stored() {
        let stored = Privilege::store(Privilege::FACTORY);
        assert!(Privilege::TakeFreeTicket.is_in(&stored));
        assert!(!Privilege::ManageManagers.is_in(&stored));
        assert!(!Privilege::TakeFreeTicket.is_in(""));
    }
}
