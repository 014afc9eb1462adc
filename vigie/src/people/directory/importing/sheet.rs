//! A sheet of people: values between separators, the first line naming the columns. Pure.

use csv::{ReaderBuilder, StringRecord, Trim};
use kit::error::{Error, Fields};
use kit::stored_words;
use words::catalogue;
use words::language::Language;

use super::super::Particulars;
use crate::people::admin::folded;

/// The most people of one sheet.
pub const MOST: usize = 5_000;
/// The most bytes of one.
pub const LARGEST: usize = 2 * 1024 * 1024;

stored_words! {
    /// What a column holds.
    pub enum Column {
        /// Full name.
        Name = "name",
        /// Address.
        Email = "email",
        /// Name to sign in with.
        Login = "login",
        /// Phone.
        Phone = "phone",
        /// Post.
        JobTitle = "job_title",
        /// Whom they work for.
        Organization = "organization",
        /// Where they work.
        Site = "site",
        /// Language they read.
        Language = "language",
        /// Served by us, or working here.
        Kind = "kind",
        /// Whether they may open the portal.
        Portal = "portal",
    }
}

impl Column {
    /// Key of its name, which the first line may say in either language.
    pub const fn key(self) -> &'static str {
        match self {
            Column::Name => "admin-full-name",
            Column::Email => "admin-email",
            Column::Login => "admin-login",
            Column::Phone => "people-phone",
            Column::JobTitle => "people-job-title",
            Column::Organization => "people-organization",
            Column::Site => "admin-site",
            Column::Language => "admin-language",
            Column::Kind => "people-import-kind",
            Column::Portal => "admin-portal",
        }
    }

    fn named(head: &str) -> Option<Column> {
        let head = plain(head);
        Column::ALL.iter().copied().find(|column| {
            let mut labels = Language::ALL
                .iter()
                .map(|it| catalogue::say(*it, column.key()));
            plain(column.word()) == head || labels.any(|label| plain(label) == head)
        })
    }
}

/// Somebody, as a line says.
#[derive(Clone, Debug)]
pub struct Row {
    /// Which line, from 1.
    pub line: u64,
    /// What it says.
    pub wanted: Particulars,
    /// What of it cannot be read.
    pub faults: Fields,
}

/// Without capitals, accents and what parts words.
fn plain(text: &str) -> String {
    folded(text)
        .chars()
        .filter(|c| c.is_alphanumeric())
        .collect()
}

/// The text of a file: UTF-8, or what spreadsheets wrote in western Europe before it.
pub fn decode(bytes: &[u8]) -> String {
    let (text, encoding, has_errors) = encoding_rs::UTF_8.decode(bytes);
    if has_errors && encoding == encoding_rs::UTF_8 {
        return encoding_rs::WINDOWS_1252.decode(bytes).0.into_owned();
    }
    text.into_owned()
}

fn refused(key: &'static str, detail: &str) -> Error {
    let mut faults = Fields::default();
    faults.add("content", key, Some(detail.to_owned()));
    Error::Invalid(faults)
}

/// Its lines. `otherwise` is the language of those of whom it says none.
///
/// # Errors
/// `Invalid` at `content` for what is no sheet of people.
pub fn read(text: &str, otherwise: Language) -> Result<Vec<Row>, Error> {
    if text.trim().is_empty() {
        return Err(Error::invalid("content", "fault-missing"));
    }
    if text.len() > LARGEST {
        return Err(refused(
            "fault-import-size",
            &(LARGEST / 1024 / 1024).to_string(),
        ));
    }
    // One end of line, as lines are counted: a form sends two characters for each.
    let text = text.trim_start_matches('\u{feff}');
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let head = text.trim_start().lines().next().unwrap_or_default();
    let times = |separator: &u8| head.bytes().filter(|byte| byte == separator).count();
    let separator = [b';', b'\t', b','].into_iter().max_by_key(times);
    let mut reader = ReaderBuilder::new()
        .delimiter(separator.unwrap_or(b','))
        .has_headers(true)
        .flexible(true)
        .trim(Trim::All)
        .from_reader(text.as_bytes());
    let heads = reader
        .headers()
        .map_err(|_| refused("fault-import-unread", "1"))?;
    let columns = columns(heads)?;
    let mut rows = vec![];
    for record in reader.records() {
        let at = |position: Option<&csv::Position>| position.map_or(0, csv::Position::line);
        let record = record
            .map_err(|error| refused("fault-import-unread", &at(error.position()).to_string()))?;
        if record.iter().all(str::is_empty) {
            continue;
        }
        if rows.len() == MOST {
            return Err(refused("fault-import-many", &MOST.to_string()));
        }
        rows.push(row(at(record.position()), &columns, &record, otherwise));
    }
    if rows.is_empty() {
        return Err(Error::invalid("content", "fault-import-nobody"));
    }
    Ok(rows)
}

fn columns(heads: &StringRecord) -> Result<Vec<Column>, Error> {
    let mut columns = vec![];
    for head in heads {
        let column = Column::named(head).ok_or_else(|| refused("fault-import-column", head))?;
        if columns.contains(&column) {
            return Err(refused("fault-import-column-twice", head));
        }
        columns.push(column);
    }
    let needed = [Column::Name, Column::Email];
    match needed.iter().find(|it| !columns.contains(it)) {
        None => Ok(columns),
        Some(missing) => Err(refused("fault-import-column-missing", missing.word())),
    }
}

