//! What the desk of Groupe Nordet wrote once and for all: its articles.

use crate::company::{APPLICATIONS, FACILITIES, HUMAN_RESOURCES, MAIL, NETWORK, WORKSTATIONS};
use crate::desk::{Desk, Language};
use crate::typography::typeset;

/// For whom an article is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Audience {
    /// Everybody.
    Public,
    /// Whoever is signed in.
    Authenticated,
    /// Its department, and whoever is offered it.
    Department,
    /// Staff.
    Staff,
}

/// Whether others read it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// Not yet.
    Draft,
    /// They do.
    Published,
    /// No more.
    Withdrawn,
}

/// An article.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Article {
    /// What it is about.
    pub title: String,
    /// Markdown.
    pub body: String,
    /// The language it is written in.
    pub language: Language,
    /// For whom it is.
    pub audience: Audience,
    /// Whether others read it.
    pub state: State,
    /// The department it belongs to.
    pub department: usize,
    /// The categories of that department before whose tickets it is offered.
    pub categories: Vec<usize>,
    /// How many days ago it was written.
    pub days_ago: i64,
    /// How often it was opened, solved something, did not, and spared a ticket.
    pub figures: [i64; 4],
}

/// Title, text, department, names of categories, days ago, figures.
type Told = (
    &'static str,
    &'static str,
    usize,
    &'static [&'static str],
    i64,
    [i64; 4],
);

use Audience::{Authenticated, Department, Public, Staff};
use Language::{English, French};
use State::{Draft, Published, Withdrawn};

