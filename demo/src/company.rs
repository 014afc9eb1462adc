//! Groupe Nordet: its sites, its customers, the departments of its desk and their categories.

use crate::calendar::Zone;
use crate::desk::{Category, Department, Organization, Site};

/// The company itself is the first organization.
pub(crate) const NORDET: usize = 0;
/// A customer whose people use the portal.
pub(crate) const KERMORVAN: usize = 1;
/// A customer whose people write mails.
pub(crate) const ATLAS: usize = 2;

pub(crate) const NANTES: usize = 0;
pub(crate) const LYON: usize = 1;
pub(crate) const MONTREAL: usize = 2;
pub(crate) const SAINT_NAZAIRE: usize = 3;
pub(crate) const TOULOUSE: usize = 4;

pub(crate) const WORKSTATIONS: usize = 0;
pub(crate) const MAIL: usize = 1;
pub(crate) const NETWORK: usize = 2;
pub(crate) const APPLICATIONS: usize = 3;
pub(crate) const FACILITIES: usize = 4;
pub(crate) const HUMAN_RESOURCES: usize = 5;

const ORGANIZATIONS: [(&str, &str, bool); 3] = [
    ("Groupe Nordet", "nordet.example", false),
    ("Chantiers Kermorvan", "chantiers-kermorvan.example", true),
    ("Atlas Freight", "atlasfreight.example", true),
];

const SITES: [(&str, Zone); 5] = [
    ("Nantes", Zone::Paris),
    ("Lyon", Zone::Paris),
    ("Montréal", Zone::Montreal),
    ("Saint-Nazaire", Zone::Paris),
    ("Toulouse", Zone::Paris),
];

/// First level: French name, English name, then its children in the same two languages.
type Branch = (
    &'static str,
    &'static str,
    &'static [(&'static str, &'static str)],
);

/// The first branch of each department is its inbox.
const DEPARTMENTS: [(&str, &str, &[Branch]); 6] = [
    (
        "Postes de travail",
        "Workstations",
        &[
            ("Postes de travail, à trier", "Workstations, to sort", &[]),
            (
                "Matériel",
                "Hardware",
                &[
                    ("Portables", "Laptops"),
                    ("Téléphones", "Phones"),
                    ("Prêt de matériel", "Equipment loans"),
                ],
            ),
            (
                "Périphériques",
                "Peripherals",
                &[
                    ("Écrans", "Screens"),
                    ("Stations d’accueil", "Docking stations"),
                ],
            ),
            (
                "Impression",
                "Printing",
                &[
                    ("Étiquettes", "Labels"),
                    ("Scanners", "Scanners"),
                    ("Copieurs", "Copiers"),
                ],
            ),
            (
                "Logiciels",
                "Software",
                &[
                    ("Installation", "Installation"),
                    ("Mises à jour", "Updates"),
                ],
            ),
        ],
    ),
    (
        "Messagerie",
        "E-mail",
        &[
            ("Messagerie, à trier", "E-mail, to sort", &[]),
            (
                "Boîtes",
                "Mailboxes",
                &[
                    ("Boîtes partagées", "Shared mailboxes"),
                    ("Archives", "Archives"),
                    ("Signatures", "Signatures"),
                ],
            ),
            (
                "Calendriers",
                "Calendars",
                &[("Réservation de salles", "Room booking")],
            ),
            (
                "Sécurité du courrier",
                "Mail security",
                &[("Quarantaine", "Quarantine"), ("Hameçonnage", "Phishing")],
            ),
            ("Listes de diffusion", "Mailing lists", &[]),
        ],
    ),
    (
        "Réseau",
        "Network",
        &[
            ("Réseau, à trier", "Network, to sort", &[]),
            ("VPN", "VPN", &[]),
            ("Wi-Fi", "Wi-Fi", &[("Wi-Fi invité", "Guest Wi-Fi")]),
            ("Débit", "Throughput", &[("Prises réseau", "Wall ports")]),
            (
                "Infrastructure",
                "Infrastructure",
                &[
                    ("Certificats", "Certificates"),
                    ("Serveurs", "Servers"),
                    ("Noms de domaine", "Domain names"),
                ],
            ),
            ("Téléphonie", "Telephony", &[]),
        ],
    ),
    (
        "Applications métier",
        "Business apps",
        &[
            ("Applications, à trier", "Apps, to sort", &[]),
            (
                "ERP",
                "ERP",
                &[
                    ("Facturation", "Invoicing"),
                    ("Achats", "Purchasing"),
                    ("Stocks", "Stock"),
                ],
            ),
            ("Archivage", "Archive", &[]),
            (
                "Comptes",
                "Accounts",
                &[("MFA", "MFA"), ("Mots de passe", "Passwords")],
            ),
            (
                "Droits d’accès",
                "Access rights",
                &[("Dossiers", "Folders"), ("Profils", "Profiles")],
            ),
            ("Portail fournisseurs", "Supplier portal", &[]),
        ],
    ),
    (
        "Services généraux",
        "Facilities",
        &[
            ("Services généraux, à trier", "Facilities, to sort", &[]),
            (
                "Bâtiment",
                "Building",
                &[
                    ("Plomberie", "Plumbing"),
                    ("Chauffage et climatisation", "Heating and cooling"),
                    ("Électricité", "Electricity"),
                ],
            ),
            (
                "Accès",
                "Access",
                &[("Badges", "Badges"), ("Parking", "Car park")],
            ),
            ("Salles de réunion", "Meeting rooms", &[]),
            ("Mobilier", "Furniture", &[]),
        ],
    ),
    (
        "RH, confidentiel",
        "HR, confidential",
        &[
            ("RH, à trier", "HR, to sort", &[]),
            (
                "Arrivées et départs",
                "Joiners & leavers",
                &[("Arrivée", "Joiner"), ("Départ", "Leaver")],
            ),
            ("Paie", "Payroll", &[("Bulletins", "Payslips")]),
            ("Congés et absences", "Leave and absence", &[]),
        ],
    ),
];

