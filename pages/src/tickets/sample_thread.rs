//! The thread of the sample ticket.

use super::thread::{
    AttachmentView, Audience, AuthorRole, CommentView, Deed, EventView, LetterView, ThreadItem,
};
use super::{Origin, PersonChip, Priority, StateView};
use crate::frame::SAMPLE_NOW;

const HOUR: i64 = 3_600_000_000;

fn comment(id: i64, name: &str, role: AuthorRole, hours: i64, html: &str) -> CommentView {
    CommentView {
        id,
        author: PersonChip::new(name),
        role,
        audience: Audience::Public,
        at_micros: SAMPLE_NOW - hours * HOUR,
        via: None,
        safe_html: html.to_owned(),
        safe_quoted_html: None,
        is_forged: id == 3,
        letter: (id == 3).then(|| LetterView {
            href: "/tickets/4812/comments/3/letter".to_owned(),
            pictures: 2,
        }),
        language: Some("fr".to_owned()),
        attachments: Vec::new(),
        from_ticket: (id > 2).then_some(4815),
        split_href: Some("/tickets/4812/split?comment=1".to_owned()),
        edited_micros: None,
        reword_href: None,
        redacted: None,
        redact_href: None,
    }
}

fn event(
    actor: &str,
    deed: Deed,
    states: Option<(StateView, StateView)>,
    hours: i64,
) -> ThreadItem {
    ThreadItem::Event(EventView {
        actor: actor.to_owned(),
        deed,
        states,
        at_micros: SAMPLE_NOW - hours * HOUR,
        from_ticket: None,
    })
}

/// A conversation of three days: portal, reply, note, mail, and what was done in between.
#[must_use]
pub fn thread() -> Vec<ThreadItem> {
    let asked = CommentView {
        via: Some(Origin::Portal),
        attachments: vec![
            AttachmentView {
                name: "§ station-accueil.jpg".to_owned(),
                href: "/attachments/1".to_owned(),
                bytes: 1_200_000,
                is_image: true,
                removal: Some(crate::tickets::thread::Removal {
                    action: "/tickets/4812/attachments/7/removal".to_owned(),
                    version: 17,
                }),
            },
            AttachmentView {
                name: "§ journal-évènements.txt".to_owned(),
                href: "/attachments/2".to_owned(),
                bytes: 48_200,
                is_image: false,
                removal: None,
            },
        ],
        ..comment(
            1,
            "§ Hélène Marchand",
            AuthorRole::Requester,
            68,
            "<p>§ Bonjour, depuis la mise à jour de jeudi soir mon deuxième écran reste noir sur la station d’accueil. J’ai essayé un autre câble et un autre port, même résultat.</p><p>§ La clôture mensuelle est mercredi, j’ai vraiment besoin des deux écrans.</p>",
        )
    };
    let answered = comment(
        2,
        "§ Nadia Belkacem",
        AuthorRole::Agent,
        5,
        "<p>§ Bonjour Hélène, merci pour la photo. La version 1.42 du BIOS désactive parfois la sortie DisplayPort de la station. Pouvez-vous\u{a0}:</p><ol><li>§ éteindre l’ordinateur et débrancher la station pendant 30 secondes\u{202f};</li><li>§ rebrancher la station, attendre le voyant blanc, puis rallumer.</li></ol><pre><code>§ dmidecode -s bios-version</code></pre>",
    );
    let noted = CommentView {
        audience: Audience::Staff,
        ..comment(
            3,
            "§ Théo Lambert",
            AuthorRole::Agent,
            4,
            "<p>§ Même symptôme sur NB-2398 et NB-2422 cette semaine\u{a0}: régression probable du BIOS 1.42.</p>",
        )
    };
    let replied = CommentView {
        via: Some(Origin::Mail),
        safe_quoted_html: Some(
            "<blockquote><p>§ Bonjour Hélène, merci pour la photo.</p></blockquote>".to_owned(),
        ),
        ..comment(
            4,
            "§ Hélène Marchand",
            AuthorRole::Requester,
            1,
            "<p>§ J’ai suivi les étapes\u{a0}: l’écran s’allume deux secondes puis redevient noir.</p>",
        )
    };
    let free = StateView::Free;
    let held = StateView::InProgress;
    vec![
        event("§ Hélène Marchand", Deed::Created(Origin::Portal), None, 68),
        ThreadItem::Comment(asked),
        event("§ Nadia Belkacem", Deed::Taken, Some((free, held)), 6),
        ThreadItem::Comment(answered),
        ThreadItem::Comment(noted),
        event(
            "§ Camille Roux",
            Deed::PriorityChanged(Priority::Normal, Priority::High),
            None,
            3,
        ),
        event(
            "§ Nadia Belkacem",
            Deed::Invited("§ Laure Castellani".to_owned()),
            None,
            2,
        ),
        event(
            "Vigie",
            Deed::Bounced("§ Laure Castellani".to_owned()),
            None,
            2,
        ),
        event("§ Nadia Belkacem", Deed::Released, Some((held, free)), 2),
        ThreadItem::Comment(replied),
    ]
}
