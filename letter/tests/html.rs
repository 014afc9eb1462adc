//! HTML from strangers, in published ways of getting script past a filter.

mod framed;
mod harmless;

use framed::is_harmless_in_a_frame;
use harmless::is_harmless;
use letter::html::{Pictures, safe, to_text};

/// Payloads from the published cheat sheets and from the filters that failed before ours.
const PAYLOADS: &[&str] = &[
    "<script>alert(1)</script>",
    "<SCRIPT SRC=//evil.example/x.js></SCRIPT>",
    "<scr<script>ipt>alert(1)</scr</script>ipt>",
    "<script/xss src=//evil.example></script>",
    "<script\n>alert(1)</script\n>",
    "<<SCRIPT>alert(1);//<</SCRIPT>",
    "<script>alert(1)",
    "<img src=x onerror=alert(1)>",
    "<IMG SRC=\"javascript:alert(1)\">",
    "<img src=`javascript:alert(1)`>",
    "<img/src='x'/onerror='alert(1)'>",
    "<img src=x:alert(alt) onerror=eval(src) alt=0>",
    "<img \"\"\"><script>alert(1)</script>\">",
    "<img srcset=\"//evil.example/a.png 1x\" alt=x>",
    "<picture><source srcset=//evil.example/a.png><img src=//evil.example/b.png alt=x></picture>",
    "<svg onload=alert(1)>",
    "<svg/onload=alert(1)//",
    "<svg><script>alert(1)</script></svg>",
    "<svg><style><img src=x onerror=alert(1)></style></svg>",
    "<svg><a xlink:href=\"javascript:alert(1)\"><text>x</text></a></svg>",
    "<svg><animate onbegin=alert(1) attributeName=x></svg>",
    "<svg><use href=\"data:image/svg+xml,<svg id=x onload=alert(1)>#x\"/></svg>",
    "<math><mi//xlink:href=\"data:x,<script>alert(1)</script>\">",
    "<math><annotation-xml encoding=\"text/html\"><style><img src=x onerror=alert(1)></style></annotation-xml></math>",
    "<math><mtext><table><mglyph><style><!--</style><img title=\"--&gt;&lt;img src=1 onerror=alert(1)&gt;\">",
    "<form><math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>",
    "<noscript><p title=\"</noscript><img src=x onerror=alert(1)>\"></noscript>",
    "<template><img src=x onerror=alert(1)></template>",
    "<textarea><script>alert(1)</script></textarea><img src=x onerror=alert(1)>",
    "<title></title><img src=x onerror=alert(1)>",
    "<xmp><p title=\"</xmp><img src=x onerror=alert(1)>\"></xmp>",
    "<noembed><img src=x onerror=alert(1)></noembed>",
    "<plaintext><img src=x onerror=alert(1)>",
    "<iframe src=javascript:alert(1)></iframe>",
    "<iframe srcdoc=\"<script>alert(1)</script>\"></iframe>",
    "<object data=javascript:alert(1)></object>",
    "<embed src=//evil.example/x.swf>",
    "<applet code=x></applet>",
    "<a href=javascript:alert(1)>x</a>",
    "<a href=\"JaVaScRiPt:alert(1)\">x</a>",
    "<a href=\"java\tscript:alert(1)\">x</a>",
    "<a href=\"java&#x0A;script:alert(1)\">x</a>",
    "<a href=\"&#106;&#97;&#118;&#97;&#115;&#99;&#114;&#105;&#112;&#116;&#58;alert(1)\">x</a>",
    "<a href=\" &#14;  javascript:alert(1)\">x</a>",
    "<a href=\"javascript&colon;alert(1)\">x</a>",
    "<a href=\"data:text/html,<script>alert(1)</script>\">x</a>",
    "<a href=\"data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==\">x</a>",
    "<a href=vbscript:msgbox(1)>x</a>",
    "<a href=\"blob:https://evil.example/1\">x</a>",
    "<a href=\"file:///etc/passwd\">x</a>",
    "<a href=\"//evil.example\" onclick=alert(1)>x</a>",
    "<a href=\"https://ok.example\" target=_top onmouseover=alert(1) style=\"position:fixed\">x</a>",
    "<a href='https://ok.example/\"onmouseover=alert(1) x=\"'>x</a>",
    "<body onload=alert(1) background=//evil.example/a.png>",
    "<div style=\"background:url(javascript:alert(1))\">x</div>",
    "<div style=\"position:fixed;top:0;z-index:99999\">x</div>",
    "<div style=\"width:expression(alert(1))\">x</div>",
    "<style>@import '//evil.example/x.css';</style>",
    "<style>li{list-style-image:url(javascript:alert(1))}</style><ul><li>x",
    "<link rel=stylesheet href=//evil.example/x.css>",
    "<link rel=icon href=//evil.example/x.ico>",
    "<meta http-equiv=refresh content=\"0;url=javascript:alert(1)\">",
    "<base href=\"javascript:alert(1)//\">",
    "<form action=javascript:alert(1)><input type=submit></form>",
    "<form><button formaction=javascript:alert(1)>x</button></form>",
    "<input type=image src=//evil.example/a.png onfocus=alert(1) autofocus>",
    "<isindex action=javascript:alert(1) type=image>",
    "<video poster=//evil.example/a.png src=//evil.example/a.mp4 onerror=alert(1)></video>",
    "<audio src=x onerror=alert(1)>",
    "<details open ontoggle=alert(1)>x</details>",
    "<marquee onstart=alert(1)>x</marquee>",
    "<table background=javascript:alert(1)><td background=//evil.example/a.png>x</td></table>",
    "<bgsound src=javascript:alert(1)>",
    "<frameset onload=alert(1)><frame src=javascript:alert(1)></frameset>",
    "<layer src=//evil.example></layer>",
    "<!--><img src=x onerror=alert(1)>-->",
    "<!-- --!><img src=x onerror=alert(1)> -->",
    "<!--[if gte IE 4]><script>alert(1)</script><![endif]-->",
    "<![CDATA[<img src=x onerror=alert(1)>]]>",
    "<?xml version=\"1.0\"?><x:script xmlns:x=\"http://www.w3.org/1999/xhtml\">alert(1)</x:script>",
    "<img src=\"cid:a\" onerror=alert(1)>",
    "<img src='cid:a\"onerror=alert(1) x=\"' alt='\"><script>alert(1)</script>'>",
    "<img src=\"cid:a&quot; onerror=&quot;alert(1)\">",
    "<p title=\"--><script>alert(1)</script>\">x</p>",
    "<a title=\"</a><img src=x onerror=alert(1)>\" href=\"https://ok.example\">x</a>",
    "<img alt=\"&lt;script&gt;alert(1)&lt;/script&gt;\" src=//evil.example>",
    "\u{0}<scr\u{0}ipt>alert(1)</scr\u{0}ipt>",
    "<img src=x on\u{0}error=alert(1)>",
    "<a id=x tabindex=1 onfocus=alert(1)>x</a>",
    "<p id=location name=cookie class=admin data-action=delete>x</p>",
    "<portal src=//evil.example></portal>",
    "<dialog open onclose=alert(1)>x</dialog>",
];