pub(crate) fn organizations() -> Vec<Organization> {
    ORGANIZATIONS
        .iter()
        .map(|&(name, domain, customer)| Organization {
            name: name.into(),
            domain: domain.into(),
            customer,
        })
        .collect()
}

pub(crate) fn sites() -> Vec<Site> {
    SITES
        .iter()
        .map(|&(name, zone)| Site {
            name: name.into(),
            time_zone: zone.name().into(),
        })
        .collect()
}

/// The zone a site lives in.
pub(crate) fn zone(site: usize) -> Zone {
    SITES.get(site).map_or(Zone::Paris, |&(_, zone)| zone)
}

pub(crate) fn departments() -> Vec<Department> {
    DEPARTMENTS
        .iter()
        .enumerate()
        .map(|(index, &(name, english_name, branches))| Department {
            name: name.into(),
            english_name: in_english(name, english_name),
            confidential: index == HUMAN_RESOURCES,
            // A customer has no payslip here.
            offered_to: match index {
                HUMAN_RESOURCES => vec![NORDET],
                _ => vec![],
            },
            categories: categories(branches),
            default_category: 0,
        })
        .collect()
}

fn categories(branches: &[Branch]) -> Vec<Category> {
    let mut tree = Vec::new();
    for &(name, english_name, children) in branches {
        let parent = tree.len();
        tree.push(Category {
            name: name.into(),
            english_name: in_english(name, english_name),
            parent: None,
        });
        for &(name, english_name) in children {
            tree.push(Category {
                name: name.into(),
                english_name: in_english(name, english_name),
                parent: Some(parent),
            });
        }
    }
    tree
}

fn in_english(name: &str, english_name: &str) -> Option<String> {
    (name != english_name).then(|| english_name.to_owned())
}

/// The department and the place in it of a category's French name (names are unique).
pub(crate) fn find_category(departments: &[Department], name: &str) -> Option<(usize, usize)> {
    departments
        .iter()
        .enumerate()
        .find_map(|(department, content)| {
            let category = content
                .categories
                .iter()
                .position(|category| category.name == name)?;
            Some((department, category))
        })
}
