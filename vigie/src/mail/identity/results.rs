//! What a trusted receiver wrote at the top of a letter (`Authentication-Results`, RFC 8601). Pure.
//!
//! A stranger may write such a header himself, under whatever name. Believed is only one by the name of a trusted receiver that
//! stands where that receiver writes: above the line by which it says that it took the letter (`Received … by`), or, where it writes
//! below that line, right below it. What stands further down was in the letter when it came.

use super::{Evidence, Policy, domain_of, is_within};

/// How many headers of a letter are looked at: receivers write on top.
const MOST_HEADERS: usize = 100;
/// Microsoft 365 writes no name into its results, right below the line by which it took the letter.
const NAMELESS: &str = "protection.outlook.com";

/// What the trusted receivers found about a letter.
pub fn believed(raw: &[u8], trusted: &[&str]) -> Evidence {
    let headers = letter::header::leading(raw, MOST_HEADERS);
    let mut evidence = Evidence::default();
    for header in standing_right(&headers, trusted) {
        read(&header, &mut evidence);
    }
    evidence
}

/// A header as it was understood: who wrote it, if it says so, and the words of each result.
#[derive(Debug, PartialEq, Eq)]
struct Results {
    by: Option<String>,
    found: Vec<Vec<String>>,
}

/// The headers of trusted receivers, where they stand as those write them.
fn standing_right(headers: &[(String, String)], trusted: &[&str]) -> Vec<Results> {
    let is_trusted = |name: &str| trusted.iter().any(|it| is_within(name, it));
    let received = || (headers.iter().enumerate()).filter(|(_, (name, _))| name == "received");
    let named =
        received().find(|(_, (_, value))| taken_by(value).is_some_and(|by| is_trusted(&by)));
    let is_named = named.is_some();
    // A letter that no server says to have taken is as its sender made it.
    let Some((border, _)) = named.or_else(|| received().next()) else {
        return vec![];
    };
    let may_be_nameless = is_named && trusted.contains(&NAMELESS);
    let is_theirs = |it: &Results| match &it.by {
        Some(by) => trusted.contains(&by.as_str()),
        None => may_be_nameless,
    };
    let of = |some: &[(String, String)]| -> Vec<Results> {
        (some.iter())
            .filter(|(name, _)| name == "authentication-results")
            .filter_map(|(_, value)| understood(value))
            .filter(is_theirs)
            .collect()
    };
    let above = of(&headers[..border]);
    if !above.is_empty() {
        return above;
    }
    let below = &headers[border + 1..];
    let ends = below
        .iter()
        .position(|(name, _)| !matches!(name.as_str(), "authentication-results" | "received-spf"));
    let below = of(&below[..ends.unwrap_or(below.len())]);
    match may_be_nameless {
        // Whoever writes no name writes one header: what follows may be anybody's.
        true => below.into_iter().take(1).collect(),
        false => below,
    }
}

/// The server that says to have taken the letter. What follows the last `by`, because the name its sender gave comes before.
fn taken_by(received: &str) -> Option<String> {
    let parts = statements(received)?;
    let words = parts.first()?;
    let at = words.iter().rposition(|it| it.eq_ignore_ascii_case("by"))?;
    Some(
        words
            .get(at + 1)?
            .trim_end_matches('.')
            .to_ascii_lowercase(),
    )
}

fn understood(value: &str) -> Option<Results> {
    let mut parts = statements(value)?;
    if parts.is_empty() {
        return None;
    }
    let first = parts.remove(0);
    // A name, and after it nothing but a version.
    match first.first() {
        Some(name) if !name.contains('=') && first.len() <= 2 => Some(Results {
            by: Some(name.trim_end_matches('.').to_ascii_lowercase()),
            found: parts,
        }),
        Some(_) => {
            parts.insert(0, first);
            Some(Results {
                by: None,
                found: parts,
            })
        }
        None => None,
    }
}

/// The value between its semicolons, each part as words, without comments and quotes; `None` when either does not end.
fn statements(value: &str) -> Option<Vec<Vec<String>>> {
    let mut parts: Vec<Vec<String>> = vec![];
    let mut words: Vec<String> = vec![];
    let mut word = String::new();
    let mut depth = 0usize;
    let mut is_quoted = false;
    let mut chars = value.chars();
    let end = |word: &mut String, words: &mut Vec<String>| {
        if !word.is_empty() && !word.ends_with('=') {
            words.push(std::mem::take(word));
        }
    };
    while let Some(c) = chars.next() {
        match c {
            '\\' if depth > 0 || is_quoted => {
                let next = chars.next()?;
                if depth == 0 {
                    word.push(next);
                }
            }
            '(' if !is_quoted => depth += 1,
            ')' if depth > 0 => {
                depth -= 1;
                if depth == 0 {
                    end(&mut word, &mut words);
                }
            }
            _ if depth > 0 => {}
            '"' => is_quoted = !is_quoted,
            c if is_quoted => word.push(c),
            ';' => {
                end(&mut word, &mut words);
                word.clear();
                parts.push(std::mem::take(&mut words));
            }
            // “dkim = pass” is one word.
            '=' if word.is_empty() => {
                word = words.pop().unwrap_or_default();
                word.push('=');
            }
            c if c.is_whitespace() => end(&mut word, &mut words),
            c => word.push(c),
        }
    }
    if depth > 0 || is_quoted {
        return None;
    }
    end(&mut word, &mut words);
    if !words.is_empty() {
        parts.push(words);
    }
    Some(parts)
}

