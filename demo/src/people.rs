//! The four hundred people of the demonstration, agents first.

use std::collections::HashSet;

use crate::company::{
    ATLAS, KERMORVAN, LYON, MONTREAL, NANTES, NORDET, SAINT_NAZAIRE, TOULOUSE, organizations,
};
use crate::desk::{Language, Notable, Person};
use crate::dice::Dice;
use crate::names::{
    ENGLISH_MEN, ENGLISH_NAMES, ENGLISH_WOMEN, FRENCH_MEN, FRENCH_NAMES, FRENCH_WOMEN,
};
use crate::staff::HANDS;
use Language::{English, French};

/// How many people there are.
pub(crate) const HEADCOUNT: usize = 400;

/// Everybody, and what the texts need to know to agree with them.
pub(crate) struct Cast {
    pub(crate) people: Vec<Person>,
    /// Whether French words about that person take the feminine.
    pub(crate) feminine: Vec<bool>,
    names: HashSet<String>,
    logins: HashSet<String>,
    domains: Vec<String>,
}

type Named = (
    &'static str,
    &'static str,
    bool,
    Language,
    usize,
    usize,
    &'static str,
    &'static str,
);

/// The people whose names stand on the design pages, then those of the customers.
#[rustfmt::skip]
const NAMED: [Named; 18] = [
    ("Hélène", "Marchand", true, French, NORDET, NANTES, "Comptabilité", "Comptable"),
    ("Baptiste", "Le Goff", false, French, NORDET, SAINT_NAZAIRE, "Production", "Chef d’atelier"),
    ("Emma", "Wilson", true, English, NORDET, MONTREAL, "Ventes", "Account manager"),
    ("Chloé", "Fontaine", true, French, NORDET, LYON, "Comptabilité", "Responsable comptable"),
    ("Samir", "Haddad", false, French, NORDET, NANTES, "Contrôle de gestion", "Contrôleur de gestion"),
    ("Rachid", "Benali", false, French, NORDET, SAINT_NAZAIRE, "Logistique", "Responsable expéditions"),
    ("Yves", "Caradec", false, French, NORDET, NANTES, "Bureau d’études", "Dessinateur-projeteur"),
    ("Grace", "Kim", true, English, NORDET, MONTREAL, "Design", "Design lead"),
    ("Bruno", "Lefèvre", false, French, NORDET, LYON, "Communication", "Responsable intranet"),
    ("Laure", "Castellani", true, French, NORDET, LYON, "Achats", "Acheteuse"),
    ("Daniel", "O’Connor", false, English, NORDET, MONTREAL, "Ventes", "Sales engineer"),
    ("Jean-Christophe", "de La Rochebrochard", false, French, NORDET, LYON, "Direction", "Directeur général adjoint"),
    ("Solenn", "Kermorvan", true, French, KERMORVAN, SAINT_NAZAIRE, "Achats", "Responsable des achats"),
    ("Mathieu", "Prigent", false, French, KERMORVAN, SAINT_NAZAIRE, "Travaux", "Conducteur de travaux"),
    ("Morgane", "Tanguy", true, French, KERMORVAN, SAINT_NAZAIRE, "Comptabilité", "Comptable fournisseurs"),
    ("Megan", "Doyle", true, English, ATLAS, MONTREAL, "Operations", "Shipping coordinator"),
    ("Peter", "Lawson", false, English, ATLAS, MONTREAL, "Finance", "Accounts payable"),
    ("Ruth", "Adeyemi", true, English, ATLAS, MONTREAL, "Operations", "Dock supervisor"),
];

/// Units of the company, with a job in French and in English.
const UNITS: [(&str, &str, &str); 14] = [
    ("Comptabilité", "Comptable", "Accountant"),
    (
        "Contrôle de gestion",
        "Analyste budgétaire",
        "Financial analyst",
    ),
    ("Achats", "Gestion des achats", "Buyer"),
    ("Ventes", "Ingénierie commerciale", "Account manager"),
    (
        "Logistique",
        "Gestion des expéditions",
        "Logistics coordinator",
    ),
    ("Production", "Conduite de ligne", "Line supervisor"),
    (
        "Bureau d’études",
        "Calcul et conception",
        "Mechanical engineer",
    ),
    ("Qualité", "Contrôle qualité", "Quality inspector"),
    (
        "Maintenance",
        "Maintenance des équipements",
        "Maintenance technician",
    ),
    ("Design", "Design produit", "Product designer"),
    (
        "Communication",
        "Chargé de communication",
        "Communications officer",
    ),
    ("Juridique", "Juriste", "Legal counsel"),
    ("Ressources humaines", "Gestion du personnel", "HR partner"),
    (
        "Direction",
        "Assistance de direction",
        "Executive assistant",
    ),
];

/// How many of the generated people each site receives, and how many of a hundred read English.
const CROWD: [(usize, usize, usize); 5] = [
    (NANTES, 103, 8),
    (LYON, 80, 15),
    (MONTREAL, 86, 94),
    (SAINT_NAZAIRE, 45, 5),
    (TOULOUSE, 45, 38),
];

