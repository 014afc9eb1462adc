//! A laptop of the demonstration company, and the list it stands in.

use super::{
    AssetForm, AssetPage, AssetRow, AssetsPage, BesideAsset, EditAssetPage, Happened, HistoryLine,
    HolderView, KindView, LifeView, OwnAsset, OwnAssetsPage, SideEntry, TicketLine, WarrantyView,
};
use crate::fields::{Conflict, Fault, Faults, Standing};
use crate::frame::{Frame, SAMPLE_NOW, Section};
use crate::pager::Pager;
use crate::portal::{Navigation, Tab};
use crate::tickets::{Choice, StateView};
use words::language::Language;

const DAY: i64 = 86_400_000_000;

fn frame(language: Language, here: &str) -> Frame {
    Frame {
        section: Section::Assets,
        here: here.to_owned(),
        ..Frame::sample(language)
    }
}

fn side() -> Vec<SideEntry> {
    let counts = [612, 940, 124, 48, 37, 86, 12];
    let kinds = KindView::ALL.into_iter().zip(counts);
    kinds
        .map(|(kind, count)| SideEntry {
            href: format!("/assets?kind={}", kind.code()),
            icon: kind.icon(),
            key: kind.many(),
            count,
            is_current: kind == KindView::Computer,
        })
        .collect()
}

fn choices(names: [&str; 2], chosen: usize) -> Vec<Choice> {
    let names = names.iter().enumerate();
    names
        .map(|(at, name)| Choice {
            value: (*name).to_owned(),
            name: (*name).to_owned(),
            selected: at == chosen,
        })
        .collect()
}

fn places() -> (Vec<Choice>, Vec<Choice>) {
    (
        choices(["§ Groupe Nordet", "§ Nordet Services"], 0),
        choices(["§ Nantes", "§ Rennes"], 0),
    )
}

impl AssetsPage {
    /// Computers of every state.
    #[must_use]
    pub fn sample(language: Language) -> AssetsPage {
        let row = |id, kind, name: &str, tag: &str, state, holder| AssetRow {
            id,
            kind,
            name: name.to_owned(),
            tag: tag.to_owned(),
            serial: "§ PF4K9Z2T".to_owned(),
            state,
            holder,
            site: "§ Nantes".to_owned(),
            version: 7,
        };
        let named = HolderView::Named(12, "§ Hélène Marchand".to_owned());
        AssetsPage {
            frame: frame(language, "/assets?kind=computer"),
            side: side(),
            query: "§ thinkpad".to_owned(),
            kind: Some(KindView::Computer),
            state: None,
            sites: choices(["§ Nantes", "§ Rennes"], 2),
            holder: Some((12, "§ Hélène Marchand".to_owned())),
            rows: vec![
                row(
                    41,
                    KindView::Computer,
                    "§ ThinkPad T14 Gen 5",
                    "§ NB-2417",
                    LifeView::InUse,
                    named,
                ),
                row(
                    42,
                    KindView::Screen,
                    "§ Dell P2723DE",
                    "§ EC-0940",
                    LifeView::InRepair,
                    HolderView::Somebody,
                ),
                row(
                    43,
                    KindView::Printer,
                    "§ HP LaserJet M404",
                    "",
                    LifeView::InStock,
                    HolderView::Nobody,
                ),
                row(
                    44,
                    KindView::Other,
                    "§ Rétroprojecteur",
                    "§ DV-0002",
                    LifeView::Retired,
                    HolderView::Nobody,
                ),
            ],
            may_add: true,
            pager: Pager {
                previous: None,
                next: Some("/assets?after=44".to_owned()),
            },
        }
    }

    /// Nothing at all, for whoever keeps nothing.
    #[must_use]
    pub fn sample_empty(language: Language) -> AssetsPage {
        AssetsPage {
            side: vec![],
            query: String::new(),
            kind: None,
            sites: vec![],
            holder: None,
            rows: vec![],
            pager: Pager::default(),
            ..AssetsPage::sample(language)
        }
    }
}