#[test]
fn the_check_itself_sees_what_is_harmful() {
    for harmful in [
        "<script>",
        "<img src=\"//evil\">",
        "<p onclick=\"x\">",
        "<a href=\"javascript:x\">",
        "<p style=\"x\">",
    ] {
        assert!(!is_harmless(harmful), "{harmful}");
    }
    assert!(is_harmless(
        "<p>x</p><a href=\"https://a.example\" rel=\"nofollow\">y</a>"
    ));
}

#[test]
fn no_known_payload_leaves_script_handlers_or_remote_content() {
    assert!(PAYLOADS.len() >= 60);
    for payload in PAYLOADS {
        let once = safe(payload);
        assert!(is_harmless(&once), "{payload}\n{once}");
        assert_eq!(
            safe(&once),
            once,
            "what is safe is left as it is: {payload}"
        );
    }
}

#[test]
fn payloads_inside_each_other_leave_nothing_either() {
    for outer in PAYLOADS {
        for inner in PAYLOADS.iter().step_by(7) {
            let middle = outer
                .char_indices()
                .nth(outer.chars().count() / 2)
                .map_or(0, |(at, _)| at);
            let mixed = format!("{}{inner}{}", &outer[..middle], &outer[middle..]);
            let once = safe(&mixed);
            assert!(is_harmless(&once), "{mixed}\n{once}");
        }
    }
}

