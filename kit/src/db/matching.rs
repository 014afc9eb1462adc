//! What is looked for in an index of full text, in each engine's language.
//!
//! [`Matching`] holds words of letters and digits, and `·`, as `full_text.rs` keeps them.

use super::full_text::GAP;
use super::{Engine, Query, Value};

/// More questions at once would be ever other statements for PostgreSQL to plan.
const MOST_QUESTIONS: usize = 3;

/// What is looked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Matching {
    /// Documents with this word.
    Word(String),
    /// Documents with a word that begins so.
    Prefix(String),
    /// Documents with these words one after the other.
    Phrase(Vec<String>),
    /// Documents that every part finds; none when there is no part.
    All(Vec<Matching>),
    /// Documents that any part finds; none when there is no part.
    Any(Vec<Matching>),
    /// Documents that the first finds and the second does not.
    Without(Box<Matching>, Box<Matching>),
}

impl Matching {
    /// What it looks for, without asking in which order words stand: finds all that it finds, and perhaps more.
    /// None when it asks for no order.
    pub fn without_order(&self) -> Option<Matching> {
        fn all(parts: &[Matching]) -> Option<Vec<Matching>> {
            let loose: Vec<Option<Matching>> = parts.iter().map(Matching::without_order).collect();
            let is_any = loose.iter().any(Option::is_some);
            let each = parts.iter().zip(loose);
            let each = each.map(|(part, loose)| loose.unwrap_or_else(|| part.clone()));
            is_any.then(|| each.collect())
        }
        match self {
            Matching::Word(_) | Matching::Prefix(_) => None,
            Matching::Phrase(words) => Some(Matching::All(
                words.iter().cloned().map(Matching::Word).collect(),
            )),
            Matching::All(parts) => all(parts).map(Matching::All),
            Matching::Any(parts) => all(parts).map(Matching::Any),
            // Nothing may be left out for words that only stand in another order.
            Matching::Without(those, these) => match (those.without_order(), these.without_order())
            {
                (None, None) => None,
                (Some(loose), None) => Some(Matching::Without(Box::new(loose), these.clone())),
                (loose, Some(_)) => Some(loose.unwrap_or_else(|| (**those).clone())),
            },
        }
    }

