//! Markdown, file names, and headers by name.

mod effort;

use effort::measured;
use letter::{file_name, markdown};
use proptest::prelude::*;
use std::time::Duration;

#[test]
fn markdown_reads_like_a_chat() {
    assert_eq!(
        markdown::to_html("one\ntwo\n\nthree"),
        "<p>one<br>\ntwo</p>\n<p>three</p>\n"
    );
    assert_eq!(
        markdown::to_html("**a** ~~b~~ `c`"),
        "<p><strong>a</strong> <del>b</del> <code>c</code></p>\n"
    );
    assert_eq!(
        markdown::to_html("see https://a.example"),
        "<p>see <a href=\"https://a.example\" rel=\"noopener noreferrer nofollow\">https://a.example</a></p>\n"
    );
    let table = markdown::to_html("|a|b|\n|-|-|\n|1|2|\n");
    assert!(
        table.contains("<table>") && table.contains("<td>1</td>"),
        "{table}"
    );
    assert_eq!(
        markdown::to_text("# Title\n\n* one\n* two\n\n> quoted"),
        "Title\n\n- one\n- two\n\n> quoted"
    );
}

#[test]
fn html_in_markdown_is_shown_as_text() {
    let shown = markdown::to_html("<script>alert(1)</script> <b onclick=x>y</b>");
    assert_eq!(
        shown,
        "<p>&lt;script&gt;alert(1)&lt;/script&gt; &lt;b onclick=x&gt;y&lt;/b&gt;</p>\n"
            .replace("<p>&lt;script", "&lt;script")
            .replace("</p>", "")
    );
}

#[test]
fn links_and_images_of_markdown_obey_the_same_rules() {
    for hostile in [
        "[x](javascript:alert(1))",
        "[x](data:text/html,y)",
        "<javascript:alert(1)>",
        "[x]: javascript:alert(1)\n\n[x]",
        "[x](JaVaScRiPt&colon;alert(1))",
    ] {
        let html = markdown::to_html(hostile);
        assert!(
            !html.to_ascii_lowercase().contains("href=\"java") && !html.contains("href=\"data"),
            "{html}"
        );
    }
    let image = markdown::to_html("![plan](https://evil.example/p.png \"t\" onerror=x)");
    assert!(!image.contains("src="), "{image}");
}

#[test]
fn markdown_made_to_be_slow_is_shown_in_under_a_second() {
    for source in [
        "[".repeat(100_000),
        "[a](".repeat(25_000),
        "![".repeat(50_000),
        "]".repeat(100_000),
        "*a_ ".repeat(25_000),
        "**".repeat(50_000),
        "> ".repeat(50_000),
        "- ".repeat(50_000),
        "1. ".repeat(30_000),
        "`".repeat(100_000),
        "~~".repeat(50_000),
        "<".repeat(100_000),
        "&".repeat(100_000),
        "|a".repeat(50_000) + "\n" + &"|-".repeat(50_000),
        format!(
            "|{}\n|{}\n{}",
            "a|".repeat(90),
            "-|".repeat(90),
            "|b\n".repeat(30_000)
        ),
        "a\n".repeat(50_000),
        "[a]: b\n".repeat(14_000),
        "[a][b]".repeat(16_000),
        "\\".repeat(100_000),
        "a@".repeat(50_000),
        "www.".repeat(25_000),
        "http://".repeat(14_000),
        (0..400)
            .map(|depth| format!("{}- x\n", " ".repeat(depth)))
            .collect::<String>(),
        "* a\n ".repeat(20_000),
        "``` \n".repeat(20_000),
        "_a".repeat(50_000),
        "(".repeat(100_000),
    ] {
        let (html, took) = measured(|| markdown::to_html(&source));
        assert!(
            took < Duration::from_secs(1),
            "{took:?} for {:?}",
            source.chars().take(20).collect::<String>()
        );
        assert!(!html.is_empty());
    }
}