/// The bodies that `cargo xtask hostile` sends and opens in a browser (MIME-03).
#[test]
fn no_hostile_body_leaves_script_handlers_or_remote_content() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("hostile");
    let files = std::fs::read_dir(folder).expect("they are there");
    let mut looked_at = 0;
    for path in files.map(|it| it.expect("a readable folder").path()) {
        let body = String::from_utf8(std::fs::read(&path).expect("readable")).expect("UTF-8");
        let once = safe(&body);
        assert!(is_harmless(&once), "{}\n{once}", path.display());
        assert_eq!(safe(&once), once, "{}", path.display());
        for are_remote_shown in [false, true] {
            let (framed, _) = in_a_frame(&body, are_remote_shown);
            let is_harmless = is_harmless_in_a_frame(&framed, are_remote_shown);
            assert!(is_harmless, "{}\n{framed}", path.display());
        }
        looked_at += 1;
    }
    assert!(looked_at >= 80, "{looked_at}");
}

/// As a desk shows it whose host is `desk.example`, with one attached picture.
fn in_a_frame(html: &str, are_remote_shown: bool) -> (String, usize) {
    let attached = |id: &str| (id == "a@b").then(|| "data:image/png;base64,AA==".to_owned());
    let pictures = Pictures {
        attached: &attached,
        are_remote_shown,
        own_host: "desk.example",
    };
    letter::html::framed(&[html.to_owned()], pictures)
}

#[test]
fn no_known_payload_does_anything_in_a_frame() {
    for payload in PAYLOADS {
        for are_remote_shown in [false, true] {
            let (framed, _) = in_a_frame(payload, are_remote_shown);
            let is_harmless = is_harmless_in_a_frame(&framed, are_remote_shown);
            assert!(is_harmless, "{payload}\n{framed}");
        }
    }
    for harmful in [
        "<img src=\"http://evil\">",
        "<p style=\"background:url(x)\">",
        "<script>",
        "<img src=\"data:text/html,x\">",
    ] {
        assert!(!is_harmless_in_a_frame(harmful, true), "{harmful}");
    }
    assert!(!is_harmless_in_a_frame(
        "<img src=\"https://shop.example/a.png\">",
        false
    ));
}

#[test]
fn a_frame_shows_how_a_letter_looked_and_other_hosts_pictures_when_they_are_asked_for() {
    let html = "<table width=600 bgcolor=#eee><tr><td style='color:#c00;background:url(//evil);padding:4px' align=center>Sale \
        <img src=https://shop.example/a.png alt=Shoes width=300 onload=x><img src=cid:a@b><img src=https://desk.example/logout>\
        <img src=http://shop.example/pixel.gif></td></tr></table>";
    let (closed, met) = in_a_frame(html, false);
    assert_eq!(met, 2, "{closed}");
    assert!(
        closed.contains("width=\"600\"") && closed.contains("bgcolor=\"#eee\""),
        "{closed}"
    );
    assert!(
        closed.contains("<span>Shoes</span>")
            && closed.contains("src=\"data:image/png;base64,AA==\""),
        "{closed}"
    );
    assert!(
        !closed.contains("shop.example") && !closed.contains("evil") && !closed.contains("logout"),
        "{closed}"
    );
    let (open, _) = in_a_frame(html, true);
    assert!(
        open.contains("src=\"https://shop.example/a.png\"")
            && open.contains("src=\"https://shop.example/pixel.gif\""),
        "{open}"
    );
    assert!(
        !open.contains("desk.example") && !open.contains("evil"),
        "{open}"
    );
    let (styled, _) = in_a_frame(
        "<p style=\"color:#c00; position:fixed; font-weight:bold\">x</p><a href=\"https://a.example\">y</a>",
        false,
    );
    assert!(
        styled.contains("color:#c00")
            && styled.contains("font-weight:bold")
            && !styled.contains("position"),
        "{styled}"
    );
    assert!(styled.contains("target=\"_blank\""), "{styled}");
}