const ARTICLES: &[(Language, Audience, State, Told)] = &[
    (
        French,
        Public,
        Published,
        (
            "Se connecter au Wi-Fi invité",
            "Le réseau invité est ouvert à tout visiteur pour la journée.\n\n1. Choisissez le réseau **Nordet-Invites**.\n2. Une page s’ouvre : saisissez le code remis à l’accueil.\n3. Acceptez les conditions, puis fermez la page.\n\nLe code change chaque matin. Si la page ne s’ouvre pas, allez à `http://neverssl.com`.",
            NETWORK,
            &["Wi-Fi invité"],
            140,
            [41, 9, 1, 4],
        ),
    ),
    (
        English,
        Public,
        Published,
        (
            "Connect to the guest Wi-Fi",
            "The guest network is open to visitors for the day.\n\n1. Choose the network **Nordet-Invites**.\n2. A page opens: type the code that reception gave you.\n3. Accept the conditions, then close the page.\n\nThe code changes every morning.",
            NETWORK,
            &["Wi-Fi invité"],
            139,
            [18, 5, 0, 2],
        ),
    ),
    (
        French,
        Authenticated,
        Published,
        (
            "Le VPN se coupe : que vérifier",
            "Trois vérifications résolvent la plupart des coupures.\n\n- **Client à jour** : menu *Aide*, puis *À propos*. La version attendue est la 5.1 ou plus.\n- **Wi-Fi stable** : essayez avec un câble, ou en partage de connexion.\n- **Veille** : désactivez la mise en veille du réseau dans *Gestion de l’alimentation*.\n\nToujours coupé ? Joignez le journal du client à votre demande.",
            NETWORK,
            &["VPN"],
            96,
            [57, 14, 6, 8],
        ),
    ),
    (
        French,
        Authenticated,
        Published,
        (
            "Réinitialiser son mot de passe",
            "1. Ouvrez la page de connexion et choisissez **Mot de passe oublié**.\n2. Un lien arrive par e-mail ; il vaut une heure.\n3. Choisissez une phrase d’au moins douze caractères.\n\nVotre téléphone redemandera le nouveau mot de passe pour la messagerie et le Wi-Fi.",
            APPLICATIONS,
            &["Mots de passe"],
            120,
            [60, 22, 3, 15],
        ),
    ),
    (
        English,
        Authenticated,
        Published,
        (
            "Set up the authenticator app on a new phone",
            "Keep the old phone until the new one works.\n\n1. Sign in on a computer and open *Security*.\n2. Choose **Add a device** and scan the square with the new phone.\n3. Type the six digits, then remove the old device.\n\nLost the old phone? Ask us: we check who you are by a call.",
            APPLICATIONS,
            &["MFA"],
            77,
            [33, 11, 2, 6],
        ),
    ),
    (
        French,
        Department,
        Published,
        (
            "Scanner vers un dossier partagé",
            "Le copieur envoie le PDF dans le dossier de votre équipe.\n\n1. Posez le badge sur le lecteur.\n2. Touchez **Numériser**, puis *Dossier d’équipe*.\n3. Vérifiez le nom du dossier, puis touchez *Démarrer*.\n\n> Le fichier arrive en moins de deux minutes.",
            WORKSTATIONS,
            &["Copieurs", "Scanners"],
            64,
            [24, 8, 1, 3],
        ),
    ),
    (
        French,
        Department,
        Published,
        (
            "Écran noir sur la station d’accueil",
            "1. Débranchez la station de la prise pendant dix secondes.\n2. Rebranchez-la, puis le portable, puis l’écran.\n3. Appuyez sur `Windows` + `P` et choisissez *Étendre*.\n\nSi l’écran reste noir, essayez l’autre sortie de la station.",
            WORKSTATIONS,
            &["Stations d’accueil", "Écrans"],
            51,
            [29, 12, 4, 7],
        ),
    ),
    (
        English,
        Department,
        Published,
        (
            "Book a meeting room with a screen",
            "1. New event in your calendar, then *Rooms*.\n2. Filter by **Screen** and by number of seats.\n3. Choose a room; it accepts or declines at once.\n\nA room that nobody enters within ten minutes is given back.",
            MAIL,
            &["Réservation de salles"],
            45,
            [16, 6, 0, 2],
        ),
    ),
    (
        French,
        Authenticated,
        Published,
        (
            "Signaler un message d’hameçonnage",
            "Ne cliquez sur rien, ne répondez pas.\n\n1. Ouvrez le menu du message et choisissez **Signaler**.\n2. Le message disparaît de votre boîte et nous parvient entier.\n\nVous avez cliqué ? Changez votre mot de passe tout de suite, puis appelez-nous.",
            MAIL,
            &["Hameçonnage", "Quarantaine"],
            33,
            [38, 13, 1, 5],
        ),
    ),
    (
        French,
        Staff,
        Published,
        (
            "Joindre l’astreinte bâtiment",
            "Nuits et fins de semaine : appelez le poste 4400, puis l’entreprise affichée au local technique.\n\n| Panne | Délai |\n|---|---|\n| Fuite d’eau | 1 h |\n| Chauffage | 4 h |\n| Ascenseur | 2 h |\n\nNotez l’appel dans le ticket.",
            FACILITIES,
            &["Plomberie", "Chauffage et climatisation"],
            88,
            [0, 0, 0, 0],
        ),
    ),
    (
        French,
        Department,
        Draft,
        (
            "Demander un badge provisoire",
            "À relire par l’accueil.\n\n- Une pièce d’identité.\n- Le nom de la personne qui vous reçoit.",
            FACILITIES,
            &["Badges"],
            6,
            [0, 0, 0, 0],
        ),
    ),
    (
        French,
        Department,
        Withdrawn,
        (
            "Poser ses congés de fin d’année",
            "Valable pour l’année passée. Les dates nouvelles arrivent en novembre.",
            HUMAN_RESOURCES,
            &["Congés et absences"],
            150,
            [12, 3, 2, 0],
        ),
    ),
];

/// The articles of a desk that has their departments, in the order in which they were written.
pub fn articles(desk: &Desk) -> Vec<Article> {
    let mut all: Vec<Article> = ARTICLES
        .iter()
        .filter_map(|(language, audience, state, told)| {
            let (title, body, department, names, days_ago, figures) = told;
            let categories = &desk.departments.get(*department)?.categories;
            Some(Article {
                title: typeset(title, *language),
                body: typeset(body, *language),
                language: *language,
                audience: *audience,
                state: *state,
                department: *department,
                categories: names
                    .iter()
                    .filter_map(|name| categories.iter().position(|it| it.name == *name))
                    .collect(),
                days_ago: *days_ago,
                figures: *figures,
            })
        })
        .collect();
    all.sort_by_key(|it| std::cmp::Reverse(it.days_ago));
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_article_is_offered_in_every_category_that_it_names() {
        let desk = crate::desk(1, 1_795_439_280_000_000);
        let all = articles(&desk);
        assert_eq!(all.len(), ARTICLES.len());
        let named: usize = ARTICLES.iter().map(|(_, _, _, told)| told.3.len()).sum();
        let found: usize = all.iter().map(|it| it.categories.len()).sum();
        assert_eq!(found, named);
        assert!(
            all.iter()
                .all(|it| !it.title.contains(" :") && !it.body.contains(" ?"))
        );
    }
}
