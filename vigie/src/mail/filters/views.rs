//! Filter rules as their page shows them.

use pages::admin::filters::{FilterForm, FilterRow, FiltersPage, Outcome as OutcomeView};
use pages::fields::{Conflict, Faults, Standing};
use words::reader::Words;

use super::{FilterAdmin, FilterId, Outcome};
use crate::departments::{Place, views};

/// What becomes of letters, as pages show it.
pub fn outcome_view(it: Outcome) -> OutcomeView {
    match it {
        Outcome::Ticket => OutcomeView::Ticket,
        Outcome::Quarantine => OutcomeView::Quarantine,
    }
}

fn mailbox_name(name: &str, words: &Words) -> String {
    words.say_with("filters-of-mailbox", &[("name", name.into())])
}

/// Which letters a rule is about, in words.
fn source_name(it: &FilterAdmin, words: &Words) -> String {
    match (&it.mailbox, &it.channel) {
        (Some(mailbox), _) => mailbox_name(mailbox, words),
        (None, Some(address)) => address.clone(),
        (None, None) => words.say("filters-any").to_owned(),
    }
}

/// And what becomes of them.
fn about(it: &FilterAdmin, words: &Words) -> String {
    let becomes = match it.outcome {
        Outcome::Quarantine => words.say("filters-held-title").to_owned(),
        Outcome::Ticket => {
            let tags = it.tag_words.split(", ").filter(|tag| !tag.is_empty());
            let tags = tags.map(|tag| format!("#{tag}"));
            let all: Vec<String> = it.place().into_iter().chain(tags).collect();
            all.join(", ")
        }
    };
    format!("{} → {becomes}", source_name(it, words))
}

fn form_of(it: &FilterAdmin) -> FilterForm {
    FilterForm {
        name: it.name.clone(),
        source: match (it.mailbox_id, it.channel_id) {
            (Some(mailbox), _) => format!("mailbox-{mailbox}"),
            (None, Some(channel)) => format!("channel-{channel}"),
            (None, None) => String::new(),
        },
        senders: it.senders.clone(),
        header_name: it.header_name.clone(),
        header_words: it.header_words.clone(),
        words: it.words.clone(),
        size_over: it.size_over.map(|kib| kib.to_string()).unwrap_or_default(),
        needs_file: it.needs_file,
        outcome: outcome_view(it.outcome),
        category: it.category_id.map(|id| id.0),
        tags: it.tag_words.clone(),
        is_active: it.is_active,
    }
}

/// A rule in the list, its place not yet told.
pub fn row(it: &FilterAdmin, places: &[Place], asked: Option<i64>, words: &Words) -> FilterRow {
    let is_open = |id| places.iter().any(|place| place.id == id);
    FilterRow {
        id: it.id.0,
        version: it.version,
        position: 0,
        is_last: false,
        title: it.name.clone(),
        about: about(it, words),
        category: it.place().unwrap_or_default(),
        is_category_closed: it.category_id.is_some_and(|id| !is_open(id)),
        is_quarantine: it.outcome == Outcome::Quarantine,
        is_active: it.is_active,
        met: it.met,
        form: form_of(it),
        faults: Faults::default(),
        conflict: None,
        is_asked: asked == Some(it.id.0),
    }
}

/// What stands in the menus of a rule, in words: which letters, which category.
pub fn chosen(view: &FiltersPage, id: FilterId, words: &Words) -> [String; 2] {
    let Some(row) = view.rows.iter().find(|row| row.id == id.0) else {
        return [String::new(), String::new()];
    };
    let source = view.sources.iter().find(|it| it.code == row.form.source);
    let source = source.map_or_else(|| words.say("filters-any").to_owned(), |it| it.name.clone());
    let category = match row.category.as_str() {
        "" => words.say("filters-own-category").to_owned(),
        category => category.to_owned(),
    };
    [source, category]
}

/// What somebody else saved meanwhile, where it differs from what was typed.
pub fn conflict(
    row: &FilterRow,
    typed: &FilterForm,
    [source, category]: [String; 2],
    words: &Words,
) -> Conflict {
    let stands = &row.form;
    let menu = |label, differs: bool, value: String| differs.then_some(Standing { label, value });
    let yes = |label, stands: bool, typed: bool| {
        let key = if stands {
            "inspector-yes"
        } else {
            "inspector-no"
        };
        (stands != typed).then(|| Standing {
            label,
            value: words.say(key).to_owned(),
        })
    };
    let values = [
        views::differs("filters-name", &stands.name, &typed.name),
        menu("filters-source", stands.source != typed.source, source),
        views::differs("filters-senders", &stands.senders, &typed.senders),
        views::differs("filters-words", &stands.words, &typed.words),
        views::differs(
            "filters-header-name",
            &stands.header_name,
            &typed.header_name,
        ),
        views::differs(
            "filters-header-words",
            &stands.header_words,
            &typed.header_words,
        ),
        views::differs("filters-size-over", &stands.size_over, &typed.size_over),
        yes("filters-needs-file", stands.needs_file, typed.needs_file),
        menu(
            "filters-outcome",
            stands.outcome != typed.outcome,
            words.say(stands.outcome.key()).to_owned(),
        ),
        menu(
            "filters-category",
            stands.category != typed.category,
            category,
        ),
        views::differs("filters-tags", &stands.tags, &typed.tags),
        yes("filters-active", stands.is_active, typed.is_active),
    ];
    Conflict {
        by: words.say("admin-somebody").to_owned(),
        standing: values.into_iter().flatten().collect(),
    }
}
