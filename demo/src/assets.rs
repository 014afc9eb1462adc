//! What Groupe Nordet has: laptops, screens, telephones, printers, switches and licences, and which tickets are about them.

use crate::desk::{Asset, AssetKind, AssetState, Person, Site};
use crate::dice::Dice;
use crate::ticket::Ticket;

const PURPOSE: u64 = 0xa55e;
const DAY: i64 = 86_400_000_000;

/// Models: the maker, the model, how its serials begin.
type Model = (&'static str, &'static str, &'static str);

const LAPTOPS: &[Model] = &[
    ("Lenovo", "ThinkPad T14 Gen 5", "PF4"),
    ("Lenovo", "ThinkPad X1 Carbon Gen 11", "PF3"),
    ("Dell", "Latitude 5440", "7HQ"),
    ("HP", "EliteBook 840 G10", "5CG"),
    ("Apple", "MacBook Air M3", "C02"),
];
const SCREENS: &[Model] = &[
    ("Dell", "P2723DE", "CN0"),
    ("Iiyama", "XUB2792QSU", "119"),
    ("HP", "E27 G5", "3CM"),
];
const PHONES: &[Model] = &[
    ("Apple", "iPhone 15", "F17"),
    ("Samsung", "Galaxy S24", "R5C"),
    ("Yealink", "T54W", "803"),
];
const PRINTERS: &[Model] = &[
    ("HP", "LaserJet Pro M404", "PHB"),
    ("Brother", "MFC-L8900CDW", "E78"),
    ("Kyocera", "TASKalfa 3554ci", "RF9"),
];
const NETWORK: &[Model] = &[
    ("Cisco", "Catalyst 9200L", "JAD"),
    ("Ubiquiti", "UniFi U6 Pro", "784"),
    ("Fortinet", "FortiGate 60F", "FGT"),
];
const LICENCES: &[Model] = &[
    ("Microsoft", "Microsoft 365 E3", "M365"),
    ("Adobe", "Acrobat Pro", "ADBE"),
    ("Autodesk", "AutoCAD LT", "ACAD"),
];

const LETTERS: &[u8] = b"0123456789ABCDEFGHJKLMNPQRSTVWXYZ";

/// One more, with a tag and a serial of its own.
struct Shop {
    dice: Dice,
    now: i64,
    made: Vec<Asset>,
}

impl Shop {
    fn add(
        &mut self,
        (kind, models, prefix): (AssetKind, &[Model], &str),
        holder: Option<usize>,
        organization: usize,
        site: usize,
    ) {
        let dice = &mut self.dice;
        let Some((maker, model, begins)) = dice.pick(models).copied() else {
            return;
        };
        let mut serial = begins.to_owned();
        for _ in 0..7 {
            serial.push(char::from(dice.pick(LETTERS).copied().unwrap_or(b'0')));
        }
        let age = dice.between(20, 1500);
        let bought_at = self.now - age * DAY;
        let state = match (holder, dice.below(100)) {
            (_, 0..3) => AssetState::InRepair,
            (None, 3..14) if kind != AssetKind::Network => AssetState::Retired,
            (None, 14..55) if !matches!(kind, AssetKind::Network | AssetKind::Printer) => {
                AssetState::InStock
            }
            _ => AssetState::InUse,
        };
        let years = if kind == AssetKind::Computer { 3 } else { 2 };
        let number = self.made.len() + 1;
        self.made.push(Asset {
            kind,
            name: format!("{maker} {model}"),
            tag: format!("{prefix}-{number:04}"),
            serial,
            maker: maker.to_owned(),
            model: model.to_owned(),
            state,
            holder,
            held_at: holder.map(|_| bought_at + dice.between(2, age.min(300)) * DAY),
            organization,
            site,
            bought_at,
            warranty_days: 365 * years,
            tickets: vec![],
        });
    }
}

/// The register as it stands at `now`: what people have, what floors share, what waits.
pub(crate) fn assets(
    people: &[Person],
    sites: &[Site],
    is_customer: impl Fn(usize) -> bool,
    tickets: &[Ticket],
    seed: u64,
    now: i64,
) -> Vec<Asset> {
    let mut shop = Shop {
        dice: Dice::stream(seed, PURPOSE, 0),
        now,
        made: vec![],
    };
    let laptops = (AssetKind::Computer, LAPTOPS, "NB");
    let screens = (AssetKind::Screen, SCREENS, "EC");
    let phones = (AssetKind::Phone, PHONES, "TL");
    let own = people.iter().enumerate();
    for (index, person) in own.filter(|(_, person)| !is_customer(person.organization)) {
        let (organization, site) = (person.organization, person.site);
        shop.add(laptops, Some(index), organization, site);
        if shop.dice.chance(55) {
            shop.add(screens, Some(index), organization, site);
        }
        if shop.dice.chance(25) {
            shop.add(phones, Some(index), organization, site);
        }
    }
    for site in 0..sites.len() {
        for (kind, count) in [
            ((AssetKind::Printer, PRINTERS, "IM"), 3),
            ((AssetKind::Network, NETWORK, "RX"), 3),
            (laptops, 4),
            (screens, 3),
        ] {
            for _ in 0..count {
                shop.add(kind, None, 0, site);
            }
        }
    }
    for _ in 0..12 {
        shop.add((AssetKind::Licence, LICENCES, "LI"), None, 0, 0);
    }
    let mut dice = Dice::stream(seed, PURPOSE, 1);
    for ticket in tickets {
        let held = shop
            .made
            .iter_mut()
            .find(|it| it.holder == Some(ticket.requester));
        if let Some(asset) = held.filter(|_| dice.chance(30)) {
            asset.tickets.push(ticket.number);
        }
    }
    shop.made
}