#[test]
fn file_names_are_fit_to_show_and_to_save() {
    for (written, clean) in [
        ("plan.pdf", "plan.pdf"),
        ("../../../etc/passwd", "passwd"),
        ("..\\..\\win.ini", "win.ini"),
        ("/etc/x", "x"),
        ("C:\\x\\y.exe", "y.exe"),
        ("a\0b.txt", "ab.txt"),
        ("a\r\nSet-Cookie: x.txt", "aSet-Cookie_ x.txt"),
        ("", "file"),
        (".", "file"),
        ("...", "file"),
        (" . ", "file"),
        ("../", "file"),
        ("CON", "_CON"),
        ("con.txt", "_con.txt"),
        ("Aux.tar.gz", "_Aux.tar.gz"),
        ("lpt1 .txt", "_lpt1 .txt"),
        ("console.log", "console.log"),
        ("trailing. . ", "trailing"),
        (".htaccess", "htaccess"),
        (".ht\u{200b}access", "htaccess"),
        ("\u{200b}.php", "php"),
        ("inno\u{202e}cod.exe", "innocod.exe"),
        ("été 🦊.png", "été 🦊.png"),
        ("a\"b<c>d|e?f*g.txt", "a_b_c_d_e_f_g.txt"),
        ("%2e%2e%2fx", "%2e%2e%2fx"),
        ("x\u{2215}..\u{2215}y", "y"),
        ("a\u{a0}b.txt", "a b.txt"),
        ("photo.jpg::$DATA", "photo.jpg__$DATA"),
    ] {
        assert_eq!(file_name::clean(written), clean, "{written:?}");
    }
    let long = file_name::clean(&("n".repeat(300) + ".docx"));
    assert_eq!(long.chars().count(), 120);
    assert!(long.ends_with("n.docx"));
    assert_eq!(file_name::clean(&"é".repeat(300)).chars().count(), 120);
    // Cut where a dot stands, it would end with one.
    let cut = file_name::clean(&("n".repeat(119) + ".this is no ending"));
    assert_eq!(cut, "n".repeat(119));
}

proptest! {
    #[test]
    fn no_name_escapes_and_cleaning_is_done_once(name in any::<String>()) {
        let clean = file_name::clean(&name);
        prop_assert!(!clean.is_empty() && clean.chars().count() <= 121);
        prop_assert!(!clean.contains(['/', '\\', '\0', '\n', '\r', '"', ':']) && !clean.starts_with('.') && !clean.ends_with(['.', ' ']), "{}", clean);
        prop_assert_eq!(file_name::clean(&clean), clean);
    }

    #[test]
    fn markdown_of_anything_is_safe_already(text in any::<String>()) {
        let html = markdown::to_html(&text);
        prop_assert_eq!(letter::html::safe(&html), html);
    }
}

#[test]
fn a_table_of_any_sensible_size_stays_a_table() {
    let head = format!("|{}\n|{}\n", "a|".repeat(20), "-|".repeat(20));
    let table = |rows: usize| markdown::to_html(&(head.clone() + &"|b\n".repeat(rows)));
    assert!(table(500).contains("<table>"));
    assert!(
        !table(5_000).contains("<table>"),
        "filled up to 100,000 cells"
    );
    let log = "| 12:00:01 | started | ok |\n".repeat(3_000);
    assert!(markdown::to_html(&log).contains("started"));
}

#[test]
fn headers_are_found_by_any_name_and_no_more_of_them_than_anybody_needs() {
    let letter = b"Subject: one\r\nX-Spam-Flag:\r\n  YES,\r\n\tscore=7\r\nx-team: =?utf-8?q?P=C3=A9age?=\r\nX-Spam-Flag: no\r\n\r\nX-Team: body\r\n";
    let found = letter::header::named(letter, &["x-spam-flag", "x-team", "x-other"]);
    let found: Vec<(&str, &str)> = found.iter().map(|(n, v)| (&**n, &**v)).collect();
    let expected = [
        ("x-spam-flag", "YES, score=7"),
        ("x-team", "Péage"),
        ("x-spam-flag", "no"),
    ];
    assert_eq!(found, expected);
    let many = [b"X-A: b\r\n".repeat(1000), b"X-B: c\r\n\r\n".to_vec()].concat();
    assert_eq!(letter::header::named(&many, &["x-a", "x-b"]).len(), 21);
    let long = [
        b"X-A: ".to_vec(),
        b"b".repeat(64 * 1024),
        b"\r\n\r\n".to_vec(),
    ]
    .concat();
    assert!(letter::header::named(&long, &["x-a"])[0].1.len() <= 16 * 1024);
    assert!(letter::header::named(b"", &["x-a"]).is_empty());
}