fn row(line: u64, columns: &[Column], record: &StringRecord, otherwise: Language) -> Row {
    let mut faults = Fields::default();
    if record.len() != columns.len() {
        let wanted = Some(columns.len().to_string());
        faults.add("content", "fault-import-cells", wanted);
    }
    let mut wanted = Particulars {
        name: String::new(),
        email: String::new(),
        login: None,
        is_employee: false,
        language: otherwise,
        phone: String::new(),
        job_title: String::new(),
        organization: String::new(),
        site: String::new(),
        has_portal: false,
    };
    for (column, cell) in columns.iter().zip(record) {
        let cell = unguarded(cell);
        let text = cell.to_owned();
        match column {
            Column::Name => wanted.name = text,
            Column::Email => wanted.email = text,
            Column::Login => wanted.login = Some(text).filter(|it| !it.is_empty()),
            Column::Phone => wanted.phone = text,
            Column::JobTitle => wanted.job_title = text,
            Column::Organization => wanted.organization = text,
            Column::Site => wanted.site = text,
            Column::Language => match language(cell) {
                Some(language) => wanted.language = language,
                None => faults.require(cell.is_empty(), "language", "fault-language"),
            },
            Column::Kind => match plain(cell).as_str() {
                "" | "client" | "customer" => {}
                "employee" | "collaborateur" | "colleague" => wanted.is_employee = true,
                _ => faults.add("kind", "fault-import-kind", None),
            },
            Column::Portal => match plain(cell).as_str() {
                "" | "no" | "non" | "0" | "false" | "faux" => {}
                "yes" | "oui" | "1" | "true" | "vrai" | "x" => wanted.has_portal = true,
                _ => faults.add("portal", "fault-import-yes-no", None),
            },
        }
    }
    Row {
        line,
        wanted,
        faults,
    }
}

fn language(cell: &str) -> Option<Language> {
    let named = |it: &&Language| plain(catalogue::say(**it, "admin-language-name")) == plain(cell);
    let code = cell.to_lowercase();
    Language::parse(&code).or_else(|| Language::ALL.iter().find(named).copied())
}

/// A cell without the apostrophe that our own files put before what a spreadsheet would take for a formula.
fn unguarded(cell: &str) -> &str {
    match cell.strip_prefix('\'') {
        Some(rest) if rest.starts_with(['=', '+', '-', '@']) => rest,
        _ => cell,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keys(error: Error) -> Vec<(&'static str, Option<String>)> {
        let Error::Invalid(faults) = error else {
            panic!("{error}");
        };
        faults.0.into_iter().map(|it| (it.key, it.detail)).collect()
    }

    #[test]
    fn a_sheet_is_read_whatever_its_separator_and_language() {
        for text in [
            "name,email,site\nZoé Petit,zoe@x.example,Lyon\n",
            "\u{feff}Nom complet;E-mail;Site\r\nZoé Petit;zoe@x.example;Lyon\r\n",
            "FULL NAME\tE-mail\tsite\nZoé Petit\tzoe@x.example\tLyon",
            "site,email,name\n\nLyon,zoe@x.example,\"Zoé Petit\"\n,,\n",
        ] {
            let rows = read(text, Language::French).unwrap();
            assert_eq!(rows.len(), 1, "{text}");
            let one = &rows[0].wanted;
            assert_eq!(
                (one.name.as_str(), one.email.as_str(), one.site.as_str()),
                ("Zoé Petit", "zoe@x.example", "Lyon")
            );
            assert!(
                rows[0].faults.0.is_empty() && one.language == Language::French && !one.has_portal
            );
        }
    }

    #[test]
    fn cells_say_who_they_are_in_either_language() {
        let text = "name;email;language;kind;portal;phone\n\
            A;a@x.example;English;collaborateur;oui;'+33 3 20\n\
            B;b@x.example;fr;client;no;+33\n\
            C;c@x.example;martian;robot;perhaps;\n";
        let rows = read(text, Language::French).unwrap();
        assert!(rows[0].wanted.is_employee && rows[0].wanted.has_portal);
        assert_eq!(rows[0].wanted.language, Language::English);
        assert_eq!(rows[0].wanted.phone, "+33 3 20");
        assert!(!rows[1].wanted.is_employee && !rows[1].wanted.has_portal);
        let faults: Vec<&str> = rows[2].faults.0.iter().map(|it| it.field).collect();
        assert_eq!(
            (rows[2].line, faults),
            (4, vec!["language", "kind", "portal"])
        );
        let sent = read(&text.replace('\n', "\r\n"), Language::French).unwrap();
        assert_eq!(sent[2].line, 4, "as a form sends it");
    }

    #[test]
    fn what_is_no_sheet_of_people_is_refused_with_what_to_do() {
        let many = format!("name,email\n{}", "a,a@x.example\n".repeat(MOST + 1));
        for (text, key, detail) in [
            ("", "fault-missing", None),
            ("name,email\n", "fault-import-nobody", None),
            (
                "name,colour\nA,red\n",
                "fault-import-column",
                Some("colour"),
            ),
            (
                "name,NAME\nA,B\n",
                "fault-import-column-twice",
                Some("NAME"),
            ),
            (
                "name,phone\nA,1\n",
                "fault-import-column-missing",
                Some("email"),
            ),
            (many.as_str(), "fault-import-many", Some("5000")),
        ] {
            let found = keys(read(text, Language::English).unwrap_err());
            assert_eq!(
                found,
                [(key, detail.map(str::to_owned))],
                "{}",
                &text[..text.len().min(40)]
            );
        }
        let rows = read("name,email\nA\n", Language::English).unwrap();
        assert_eq!(rows[0].faults.0[0].key, "fault-import-cells");
    }

    #[test]
    fn files_of_old_spreadsheets_keep_their_accents() {
        assert_eq!(decode(b"Zo\xe9"), "Zoé");
        assert_eq!(decode("Zoé".as_bytes()), "Zoé");
        assert_eq!(decode(b"\xef\xbb\xbfname"), "name");
    }
}