    /// The questions that together ask for it. PostgreSQL goes through each list of a question that is shorter than the
    /// others, however long all those of an "or" are together; what is asked beside it, it only looks up in them. So
    /// each "or" is a question of its own, which takes half as long, or less (decision 0016).
    fn texts(&self, engine: Engine) -> Vec<String> {
        fn flat<'a>(what: &'a Matching, wanted: &mut Vec<&'a Matching>, not: &mut Vec<Matching>) {
            match what {
                Matching::All(parts) if !parts.is_empty() => {
                    parts.iter().for_each(|part| flat(part, wanted, not));
                }
                Matching::Without(those, these) => {
                    flat(those, wanted, not);
                    not.push((**these).clone());
                }
                other => wanted.push(other),
            }
        }
        if engine == Engine::Sqlite {
            return vec![self.text(engine)];
        }
        let (mut wanted, mut not) = (vec![], vec![]);
        flat(self, &mut wanted, &mut not);
        let is_any = |part: &&Matching| matches!(part, Matching::Any(_));
        let (mut alone, mut together): (Vec<&Matching>, Vec<&Matching>) =
            wanted.into_iter().partition(is_any);
        together.extend(alone.split_off(alone.len().min(MOST_QUESTIONS)));
        // What is left out is left out of something: by itself it would be the whole index but that.
        if together.is_empty() && !not.is_empty() {
            together.extend(alone.pop());
        }
        let mut questions = vec![];
        if !together.is_empty() {
            let together = Matching::All(together.into_iter().cloned().collect());
            let question = if not.is_empty() {
                together
            } else {
                Matching::Without(Box::new(together), Box::new(Matching::Any(not)))
            };
            questions.push(question.text(engine));
        }
        questions.extend(alone.into_iter().map(|part| part.text(engine)));
        questions
    }

    /// In the engine's language. Words were cleaned when they were analysed; whatever else reaches
    /// this place is dropped, so that no text is an operator.
    fn text(&self, engine: Engine) -> String {
        let clean = |word: &str| -> String {
            let kept = word.chars().filter(|c| c.is_alphanumeric() || *c == '·');
            match kept.collect::<String>() {
                nothing if nothing.is_empty() => GAP.to_owned() + GAP,
                word => word,
            }
        };
        let join = |parts: &[Matching], by: &str| match parts {
            [] => Matching::Word(String::new()).text(engine),
            parts => {
                let parts: Vec<String> = parts.iter().map(|p| p.text(engine)).collect();
                format!("({})", parts.join(by))
            }
        };
        match (self, engine) {
            (Matching::Word(word), Engine::Sqlite) => format!("\"{}\"", clean(word)),
            (Matching::Word(word), Engine::Postgres) => format!("'{}'", clean(word)),
            (Matching::Prefix(word), Engine::Sqlite) => format!("\"{}\" *", clean(word)),
            (Matching::Prefix(word), Engine::Postgres) => format!("'{}':*", clean(word)),
            (Matching::Phrase(words), Engine::Sqlite) => {
                let words: Vec<String> = words.iter().map(|w| clean(w)).collect();
                format!("\"{}\"", words.join(" "))
            }
            (Matching::Phrase(words), Engine::Postgres) => {
                let words: Vec<String> = words.iter().map(|w| format!("'{}'", clean(w))).collect();
                format!("({})", words.join(" <-> "))
            }
            (Matching::All(parts), Engine::Sqlite) => join(parts, " AND "),
            (Matching::All(parts), Engine::Postgres) => join(parts, " & "),
            (Matching::Any(parts), Engine::Sqlite) => join(parts, " OR "),
            (Matching::Any(parts), Engine::Postgres) => join(parts, " | "),
            (Matching::Without(those, these), Engine::Sqlite) => {
                format!("({} NOT {})", those.text(engine), these.text(engine))
            }
            (Matching::Without(those, these), Engine::Postgres) => {
                format!("({} & !{})", those.text(engine), these.text(engine))
            }
        }
    }
}