impl AssetPage {
    /// A laptop with everything.
    #[must_use]
    pub fn sample(language: Language) -> AssetPage {
        let ticket = |number, subject: &str, state| TicketLine {
            number,
            subject: subject.to_owned(),
            state,
            updated_micros: SAMPLE_NOW - DAY,
            version: 3,
        };
        let line = |actor: &str, what, days| HistoryLine {
            actor: actor.to_owned(),
            what,
            at_micros: SAMPLE_NOW - days * DAY,
        };
        let both = |was: &str, is: &str| Some((was.to_owned(), is.to_owned()));
        AssetPage {
            frame: frame(language, "/assets/41").on("asset", 41, 7),
            side: side(),
            id: 41,
            version: 7,
            kind: KindView::Computer,
            name: "§ ThinkPad T14 Gen 5".to_owned(),
            tag: "§ NB-2417".to_owned(),
            serial: "§ PF4K9Z2T".to_owned(),
            maker: "§ Lenovo".to_owned(),
            model: "§ 21ML004PFR".to_owned(),
            state: LifeView::InUse,
            holder: HolderView::Named(12, "§ Hélène Marchand".to_owned()),
            held_micros: Some(SAMPLE_NOW - 600 * DAY),
            previous: Some(("§ Yves Caradec".to_owned(), SAMPLE_NOW - 600 * DAY)),
            organization: "§ Groupe Nordet".to_owned(),
            site: "§ Nantes".to_owned(),
            bought_on: Some("§ 2 sept. 2024".to_owned()),
            warranty: Some(WarrantyView {
                until: "§ 1er sept. 2027".to_owned(),
                days_left: Some(282),
                progress: Some((812, 1094)),
            }),
            note: "§ Charnière remplacée en mai.\nHousse dans le tiroir.".to_owned(),
            tickets: vec![
                ticket(4812, "§ Écran externe non détecté", StateView::InProgress),
                ticket(3960, "§ Clavier : touche bloquée", StateView::Closed),
            ],
            history: vec![
                line("§ Nadia Belkacem", Happened::Linked(4812), 3),
                line("§ Nadia Belkacem", Happened::Unlinked(4790), 3),
                line(
                    "§ Inès Moreau",
                    Happened::Changed("assets-holder", both("§ Yves Caradec", "§ Hélène Marchand")),
                    600,
                ),
                line("§ Inès Moreau", Happened::Changed("assets-note", None), 610),
                line("§ Inès Moreau", Happened::Added, 812),
            ],
            may_keep: true,
            may_link: true,
            typed: None,
            faults: Faults::default(),
            conflict: None,
        }
    }

    /// One of nobody, whose form came back.
    #[must_use]
    pub fn sample_refused(language: Language) -> AssetPage {
        AssetPage {
            state: LifeView::InStock,
            holder: HolderView::Nobody,
            held_micros: None,
            warranty: Some(WarrantyView {
                until: "§ 3 mars 2025".to_owned(),
                days_left: None,
                progress: None,
            }),
            tickets: vec![],
            note: String::new(),
            typed: Some(("holder", "§ qui".to_owned())),
            faults: Faults(vec![Fault {
                field: "holder",
                text: "§ Personne n’est connu sous « qui ».".to_owned(),
            }]),
            conflict: Some(Conflict {
                by: "§ Julien Kervella".to_owned(),
                standing: vec![Standing {
                    label: "assets-holder",
                    value: "§ Yves Caradec".to_owned(),
                }],
            }),
            ..AssetPage::sample(language)
        }
    }

    /// For whoever reads only, of somebody whom they may not find.
    #[must_use]
    pub fn sample_read(language: Language) -> AssetPage {
        AssetPage {
            holder: HolderView::Somebody,
            previous: None,
            warranty: None,
            bought_on: None,
            may_keep: false,
            may_link: false,
            ..AssetPage::sample(language)
        }
    }
}