/// Everybody, the agents at the positions of the staff table.
pub(crate) fn cast(seed: u64) -> Cast {
    let mut dice = Dice::stream(seed, 1, 0);
    let mut cast = Cast {
        people: Vec::with_capacity(HEADCOUNT),
        feminine: Vec::with_capacity(HEADCOUNT),
        names: HashSet::new(),
        logins: HashSet::new(),
        domains: organizations()
            .into_iter()
            .map(|organization| organization.domain)
            .collect(),
    };
    for hand in &HANDS {
        let row = (
            hand.first_name,
            hand.last_name,
            hand.feminine,
            hand.language,
            NORDET,
            hand.site,
            "Centre de services",
            hand.job_title,
        );
        cast.enter(row, hand.notable, true, false, &mut dice);
    }
    for row in NAMED {
        let notable = match row.1 {
            "Marchand" => Some(Notable::PortalEmployee),
            "Kermorvan" => Some(Notable::PortalCustomer),
            "Prigent" => Some(Notable::SecondPortalCustomer),
            _ => None,
        };
        let portal = row.4 == NORDET || notable.is_some();
        cast.enter(row, notable, false, portal, &mut dice);
    }
    for (site, count, english) in CROWD {
        let full = cast.people.len() + count;
        while cast.people.len() < full {
            cast.invent(site, english, &mut dice);
        }
    }
    cast
}

impl Cast {
    /// Adds somebody at random, unless they have the name of somebody who is already there.
    fn invent(&mut self, site: usize, english: usize, dice: &mut Dice) {
        let language = if dice.chance(english) {
            English
        } else {
            French
        };
        let feminine = dice.chance(50);
        let (given, family): (&[&'static str], &[&'static str]) = match (language, feminine) {
            (French, true) => (&FRENCH_WOMEN, &FRENCH_NAMES),
            (French, false) => (&FRENCH_MEN, &FRENCH_NAMES),
            (English, true) => (&ENGLISH_WOMEN, &ENGLISH_NAMES),
            (English, false) => (&ENGLISH_MEN, &ENGLISH_NAMES),
        };
        let first_name = given[dice.below(given.len())];
        let last_name = family[dice.below(family.len())];
        let (unit, french_job, english_job) = UNITS[dice.below(UNITS.len())];
        let job = if language == French {
            french_job
        } else {
            english_job
        };
        let portal = dice.chance(85);
        if !self.names.contains(&format!("{first_name} {last_name}")) {
            let row = (
                first_name, last_name, feminine, language, NORDET, site, unit, job,
            );
            self.enter(row, None, false, portal, dice);
        }
    }

    fn enter(
        &mut self,
        (first_name, last_name, feminine, language, organization, site, unit, job_title): Named,
        notable: Option<Notable>,
        agent: bool,
        portal_account: bool,
        dice: &mut Dice,
    ) {
        let name = format!("{first_name} {last_name}");
        let domain = self
            .domains
            .get(organization)
            .map_or("nordet.example", String::as_str);
        let email = format!("{}.{}@{domain}", ascii(first_name), ascii(last_name));
        let login = (agent || portal_account).then(|| {
            let short = format!(
                "{}{}",
                &ascii(first_name)[..1],
                ascii(last_name).replace('-', "")
            );
            let mut login = short.clone();
            let mut next = 2;
            while !self.logins.insert(login.clone()) {
                login = format!("{short}{next}");
                next += 1;
            }
            login
        });
        let phone = if last_name == "Marchand" && first_name == "Hélène" {
            "02 40 55 01 27".to_owned()
        } else {
            phone(site, dice)
        };
        self.names.insert(name.clone());
        self.feminine.push(feminine);
        self.people.push(Person {
            first_name: first_name.into(),
            last_name: last_name.into(),
            name,
            email,
            login,
            language,
            organization,
            site,
            phone,
            job_title: job_title.into(),
            unit: unit.into(),
            portal_account,
            notable,
        });
    }
}

/// A number in the ranges kept for fiction (Arcep) or that ring nowhere (555).
fn phone(site: usize, dice: &mut Dice) -> String {
    if site == MONTREAL {
        return format!("514 555-{:04}", 100 + dice.below(100));
    }
    let head = match site {
        LYON => "04 65 71",
        TOULOUSE => "05 36 49",
        _ => "02 61 91",
    };
    format!("{head} {:02} {:02}", dice.below(100), dice.below(100))
}

/// A name as it stands in an address: lower case, without accents, words joined by hyphens.
pub(crate) fn ascii(name: &str) -> String {
    name.chars()
        .flat_map(char::to_lowercase)
        .filter_map(|letter| match letter {
            'a'..='z' | '0'..='9' | '-' => Some(letter),
            'à' | 'â' | 'ä' => Some('a'),
            'ç' => Some('c'),
            'é' | 'è' | 'ê' | 'ë' => Some('e'),
            'î' | 'ï' => Some('i'),
            'ô' | 'ö' => Some('o'),
            'ù' | 'û' | 'ü' => Some('u'),
            ' ' => Some('-'),
            _ => None,
        })
        .collect()
}