/// Adds what one header found.
fn read(results: &Results, evidence: &mut Evidence) {
    for words in &results.found {
        let mut pairs = words.iter().filter_map(|it| it.split_once('='));
        let Some((method, result)) = pairs.next() else {
            continue;
        };
        let method = method.split('/').next().unwrap_or_default();
        let (method, result) = (method.to_ascii_lowercase(), result.to_ascii_lowercase());
        let said: Vec<(String, &str)> = pairs
            .map(|(name, value)| (name.to_ascii_lowercase(), value))
            .collect();
        let property = |wanted: &str| {
            let found = said.iter().find(|(name, _)| name == wanted)?;
            let plain = found.1.trim_end_matches('.').to_ascii_lowercase();
            domain_of(found.1).or((!plain.is_empty() && !plain.contains('@')).then_some(plain))
        };
        match (method.as_str(), result.as_str()) {
            ("dkim", "pass") => {
                (evidence.signed_by).extend(property("header.d").or_else(|| property("header.i")));
            }
            ("spf", "pass") => evidence.sent_by.extend(property("smtp.mailfrom")),
            ("dmarc", "pass" | "fail") => evidence.policy.push(Policy {
                domain: property("header.from"),
                is_kept: result == "pass",
            }),
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Verdict, verdict};
    use super::*;

    const BY: &str = "Received: from out.acme.example by mx.desk.example with ESMTPS; Mon, 23 Nov 2026 12:00:00 +0100";
    const PASS: &str =
        "Authentication-Results: mx.desk.example; dmarc=pass header.from=acme.example";
    const FAIL: &str = "Authentication-Results: mx.desk.example; dmarc=fail (p=none dis=none) header.from=acme.example";

    fn of(headers: &[&str], trusted: &[&str]) -> Verdict {
        let raw = format!(
            "{}\r\nFrom: ca1@acme.example\r\n\r\nHello\r\n",
            headers.join("\r\n")
        );
        verdict("acme.example", &believed(raw.as_bytes(), trusted))
    }

    #[test]
    fn a_header_is_believed_by_its_name_and_its_place() {
        let inner = "Received: from mx.desk.example by store.desk.example with LMTP; Mon, 23 Nov 2026 12:00:01 +0100";
        let strange =
            "Received: from x by relay.evil.example with SMTP; Mon, 23 Nov 2026 11:00:00 +0100";
        let spoken = "Received: from by mx.desk.example by relay.evil.example with SMTP; Mon, 23 Nov 2026 11:00:00 +0100";
        let other = "Authentication-Results: mx.evil.example; dmarc=pass header.from=acme.example";
        let spf =
            "Received-SPF: pass (mx.desk.example: domain of ca1@acme.example) client-ip=192.0.2.1";
        let table: &[(&str, &[&str], Verdict)] = &[
            ("above", &[PASS, BY], Verdict::Proven),
            ("above, and it failed", &[FAIL, BY], Verdict::Forged),
            ("below an inner hop", &[inner, PASS, BY], Verdict::Proven),
            ("right below", &[BY, PASS], Verdict::Proven),
            (
                "below, behind another of the receiver's own",
                &[inner, BY, spf, FAIL],
                Verdict::Forged,
            ),
            ("another's name", &[other, BY], Verdict::Unknown),
            (
                "in the letter, below a stranger's line",
                &[BY, strange, PASS],
                Verdict::Unknown,
            ),
            (
                "in the letter, below a line that only names the receiver",
                &[BY, spoken, PASS],
                Verdict::Unknown,
            ),
            (
                "in the letter, below another header",
                &[BY, "Subject: x", PASS],
                Verdict::Unknown,
            ),
            (
                "in the letter, where the receiver wrote above",
                &[FAIL, BY, PASS],
                Verdict::Forged,
            ),
            (
                "in the letter, where the receiver found nothing",
                &["Authentication-Results: mx.desk.example; none", BY, PASS],
                Verdict::Unknown,
            ),
            ("in a letter that nobody took", &[PASS], Verdict::Unknown),
            (
                "two, one for each method",
                &[
                    "Authentication-Results: mx.desk.example; dkim=pass header.d=acme.example",
                    FAIL,
                    BY,
                ],
                Verdict::Forged,
            ),
            (
                "by a mailing list that changed it",
                &[
                    FAIL,
                    BY,
                    "Authentication-Results: lists.example; dmarc=pass header.from=acme.example",
                ],
                Verdict::Forged,
            ),
        ];
        for (what, headers, expected) in table {
            assert_eq!(of(headers, &["mx.desk.example"]), *expected, "{what}");
        }
        assert_eq!(of(&[PASS, BY], &[]), Verdict::Unknown, "nobody is trusted");
        assert_eq!(
            of(&[PASS, BY], &["desk.example"]),
            Verdict::Unknown,
            "another name"
        );
        let named = PASS.replace("mx.desk.example", "desk.example");
        assert_eq!(
            of(&[inner, &named, BY], &["desk.example"]),
            Verdict::Proven,
            "one name for all its servers"
        );
    }

    #[test]
    fn results_are_read_as_receivers_write_them() {
        let table = [
            (
                "dmarc = pass (p=REJECT sp=NONE) header.from=Acme.Example",
                Verdict::Proven,
            ),
            (
                "dkim=pass header.i=@acme.example header.s=k header.b=abc; spf=softfail smtp.mailfrom=x@evil.example",
                Verdict::Proven,
            ),
            (
                "dkim=pass (2048-bit key; unprotected) header.d=acme.example header.i=@acme.example",
                Verdict::Proven,
            ),
            ("dkim/1=pass header.d=acme.example", Verdict::Proven),
            (
                "spf=pass (desk: domain of a@acme.example designates 192.0.2.1) smtp.mailfrom=a@acme.example",
                Verdict::Proven,
            ),
            ("spf=pass smtp.mailfrom=acme.example", Verdict::Proven),
            ("spf=pass smtp.helo=acme.example", Verdict::Unknown),
            ("dmarc=temperror header.from=acme.example", Verdict::Unknown),
            ("dmarc=none header.from=acme.example", Verdict::Unknown),
            (
                "dmarc=bestguesspass header.from=acme.example",
                Verdict::Unknown,
            ),
            ("dkim=fail header.d=acme.example", Verdict::Unknown),
            ("none", Verdict::Unknown),
            // What a stranger chose stands in comments and quotes.
            (
                "spf=fail smtp.mailfrom=\"x; dmarc=pass header.from=acme.example\"@evil.example; dmarc=fail header.from=acme.example",
                Verdict::Forged,
            ),
            (
                "spf=fail (domain of \\) ; dmarc=pass header.from=acme.example; x) smtp.mailfrom=x@evil.example",
                Verdict::Unknown,
            ),
            (
                "spf=fail (never ends; dmarc=pass header.from=acme.example",
                Verdict::Unknown,
            ),
            (
                "spf=fail smtp.mailfrom=\"never ends; dmarc=pass header.from=acme.example",
                Verdict::Unknown,
            ),
            (
                "spf=pass smtp.mailfrom==?utf-8?q?a=40acme.example?=",
                Verdict::Unknown,
            ),
        ];
        for (said, expected) in table {
            let header = format!("Authentication-Results: mx.desk.example 1;\r\n {said}");
            assert_eq!(of(&[&header, BY], &["mx.desk.example"]), expected, "{said}");
        }
    }

    #[test]
    fn one_that_writes_no_name_is_believed_right_below_its_own_line_alone() {
        let took = "Received: from out.acme.example (192.0.2.1) by AM7.mail.protection.outlook.com (10.0.0.1) with Microsoft SMTP Server; Mon, 23 Nov 2026 12:00:00 +0000";
        let fail = "Authentication-Results: spf=fail (sender IP is 192.0.2.1) smtp.mailfrom=evil.example; dkim=none (message not signed) header.d=none;dmarc=fail action=quarantine header.from=acme.example;compauth=fail reason=000";
        let pass = "Authentication-Results: spf=pass smtp.mailfrom=acme.example; dmarc=pass action=none header.from=acme.example";
        let hop = "Received: from AM7.mail.protection.outlook.com by DB9.prod.outlook.com with HTTPS; Mon, 23 Nov 2026 12:00:01 +0000";
        let trusted = [NAMELESS];
        assert_eq!(of(&[hop, took, pass], &trusted), Verdict::Proven);
        assert_eq!(of(&[hop, took, fail, pass], &trusted), Verdict::Forged);
        assert_eq!(
            of(&[hop, took, "Subject: x", pass], &trusted),
            Verdict::Unknown
        );
        assert_eq!(of(&[BY, pass], &trusted), Verdict::Unknown);
        assert_eq!(
            of(&[hop, took, pass], &["mx.desk.example"]),
            Verdict::Unknown
        );
    }
}