impl EditAssetPage {
    /// A laptop that is changed.
    #[must_use]
    pub fn sample(language: Language) -> EditAssetPage {
        let (organizations, sites) = places();
        EditAssetPage {
            frame: frame(language, "/assets/41/edit").on("asset", 41, 7),
            id: Some(41),
            version: 7,
            form: AssetForm {
                kind: "computer".to_owned(),
                name: "§ ThinkPad T14 Gen 5".to_owned(),
                tag: "§ NB-2417".to_owned(),
                serial: "§ PF4K9Z2T".to_owned(),
                maker: "§ Lenovo".to_owned(),
                model: "§ 21ML004PFR".to_owned(),
                state: "in_use".to_owned(),
                holder: String::new(),
                bought_on: "2024-09-02".to_owned(),
                warranty_until: "2027-09-01".to_owned(),
                note: "§ Charnière remplacée en mai.".to_owned(),
            },
            organizations,
            sites,
            must_confirm: false,
            faults: Faults::default(),
            conflict: None,
        }
    }

    /// A new one that is like another.
    #[must_use]
    pub fn sample_new(language: Language) -> EditAssetPage {
        let fault = |field, text: &str| Fault {
            field,
            text: text.to_owned(),
        };
        EditAssetPage {
            frame: frame(language, "/assets/new").adding(),
            id: None,
            must_confirm: true,
            faults: Faults(vec![fault("serial", "§ 12 · NB-0012 · ThinkPad")]),
            ..EditAssetPage::sample(language)
        }
    }

    /// One that somebody else changed meanwhile.
    #[must_use]
    pub fn sample_conflict(language: Language) -> EditAssetPage {
        EditAssetPage {
            conflict: Some(Conflict {
                by: "§ Julien Kervella".to_owned(),
                standing: vec![Standing {
                    label: "assets-tag",
                    value: "§ NB-2418".to_owned(),
                }],
            }),
            ..EditAssetPage::sample(language)
        }
    }
}

impl OwnAssetsPage {
    /// A laptop and a screen.
    #[must_use]
    pub fn sample(language: Language) -> OwnAssetsPage {
        let own = |id, kind, name: &str, tag: &str, state| OwnAsset {
            id,
            kind,
            name: name.to_owned(),
            tag: tag.to_owned(),
            serial: "§ PF4K9Z2T".to_owned(),
            state,
            held_micros: Some(SAMPLE_NOW - 600 * DAY),
        };
        OwnAssetsPage {
            frame: Frame {
                is_agent: false,
                section: Section::Other,
                here: "/portal/assets".to_owned(),
                ..Frame::sample(language)
            },
            navigation: Navigation {
                tab: Tab::Assets,
                waiting: 0,
                shows_assets: true,
            },
            rows: vec![
                own(
                    41,
                    KindView::Computer,
                    "§ ThinkPad T14 Gen 5",
                    "§ NB-2417",
                    LifeView::InUse,
                ),
                own(
                    42,
                    KindView::Screen,
                    "§ Dell P2723DE",
                    "",
                    LifeView::InRepair,
                ),
            ],
        }
    }

    /// Nothing.
    #[must_use]
    pub fn sample_empty(language: Language) -> OwnAssetsPage {
        OwnAssetsPage {
            rows: vec![],
            ..OwnAssetsPage::sample(language)
        }
    }
}

impl BesideAsset {
    /// A laptop and a screen.
    #[must_use]
    pub fn samples() -> Vec<BesideAsset> {
        let one = |id, kind, name: &str, tag: &str, state| BesideAsset {
            id,
            kind,
            name: name.to_owned(),
            tag: tag.to_owned(),
            state,
        };
        vec![
            one(
                41,
                KindView::Computer,
                "§ ThinkPad T14 Gen 5",
                "§ NB-2417",
                LifeView::InUse,
            ),
            one(
                42,
                KindView::Screen,
                "§ Dell P2723DE",
                "",
                LifeView::InRepair,
            ),
        ]
    }
}
