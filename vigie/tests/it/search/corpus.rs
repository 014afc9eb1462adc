//! A small desk in two languages, and what is found in it: one reviewed table for both engines.

use std::collections::BTreeMap;
use std::fmt::Write;

use kit::clock::Span;
use vigie::departments;
use vigie::tickets::comments::{NewComment, NewFile};
use vigie::tickets::verbs::{self, NewTicket};
use vigie::tickets::{Origin, TicketId, Visibility, reading, rights};

use super::{finds, keeps_up, page};
use crate::house::tree;
use crate::world::World;

/// Requester, department, subject, first words, public answers, notes, files.
type Line = (
    &'static str,
    &'static str,
    &'static str,
    &'static str,
    &'static [&'static str],
    &'static [&'static str],
    &'static [&'static str],
);

/// Oldest first, one every nine days.
#[rustfmt::skip]
const LINES: &[Line] = &[
    ("dora", "Blue", "Imprimante du 3e étage bloquée", "L’imprimante affiche « bourrage papier » depuis ce matin.", &["Essayez de l’éteindre puis de la rallumer."], &["Toner commandé chez Ricoh."], &["photo-imprimante.jpg"]),
    ("emil", "Blue", "Printer is jammed again", "The printers on the second floor print nothing but blank pages.", &[], &[], &[]),
    ("fay", "Blue", "Écran noir au démarrage", "Mon écran reste noir ; les deux autres écrans vont bien.", &["Avez-vous essayé un autre câble d’écran ?"], &[], &["ecran_noir.png", "Rapport final 2026.pdf"]),
    ("dora", "Blue", "Black screen after update", "My screen stays black after this morning’s update. 100 % reproducible.", &[], &["Same docking station as last week."], &[]),
    ("emil", "Red", "Réseau lent à Nantes", "Le réseau est très lent, la connexion au VPN tombe toutes les 10 minutes.", &[], &[], &[]),
    ("fay", "Red", "VPN connection drops", "The connection drops every 10 minutes; networks at home are fine.", &[], &["Ticket opened with the provider: case 77-4512."], &[]),
    ("dora", "Red", "Accès au dossier « Budget 2027 »", "J’aimerais accéder au dossier partagé budget_2027 de l’équipe.", &[], &[], &["Budget-2027.xlsx"]),
    ("emil", "Blue", "Mise à jour du BIOS", "Après la mise à jour, le portable redémarre en boucle.", &["La mise à jour 1.14 corrige ce défaut."], &[], &[]),
    ("fay", "Blue", "Jour férié : à qui la mise en service ?", "À jour de cotisation, la mise en service attend.", &[], &[], &[]),
    ("dora", "Blue", "Journaux d’erreurs illisibles", "Les journaux du serveur sont pleins d’erreurs.", &[], &[], &[]),
    ("emil", "Blue", "Chevaux de Troie ?", "Un cheval de Troie a été détecté sur NB-2417.", &[], &["Quarantaine faite, poste NB-2417 isolé."], &[]),
    ("fay", "Red", "Facture en double", "Deux factures pour la même licence ; la facturation doit annuler.", &[], &[], &["facture_0001.pdf", "facture_0002.pdf"]),
    ("dora", "Red", "Payroll export failed", "The export fails with “cannot open file”. It failed yesterday too.", &["We are working on it."], &[], &[]),
    ("emil", "Red", "Password expired", "My passwords expire every week; closing and opening sessions does not help.", &[], &[], &[]),
    ("fay", "Blue", "E-mail quota", "Ma boîte de messagerie est pleine : 552 5.2.2, envoyé depuis fay@nordet.example.", &[], &[], &[]),
    ("dora", "Blue", "Café renversé sur le clavier", "J’ai renversé un café ; le cœur de l’œuvre est sauf.", &[], &[], &[]),
    ("emil", "Blue", "New starter kit", "Laptop, screen and badge for Zoë Müller, starting on Monday.", &[], &["Badge prêt."], &[]),
    ("fay", "Red", "Old printer to be collected", "Somebody may collect the old printer.", &[], &[], &[]),
];

/// What is asked, by whom: the owner sees all, Ben works in Blue, Dora asked for some.
#[rustfmt::skip]
const QUERIES: &[&str] = &[
    "imprimante", "imprimantes", "Imprimer", "IMPRIMANTE bloquée", "l'imprimante", "printer", "printing", "printers blank",
    "ecran", "écrans noirs", "\"écran noir\"", "\"noir écran\"", "\"black screen\"", "\"screen black\"", "screen -black", "-printer screen",
    "réseaux", "network", "connexions", "connection", "mise à jour", "\"mise à jour\"", "\"mises à jours\"", "journal", "cheval", "Troie",
    "facture", "facturation", "licences", "password", "expire", "closed", "failed", "work",
    "impr*", "prin*", "éc*", "e*", "connec* -vpn", "bud*", "\"bud*\"",
    "NB-2417", "nb 2417", "2417", "77-4512", "4512", "budget_2027", "budget 2027", "budget-2027.xlsx", "10 minutes", "552 5.2.2",
    "fay@nordet.example", "100 %", "100%", "_", "%", "café", "cafe", "œuvre", "oeuvre", "coeur", "muller", "zoe",
    "toner", "ricoh", "quarantaine", "docking", "badge", "prêt",
    "pdf", "ecran_noir", "photo imprimante", "rapport final",
    "from:dora", "de:fay printer", "from:dora@nordet.example screen", "from:emil -from:dora", "from:me", "from:nobodysuch",
    "to:ben", "to:nobody", "in:Blue screen", "dans:red", "in:\"blue inbox\"", "-in:blue",
    "state:free screen", "état:en-cours", "state:closed", "state:open -state:free", "has:file", "avec:fichier noir", "-has:file écran",
    "after:2026-09-01", "before:2026-08-01", "after:2026-08-01 before:2026-09-01", "-after:2026-08-01 écran", "after:60d printer",
    "the", "le la", "le réseau", "dora", "dora screen", "nothing-like-this", "colour:black",
    "screen (black OR white) AND NOT", "\"unbalanced black screen", "'; DROP TABLE tickets; --", "NEAR(screen black)", "screen*\"", "- - -",
];