impl Query {
    /// Says what is looked for at the marker `{words:index alias}`, which names an index of
    /// [`super::tables::INDEXES`].
    pub fn matching(mut self, engine: Engine, what: &Matching) -> Query {
        let Some(at) = self.text.find("{words:") else {
            return self;
        };
        let Some(length) = self.text[at..].find('}') else {
            return self;
        };
        let marker = &self.text[at + "{words:".len()..at + length];
        let (index, alias) = marker.split_once(' ').unwrap_or((marker, marker));
        let mut conditions = vec![];
        for text in what.texts(engine) {
            self.args.push(Value::from(text));
            let place = self.args.len();
            // SQLite asks the index by its own name, PostgreSQL its column; there the question is read
            // once, not for each row that it is put to.
            conditions.push(match engine {
                Engine::Sqlite => format!("{alias}.{index} MATCH ${place}"),
                Engine::Postgres => {
                    format!("{alias}.terms @@ (SELECT CAST(CAST(${place} AS TEXT) AS tsquery))")
                }
            });
        }
        self.text
            .replace_range(at..=at + length, &conditions.join(" AND "));
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::db::sql::{every_scoped_table_is_marked, names_scoped_table};

    fn word(text: &str) -> Matching {
        Matching::Word(text.to_owned())
    }

    #[test]
    fn each_engine_is_asked_in_its_own_words() {
        let phrase = Matching::Phrase(vec!["mis".to_owned(), "jour".to_owned()]);
        let all = Matching::All(vec![word("écran"), Matching::Prefix("noi".to_owned())]);
        let both = Matching::Without(Box::new(all), Box::new(Matching::Any(vec![phrase])));
        assert_eq!(
            both.text(Engine::Sqlite),
            "((\"écran\" AND \"noi\" *) NOT (\"mis jour\"))"
        );
        assert_eq!(
            both.text(Engine::Postgres),
            "(('écran' & 'noi':*) & !(('mis' <-> 'jour')))"
        );
    }

    #[test]
    fn each_or_is_a_question_of_its_own_for_postgres() {
        let any = |a: &str, b: &str| Matching::Any(vec![word(a), word(b)]);
        let inner = Matching::All(vec![word("écran"), any("c", "d")]);
        let both = Matching::All(vec![any("a", "b"), inner, word("noir")]);
        assert_eq!(
            both.texts(Engine::Postgres),
            ["('écran' & 'noir')", "('a' | 'b')", "('c' | 'd')"]
        );
        assert_eq!(both.texts(Engine::Sqlite), [both.text(Engine::Sqlite)]);
        assert_eq!(any("a", "b").texts(Engine::Postgres), ["('a' | 'b')"]);
        let five = Matching::All(vec![any("a", "b"); 5]);
        assert_eq!(five.texts(Engine::Postgres).len(), 1 + MOST_QUESTIONS);
        let without = |those: Matching| Matching::Without(Box::new(those), Box::new(word("x")));
        let left_out = Matching::All(vec![without(both), any("e", "f")]);
        assert_eq!(
            left_out.texts(Engine::Postgres),
            [
                "(('écran' & 'noir') & !('x'))",
                "('a' | 'b')",
                "('c' | 'd')",
                "('e' | 'f')"
            ]
        );
        assert_eq!(
            without(any("a", "b")).texts(Engine::Postgres),
            ["((('a' | 'b')) & !('x'))"]
        );
        // What finds nothing finds nothing among others, too.
        let nothing = Matching::All(vec![]);
        let with = Matching::All(vec![word("a"), nothing.clone()]);
        assert_eq!(nothing.texts(Engine::Postgres), ["('··')"]);
        assert_eq!(with.texts(Engine::Postgres), ["('a' & '··')"]);
    }

    #[test]
    fn without_order_nothing_less_is_found() {
        let phrase = Matching::Phrase(vec!["mis".to_owned(), "jour".to_owned()]);
        let both = Matching::All(vec![word("mis"), word("jour")]);
        assert_eq!(word("mis").without_order(), None);
        assert_eq!(phrase.without_order(), Some(both.clone()));
        let all = |parts: Vec<Matching>| Matching::All(parts);
        assert_eq!(
            all(vec![word("a"), phrase.clone()]).without_order(),
            Some(all(vec![word("a"), both.clone()]))
        );
        let without = |a: &Matching, b: &Matching| {
            Matching::Without(Box::new(a.clone()), Box::new(b.clone()))
        };
        assert_eq!(without(&word("a"), &word("b")).without_order(), None);
        assert_eq!(
            without(&phrase, &word("b")).without_order(),
            Some(without(&both, &word("b")))
        );
        assert_eq!(
            without(&word("a"), &phrase).without_order(),
            Some(word("a"))
        );
    }

    #[test]
    fn an_index_is_named_only_beside_its_table_and_for_somebody() {
        let beside = "FROM search_index x CROSS JOIN search_documents d";
        assert!(names_scoped_table(beside) && !names_scoped_table("FROM my_search_index_of x"));
        assert!(!every_scoped_table_is_marked(beside));
        let marked = format!("{beside} WHERE {{visible:search_documents d}}");
        assert!(every_scoped_table_is_marked(&marked));
    }

    #[test]
    fn nothing_typed_is_an_operator() {
        for text in ["\" OR \"", "' | '", "a'b\\", "NEAR(a)", "*", ""] {
            let sqlite = word(text).text(Engine::Sqlite);
            assert_eq!(sqlite.matches('"').count(), 2, "{sqlite}");
            assert!(!sqlite.contains(['(', '*', '\\']), "{sqlite}");
            let postgres = word(text).text(Engine::Postgres);
            assert_eq!(postgres.matches('\'').count(), 2, "{postgres}");
            assert!(!postgres.contains(['(', '|', '\\', '*']), "{postgres}");
        }
        assert!(!Matching::All(vec![]).text(Engine::Postgres).is_empty());
    }
}
