//! The files people attach: text made up on the spot, and pictures drawn in code.

use crate::calendar::{MINUTE, Zone, civil_from_days};
use crate::dice::Dice;
use crate::ticket::Attachment;

/// A file of that name, with a content its extension promises, dated just before `at`.
pub(crate) fn attachment(name: String, at: i64, dice: &mut Dice) -> Attachment {
    let (media_type, content) = match name.rsplit('.').next().unwrap_or_default() {
        "png" => ("image/png", picture(dice)),
        "csv" => ("text/csv", table(&name, dice).into_bytes()),
        "log" => ("text/plain", journal(at, dice).into_bytes()),
        _ => (
            "text/plain",
            letter(&name)
                .map_or_else(|| report(at, dice), str::to_owned)
                .into_bytes(),
        ),
    };
    Attachment {
        name,
        media_type: media_type.into(),
        content,
    }
}

const SOURCES: [&str; 6] = [
    "kernel",
    "dhclient",
    "spooler",
    "vpnc",
    "outlook",
    "erp-client",
];
const LINES: [&str; 8] = [
    "INFO  start, version 7.{n}",
    "INFO  session opened for user {n}",
    "WARN  retry {n} after timeout (30000 ms)",
    "WARN  slow answer: {n} ms",
    "ERROR connection reset by peer, code 0x800704{n}",
    "ERROR access denied to object {n}",
    "INFO  cache flushed, {n} entries",
    "INFO  heartbeat ok",
];

fn journal(at: i64, dice: &mut Dice) -> String {
    let mut text = String::new();
    let lines = dice.between(8, 30);
    let source = SOURCES[dice.below(SOURCES.len())];
    for line in 0..lines {
        let (day, minute) = Zone::Paris.local(at - (lines - line) * MINUTE);
        let (year, month, date) = civil_from_days(day);
        let said = LINES[dice.below(LINES.len())].replace("{n}", &dice.between(10, 99).to_string());
        text.push_str(&format!(
            "{year}-{month:02}-{date:02} {:02}:{:02}:{:02} {source}[{}] {said}\n",
            minute / 60,
            minute % 60,
            dice.between(0, 59),
            1000 + line,
        ));
    }
    text
}

/// Names that promise a list of people, of codes or of measures, and the first line of each.
const TABLES: [(&[&str], &str); 3] = [
    (
        &["membres", "members", "equipe", "fiche", "starter"],
        "first_name;last_name;site;start\r\n",
    ),
    (&["codes"], "code;valid_from;valid_to;devices\r\n"),
    (
        &["mesures", "timings", "transfer"],
        "time;file_mb;seconds;mb_per_second\r\n",
    ),
];

fn table(name: &str, dice: &mut Dice) -> String {
    let kind = TABLES
        .iter()
        .position(|(starts, _)| starts.iter().any(|start| name.contains(start)));
    let first = kind.map_or("reference;quantity;unit_price;status\r\n", |kind| {
        TABLES[kind].1
    });
    let mut text = String::from(first);
    for row in 0..dice.between(6, 24) {
        let line = match kind {
            Some(0) => format!(
                "{};{};{};{:02}/12\r\n",
                ["Elsa", "Tom", "Amina", "Noah", "Maud", "Ava"][dice.below(6)],
                ["Moreno", "Kerbrat", "Sow", "Pryce", "Ferron", "Rao"][dice.below(6)],
                ["Nantes", "Lyon", "Montréal"][dice.below(3)],
                1 + dice.below(20),
            ),
            Some(1) => format!(
                "NRD-{:04}-{:04};08:00;19:00;3\r\n",
                dice.below(10_000),
                dice.below(10_000)
            ),
            Some(_) => {
                let (size, seconds) = (dice.between(80, 900), dice.between(4, 300));
                format!(
                    "{:02}:{:02};{size};{seconds};{}\r\n",
                    8 + row % 10,
                    dice.below(60),
                    size / seconds
                )
            }
            None => format!(
                "NRD-{:05};{};{}.{:02};{}\r\n",
                10_000 + row * 37 + dice.between(0, 30),
                dice.between(1, 120),
                dice.between(3, 900),
                dice.below(100),
                ["OK", "OK", "OK", "KO", "?"][dice.below(5)],
            ),
        };
        text.push_str(&line);
    }
    text
}

