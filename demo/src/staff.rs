//! The twenty-three agents of the desk.

use crate::company::{
    APPLICATIONS, FACILITIES, HUMAN_RESOURCES, LYON, MAIL, MONTREAL, NANTES, NETWORK,
    SAINT_NAZAIRE, TOULOUSE, WORKSTATIONS,
};
use crate::desk::{Agent, Language, Level, Membership, Notable, Privilege, Role, Scope};
use Language::{English, French};
use Level::{Assigned, Edit, View};
use Scope::{Global, Group, Restricted};

/// One agent as written below.
pub(crate) struct Hand {
    pub(crate) first_name: &'static str,
    pub(crate) last_name: &'static str,
    pub(crate) feminine: bool,
    pub(crate) language: Language,
    pub(crate) site: usize,
    pub(crate) title: &'static str,
    pub(crate) job_title: &'static str,
    role: Role,
    scope: Scope,
    places: &'static [(usize, Level)],
    pub(crate) notable: Option<Notable>,
}

#[expect(
    clippy::too_many_arguments,
    reason = "a row of the table below, read as a row"
)]
const fn hand(
    (first_name, last_name, feminine): (&'static str, &'static str, bool),
    language: Language,
    site: usize,
    title: &'static str,
    job_title: &'static str,
    role: Role,
    scope: Scope,
    places: &'static [(usize, Level)],
    notable: Option<Notable>,
) -> Hand {
    Hand {
        first_name,
        last_name,
        feminine,
        language,
        site,
        title,
        job_title,
        role,
        scope,
        places,
        notable,
    }
}

const HE: bool = false;
const SHE: bool = true;