async fn furnish(w: &World) -> BTreeMap<i64, &'static str> {
    let mut subjects: BTreeMap<i64, &'static str> = BTreeMap::new();
    for (_, id) in w.tickets() {
        subjects.insert(id.0, "(of the world)");
    }
    let places = departments::places(&mut w.db.read()).await.unwrap();
    let ada = w.actor("ada");
    w.clock.advance(Span::days(-200));
    for (requester, department, subject, first, answers, notes, files) in LINES {
        w.clock.advance(Span::days(9));
        let asker = w.actor(requester);
        let category = places.iter().find(|p| p.department == *department).unwrap();
        let mut tx = w.db.write().await.unwrap();
        let place = departments::place(&mut tx, &asker, category.id)
            .await
            .unwrap();
        let file = |name: &&str| NewFile {
            name: (*name).to_owned(),
            digest: "0".repeat(64),
            media_type: "text/plain".to_owned(),
            size: 1,
        };
        let new = NewTicket {
            subject: (*subject).to_owned(),
            priority: 3,
            visibility: Visibility::Private,
            comment: NewComment {
                files: files.iter().map(file).collect(),
                ..NewComment::typed(first, Origin::Portal)
            },
        };
        let opened = verbs::open(&mut tx, &place, &asker, new, w.now())
            .await
            .unwrap();
        let id = opened.ticket;
        for answer in *answers {
            let may = reading::find_to_change::<rights::Reply>(&mut tx, &ada, id)
                .await
                .unwrap();
            let words = NewComment::typed(answer, Origin::Web);
            verbs::reply(&mut tx, &may, &ada, words, w.now())
                .await
                .unwrap();
        }
        for note in *notes {
            let may = reading::find_to_change::<rights::Note>(&mut tx, &ada, id)
                .await
                .unwrap();
            let words = NewComment::typed(note, Origin::Web);
            verbs::note(&mut tx, &may, &ada, words, w.now())
                .await
                .unwrap();
        }
        tx.commit().await.unwrap();
        subjects.insert(id.0, subject);
    }
    w.clock
        .advance(Span::days(200 - 9 * i64::try_from(LINES.len()).unwrap()));
    subjects
}

on_both_engines! {
    async fn both_engines_find_the_same_in_the_same_order(w) {
        let subjects = furnish(w).await;
        keeps_up(w).await;
        let door = w.door().await;
        let mut out = String::from(
            "What is found, the best first, in a desk of two languages: by its owner (ada), by an agent of Blue (ben),\n\
             by a requester (dora). A ticket is the beginning of its subject.\n",
        );
        for query in QUERIES {
            let _ = writeln!(out, "\n{query}");
            let mut last = String::new();
            for who in ["ada", "ben", "dora"] {
                let found = finds(&door, who, query).await;
                let names: Vec<String> = found
                    .iter()
                    .map(|n| match subjects[n] {
                        "(of the world)" => format!("world {n}"),
                        subject => subject.chars().take(16).collect::<String>().trim().to_owned(),
                    })
                    .collect();
                let line = names.join(" | ");
                if line != last || who == "ada" {
                    let _ = writeln!(out, "  {who:<5}{}", if line.is_empty() { "-" } else { &line });
                }
                last = line;
            }
        }
        tree::expect("search_answers.txt", &out);
        door.closes().await;
    }
}

on_both_engines! {
    async fn what_was_found_is_marked_and_escaped(w) {
        let subjects = furnish(w).await;
        let id = subjects.iter().find(|(_, s)| **s == "Black screen after update").unwrap().0;
        let ada = w.actor("ada");
        let mut tx = w.db.write().await.unwrap();
        let may = reading::find_to_change::<rights::Reply>(&mut tx, &ada, TicketId(*id)).await.unwrap();
        let words = NewComment::typed("<img src=x onerror=alert(1)> unicorns & <b>screens</b>", Origin::Web);
        verbs::reply(&mut tx, &may, &ada, words, w.now()).await.unwrap();
        tx.commit().await.unwrap();
        keeps_up(w).await;
        let door = w.door().await;
        let found = page(&door, "ben", "unicorn screen").await;
        assert_eq!(found.status, 200);
        assert!(found.body.contains("Black <mark>screen</mark> after update"), "{}", found.body);
        assert!(found.body.contains("<mark>unicorns</mark>"));
        assert!(found.body.contains("<mark>screens</mark>&#60;/b&#62;") && !found.body.contains("<img src=x"));
        let refused = page(&door, "ben", "before:soon <script>alert(1)</script>").await;
        assert_eq!(refused.status, 422);
        assert!(refused.body.contains("“soon” is no date") && !refused.body.contains("<script>alert"));
        let hinted = page(&door, "ben", "colour:black").await;
        assert!(hinted.body.contains("“colour:” is no filter"));
        let people = page(&door, "ben", "dor").await;
        assert!(people.body.contains("dora@nordet.example"), "staff find people");
        door.closes().await;
    }
}