/// What a text file that is no report says.
fn letter(name: &str) -> Option<&'static str> {
    let known: [(&str, &str); 7] = [
        (
            "letter",
            "To whom it may concern,\n\nplease update our records as described in the message.\n",
        ),
        (
            "accord",
            "D’accord pour moi, à imputer sur le budget du service.\n",
        ),
        (
            "message-suspect",
            "Objet\u{a0}: URGENT ET CONFIDENTIEL\n\nJe suis en réunion, réglez cette facture avant midi et n’en parlez à personne.\n",
        ),
        (
            "approval",
            "Approved, please charge it to our cost centre.\n",
        ),
        (
            "agreement",
            "Agreed, same profile as the rest of the team.\n",
        ),
        (
            "suspicious",
            "Subject: ACTION REQUIRED\n\nOpen the link below within 24 hours or lose access to your account.\n",
        ),
        (
            "travel",
            "Outbound on the first day, return on the last, one laptop and one phone.\n",
        ),
    ];
    known
        .iter()
        .find(|(start, _)| name.starts_with(start))
        .map(|&(_, text)| text)
}

fn report(at: i64, dice: &mut Dice) -> String {
    let (day, minute) = Zone::Paris.local(at);
    let (year, month, date) = civil_from_days(day);
    format!(
        "{year}-{month:02}-{date:02} {:02}:{:02}\nhost: NB-{}\nos: Windows 11 25H2\nerror: 0x8007{:04x}\nmodule: nordet-{}.dll +0x{:x}\n",
        minute / 60,
        minute % 60,
        dice.between(2100, 2899),
        dice.below(0xffff),
        SOURCES[dice.below(SOURCES.len())],
        dice.below(0xff_ffff),
    )
}

const WIDTH: u32 = 64;
const HEIGHT: u32 = 40;

/// A small valid PNG: a window with a title bar, lines of text and a button.
fn picture(dice: &mut Dice) -> Vec<u8> {
    let ink = [
        dice.below(90) as u8,
        dice.below(90) as u8,
        60 + dice.below(120) as u8,
    ];
    let mut rows = Vec::with_capacity((HEIGHT * (WIDTH * 3 + 1)) as usize);
    for y in 0..HEIGHT {
        rows.push(0); // no filter
        let length = 12 + dice.below(44) as u32;
        for x in 0..WIDTH {
            let inside = y > 7 && (4..length).contains(&x);
            let button = (30..36).contains(&y) && (46..60).contains(&x);
            let pixel = if y < 6 || button || (inside && y % 5 == 0) {
                ink
            } else {
                [244, 244, 240]
            };
            rows.extend_from_slice(&pixel);
        }
    }
    png(&rows)
}

fn png(rows: &[u8]) -> Vec<u8> {
    let mut file = vec![0x89, b'P', b'N', b'G', b'\r', b'\n', 0x1a, b'\n'];
    let mut header = Vec::from(WIDTH.to_be_bytes());
    header.extend_from_slice(&HEIGHT.to_be_bytes());
    header.extend_from_slice(&[8, 2, 0, 0, 0]); // 8 bits, RGB, deflate, adaptive filter, no interlace
    chunk(&mut file, *b"IHDR", &header);
    // A zlib stream of one stored block: 7680 bytes and 40 filters fit in its 16 bits of length.
    let length = rows.len() as u16;
    let mut stream = vec![0x78, 0x01, 0x01];
    stream.extend_from_slice(&length.to_le_bytes());
    stream.extend_from_slice(&(!length).to_le_bytes());
    stream.extend_from_slice(rows);
    stream.extend_from_slice(&adler32(rows).to_be_bytes());
    chunk(&mut file, *b"IDAT", &stream);
    chunk(&mut file, *b"IEND", &[]);
    file
}

fn chunk(file: &mut Vec<u8>, kind: [u8; 4], content: &[u8]) {
    file.extend_from_slice(&(content.len() as u32).to_be_bytes());
    let start = file.len();
    file.extend_from_slice(&kind);
    file.extend_from_slice(content);
    let sum = crc32(&file[start..]);
    file.extend_from_slice(&sum.to_be_bytes());
}

fn crc32(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(!0_u32, |sum, byte| {
        (0..8).fold(sum ^ u32::from(*byte), |sum, _| {
            if sum & 1 == 1 {
                (sum >> 1) ^ 0xedb8_8320
            } else {
                sum >> 1
            }
        })
    })
}

fn adler32(bytes: &[u8]) -> u32 {
    let (low, high) = bytes.iter().fold((1_u32, 0_u32), |(low, high), byte| {
        let low = (low + u32::from(*byte)) % 65_521;
        (low, (high + low) % 65_521)
    });
    (high << 16) | low
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sums_agree_with_published_values() {
        assert_eq!(crc32(b"123456789"), 0xcbf4_3926);
        assert_eq!(adler32(b"Wikipedia"), 0x11e6_0398);
    }
}