#[rustfmt::skip]
pub(crate) const HANDS: [Hand; 23] = [
    hand(("Paul", "Tessier", HE), French, NANTES, "Administration", "Responsable du centre de services", Role::Owner, Global, &[(NETWORK, Edit)], Some(Notable::Owner)),
    hand(("Nadia", "Belkacem", SHE), French, NANTES, "Support N2", "Administratrice du support", Role::Administrator, Global, &[(WORKSTATIONS, Edit), (APPLICATIONS, Edit), (HUMAN_RESOURCES, Edit)], Some(Notable::Administrator)),
    hand(("Camille", "Roux", SHE), French, NANTES, "Support N2", "Technicienne support", Role::Agent, Group, &[(WORKSTATIONS, Edit), (APPLICATIONS, Edit)], Some(Notable::GroupAgent)),
    hand(("Théo", "Lambert", HE), French, NANTES, "Support N1", "Technicien support", Role::Agent, Group, &[(WORKSTATIONS, Edit), (MAIL, Edit), (NETWORK, View), (APPLICATIONS, Assigned)], None),
    hand(("Inès", "Moreau", SHE), French, NANTES, "Arrivées et départs", "Chargée d’intégration", Role::Agent, Group, &[(HUMAN_RESOURCES, Edit)], None),
    hand(("Oliver", "Grant", HE), English, MONTREAL, "Support Montréal", "Support engineer", Role::Agent, Group, &[(NETWORK, Edit), (APPLICATIONS, Edit), (MAIL, Edit)], Some(Notable::SecondGroupAgent)),
    hand(("Priya", "Nair", SHE), English, LYON, "Réseau", "Network engineer", Role::Agent, Global, &[(NETWORK, Edit)], Some(Notable::GlobalAgent)),
    hand(("Marc-Antoine", "Gagnon", HE), French, SAINT_NAZAIRE, "Services généraux", "Gestionnaire de sites", Role::Agent, Group, &[(FACILITIES, Edit)], None),
    hand(("Sofia", "Almeida", SHE), French, LYON, "Messagerie", "Administratrice messagerie", Role::Agent, Group, &[(MAIL, Edit), (APPLICATIONS, Edit)], None),
    hand(("Julien", "Kervella", HE), French, NANTES, "Parc", "Gestionnaire du parc", Role::Agent, Global, &[(WORKSTATIONS, Edit)], None),
    hand(("Lina", "Haddad", SHE), French, NANTES, "Stagiaire", "Stagiaire support", Role::Agent, Restricted, &[(WORKSTATIONS, Assigned)], Some(Notable::RestrictedAgent)),
    hand(("Hugo", "Perrin", HE), French, TOULOUSE, "Prestataire", "Prestataire réseau", Role::Agent, Restricted, &[(NETWORK, Assigned)], None),
    hand(("Nora", "Schmidt", SHE), English, LYON, "Documentation", "Knowledge manager", Role::Agent, Restricted, &[(APPLICATIONS, Assigned)], None),
    hand(("Anaïs", "Dubois", SHE), French, NANTES, "Parc", "Acheteuse informatique", Role::Viewer, Group, &[(WORKSTATIONS, View)], Some(Notable::Viewer)),
    hand(("Aïcha", "Diallo", SHE), French, LYON, "RH", "Directrice des ressources humaines", Role::Agent, Group, &[(HUMAN_RESOURCES, Edit)], Some(Notable::DepartmentManager)),
    hand(("Élodie", "Garnier", SHE), French, LYON, "Support N1", "Technicienne support", Role::Agent, Group, &[(WORKSTATIONS, Edit), (MAIL, Edit)], None),
    hand(("Karim", "Ziani", HE), French, TOULOUSE, "Réseau", "Ingénieur réseau", Role::Agent, Group, &[(NETWORK, Edit)], None),
    hand(("Rachel", "Cohen", SHE), English, MONTREAL, "Support Montréal", "Support technician", Role::Agent, Group, &[(WORKSTATIONS, Edit), (MAIL, Edit)], None),
    hand(("Étienne", "Tremblay", HE), French, MONTREAL, "Services généraux", "Coordonnateur des immeubles", Role::Agent, Group, &[(FACILITIES, Edit), (WORKSTATIONS, Edit)], None),
    hand(("Maëlle", "Le Bihan", SHE), French, SAINT_NAZAIRE, "Support N1", "Technicienne support", Role::Agent, Group, &[(WORKSTATIONS, Edit), (FACILITIES, Edit)], None),
    hand(("Victor", "Nguyen", HE), French, LYON, "Applications métier", "Analyste ERP", Role::Agent, Group, &[(APPLICATIONS, Edit)], None),
    hand(("Sarah", "Whitfield", SHE), English, MONTREAL, "Applications métier", "Business analyst", Role::Agent, Group, &[(APPLICATIONS, Edit), (HUMAN_RESOURCES, Edit)], None),
    hand(("Gaëtan", "Rousseau", HE), French, TOULOUSE, "Services généraux", "Agent de maintenance", Role::Agent, Group, &[(FACILITIES, Edit)], None),
];

/// What an ordinary member may do (features.md F.2, default column).
pub(crate) const DEFAULT_PRIVILEGES: [Privilege; 8] = [
    Privilege::ManageCategories,
    Privilege::ManageFaq,
    Privilege::TakeFreeTicket,
    Privilege::TakeAssignedTicket,
    Privilege::AssignTicket,
    Privilege::TransferTicket,
    Privilege::RefuseTicket,
    Privilege::ReopenAnyTicket,
];

/// The agents; the person of each is at the same position as the agent.
pub(crate) fn agents() -> Vec<Agent> {
    HANDS
        .iter()
        .enumerate()
        .map(|(person, hand)| Agent {
            person,
            title: hand.title.into(),
            role: hand.role,
            scope: hand.scope,
            memberships: hand
                .places
                .iter()
                .map(|&(department, level)| membership(hand, department, level))
                .collect(),
        })
        .collect()
}

fn membership(hand: &Hand, department: usize, level: Level) -> Membership {
    let manages = hand.notable == Some(Notable::DepartmentManager);
    let privileges = match (hand.role, level) {
        (Role::Viewer, _) | (_, View | Assigned) => Vec::new(),
        (_, Edit) if manages => Privilege::ALL.to_vec(),
        (_, Edit) => DEFAULT_PRIVILEGES.to_vec(),
    };
    Membership {
        department,
        level,
        privileges,
        available: level != View,
        rate: if level == Edit { 100 } else { 50 },
    }
}