/// A parser puts `tbody` around rows, which made what was within deeper each time it was read.
#[test]
fn what_is_as_deep_as_may_be_stays_as_deep_the_second_time() {
    for table in [
        "<table>",
        "<table><tr>",
        "<table><td>",
        "<table><thead><th>",
    ] {
        for depth in 90..110 {
            let before = format!("{}{table}{}x", "<div>".repeat(9), "<div>".repeat(depth));
            let around = format!("{}{table}x<tr><td>y<td>z", "<div>".repeat(depth));
            for html in [before, around] {
                let once = safe(&html);
                assert_eq!(safe(&once), once, "{table} {depth}");
            }
        }
    }
}

#[test]
fn a_picture_called_by_what_nobody_sees_is_left_out_at_once() {
    for nothing in ["\u{f}", " \u{1}&#2; ", "&#32;&#9;"] {
        let once = safe(&format!("<img alt=x><img alt='{nothing}'>"));
        assert_eq!(once, "<img alt=\"x\">", "{nothing:?}");
    }
}

/// Written again it is four times as long.
#[test]
fn a_long_address_full_of_brackets_is_kept_the_second_time_too() {
    let address = format!("https://a.example/{}", "<'\">".repeat(400));
    let link = address.replace('"', "&quot;");
    for html in [
        format!("<a href=\"{link}\" title=\"{link}\">x</a>"),
        format!("<img src=\"cid:x\" alt=\"{link}\">"),
    ] {
        let once = safe(&html);
        assert!(once.contains("https://a.example/"), "{once}");
        assert_eq!(safe(&once), once);
    }
}

#[test]
fn links_carry_their_warning_and_images_lose_their_source() {
    assert_eq!(
        safe("<a href=\"https://a.example/?x=1&y=2\">a</a>"),
        "<a href=\"https://a.example/?x=1&amp;y=2\" rel=\"noopener noreferrer nofollow\">a</a>"
    );
    assert_eq!(
        safe("<img src=\"https://a.example/p.png\" alt=\"Plan\">"),
        "<img alt=\"Plan\">"
    );
    assert_eq!(safe("<img src=\"https://a.example/p.png\">"), "");
    assert_eq!(
        safe("<img src=\"CID:x@y\">"),
        "<img data-cid=\"x@y\" alt=\"\">"
    );
}

#[test]
fn tangled_markup_comes_out_balanced_with_its_words() {
    assert_eq!(safe("<b><p>one</b> two"), "<b><p>one</p></b> two");
    assert_eq!(
        safe("<ul><li>one<li>two</ul>three"),
        "<ul><li>one</li><li>two</li></ul>three"
    );
    assert_eq!(
        safe("<p>one<p>two<div>three"),
        "<p>one</p><p>two</p><div>three</div>"
    );
    assert_eq!(safe("1 < 2 && 3 > 2"), "1 &lt; 2 &amp;&amp; 3 &gt; 2");
    assert_eq!(
        safe("<table><tr><td>a<td>b<tr><td>c</table>"),
        "<table><tbody><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></tbody></table>"
    );
}

#[test]
fn text_of_html_reads_like_a_typed_mail() {
    assert_eq!(
        to_text("<p>Hello,</p><p>second&nbsp;line<br>third &lt;tag&gt;</p>"),
        "Hello,\n\nsecond\u{a0}line\nthird <tag>"
    );
    assert_eq!(
        to_text("a<blockquote>b<blockquote>c</blockquote></blockquote>d"),
        "a\n\n> b\n>\n>> c\n\nd"
    );
    assert_eq!(
        to_text("see <a href=\"https://a.example/x\">the page</a>"),
        "see the page <https://a.example/x>"
    );
    assert_eq!(
        to_text("<a href=\"https://a.example/\">https://a.example</a>"),
        "https://a.example"
    );
    assert_eq!(
        to_text("<a href=\"mailto:a@b.example\">a@b.example</a>"),
        "a@b.example"
    );
    assert_eq!(to_text("<pre>a\n  b\n\nc</pre>"), "a\n  b\n\nc");
    assert_eq!(
        to_text("<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>"),
        "a  b\nc"
    );
    assert_eq!(
        to_text("1 &#60; 2 &#x26; &euro; &unknown; AT&T &copy=1"),
        "1 < 2 & \u{20ac} &unknown; AT&T &copy=1"
    );
    assert_eq!(to_text("<div>a</div><div><br></div><div>b</div>"), "a\n\nb");
}
