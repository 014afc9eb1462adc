//! What an agent does with the list: goes through it, ticks, narrows, finds, opens something new.

use super::agent::state;
use super::desk::{Day, Hand};

/// Every step; a failed one is noted and the day goes on.
pub async fn all(day: &mut Day) {
    step!(
        day,
        "goes through the list and opens a ticket",
        goes_through_the_list
    );
    step!(day, "orders the list by who asked", orders);
    step!(day, "gives an action another key", rekeys);
    step!(day, "looks at a ticket without opening it", peeks);
    step!(
        day,
        "ticks tickets, takes them all and undoes it",
        takes_many
    );
    step!(day, "merges what is ticked into the oldest", merges_many);
    step!(day, "narrows the list", narrows);
    step!(day, "finds a ticket by the palette", palette);
    step!(day, "searches for words", searches);
    step!(day, "reads which keys there are", help);
    step!(day, "opens a ticket for somebody", opens_for_somebody);
    step!(
        day,
        "types somebody and takes who is suggested",
        takes_a_suggestion
    );
}

async fn to_list(day: &mut Day, query: &str) -> anyhow::Result<()> {
    let address = format!("{}/tickets?{query}", day.url);
    day.browser.go(&address).await?;
    day.browser.find("[data-row]").await?;
    Ok(())
}

async fn goes_through_the_list(day: &mut Day) -> anyhow::Result<()> {
    day.own_ticket("À retrouver").await?;
    to_list(day, "view=mine").await?;
    match day.hand {
        Hand::Keyboard => day.browser.keys("j j k Enter").await?,
        Hand::Pointer => day.browser.press("[data-row] .subj").await?,
    }
    day.browser.find(".tk").await?;
    let first = day.browser.url().await?;
    day.does("]", "a[rel=next]").await?;
    day.shows(
        "the next ticket of the list",
        &format!("document.querySelector('.tk') && location.href !== {first:?}"),
    )
    .await?;
    day.does("[", "a[rel=prev]").await?;
    day.shows(
        "the first ticket again",
        &format!(
            "document.querySelector('.tk') && location.pathname === new URL({first:?}).pathname"
        ),
    )
    .await
}

/// By the heading, which says the order and turns it.
async fn orders(day: &mut Day) -> anyhow::Result<()> {
    to_list(day, "view=all&sort=-activity").await?;
    for (heading, sort) in [("ascending", "requester"), ("descending", "-requester")] {
        day.presses("th.c-req a").await?;
        day.shows(
            "the list in the order of its requesters",
            &format!(
                "document.querySelector('th.c-req')?.getAttribute('aria-sort') === '{heading}' \
                 && new URLSearchParams(location.search).get('sort') === '{sort}'"
            ),
        )
        .await?;
    }
    to_list(day, "view=all&sort=-activity").await
}

/// Another key does it, the help prints it, and all is as usual afterwards.
async fn rekeys(day: &mut Day) -> anyhow::Result<()> {
    let form = format!("{}/preferences/shortcuts", day.url);
    day.browser.go(&form).await?;
    day.types("#down", "n").await?;
    day.types("#note", "h").await?;
    day.presses("form.form-page .row > button.primary").await?;
    day.shows(
        "the keys kept",
        "document.documentElement.dataset.keymap === 'j=n n=h'",
    )
    .await?;
    to_list(day, "view=all").await?;
    if let Hand::Keyboard = day.hand {
        day.browser.keys("j").await?;
        day.shows(
            "that the former key does nothing",
            "!document.activeElement.matches('.subj')",
        )
        .await?;
        day.browser.keys("n").await?;
        day.shows(
            "the cursor on a row",
            "document.activeElement.matches('.subj')",
        )
        .await?;
        day.browser.keys("?").await?;
        day.shows(
            "the new key in the help",
            "[...document.querySelectorAll('dialog#keys[open] kbd')].some((cap) => cap.textContent === 'N')",
        )
        .await?;
        day.browser.keys("Escape").await?;
    }
    day.browser.go(&form).await?;
    day.presses("button[name=reset]").await?;
    day.shows("the usual keys", "!document.documentElement.dataset.keymap")
        .await
}

async fn peeks(day: &mut Day) -> anyhow::Result<()> {
    to_list(day, "view=mine").await?;
    match day.hand {
        Hand::Keyboard => day.browser.keys("j Space").await?,
        // A pointer opens the ticket itself; looking is for the keyboard.
        Hand::Pointer => return Ok(()),
    }
    day.browser.find("dialog[open]").await?;
    day.browser.keys("Escape").await?;
    day.shows(
        "the list",
        "!document.querySelector('dialog[open]') && document.activeElement.matches('.subj')",
    )
    .await
}

/// Ticks tickets by the pointer, over which alone their boxes show.
async fn tick(day: &mut Day, numbers: &[i64]) -> anyhow::Result<()> {
    for number in numbers {
        let tick = format!("input[name=ticket][value^=\"{number}.\"]");
        let row = format!("[data-row]:has({tick})");
        day.browser.point_at(&row).await?;
        day.browser.press(&tick).await?;
    }
    Ok(())
}

async fn takes_many(day: &mut Day) -> anyhow::Result<()> {
    let first = day.new_ticket("Un de plusieurs").await?;
    let second = day.new_ticket("Un autre de plusieurs").await?;
    to_list(day, "view=unassigned&sort=-number").await?;
    match day.hand {
        Hand::Keyboard => day.browser.keys("j x j Shift+X p").await?,
        Hand::Pointer => {
            tick(day, &[first, second]).await?;
            day.browser.press("#bulk button[value=take]").await?;
        }
    }
    for number in [first, second] {
        day.becomes(number, "in progress", state("in_progress"))
            .await?;
    }
    day.browser.find("[data-toast]").await?;
    day.does("z", "[data-toast] button[aria-keyshortcuts=z]")
        .await?;
    for number in [first, second] {
        day.becomes(number, "free again", state("free")).await?;
    }
    Ok(())
}

async fn merges_many(day: &mut Day) -> anyhow::Result<()> {
    let first = day.own_ticket("Le même, une fois").await?;
    let second = day.own_ticket("Le même, deux fois").await?;
    to_list(day, "view=mine&sort=-number").await?;
    match day.hand {
        Hand::Keyboard => day.browser.keys("j x j Shift+X m").await?,
        Hand::Pointer => {
            tick(day, &[first, second]).await?;
            day.browser.press("#bulk [popovertarget=bulk-more]").await?;
            day.browser.press("#bulk-more button[value=merge]").await?;
        }
    }
    day.presses("form[action=\"/bulk\"] .row button.primary")
        .await?;
    day.becomes(second, "merged", state("merged")).await?;
    let ticket = day.ticket(second).await?;
    anyhow::ensure!(ticket["merged_into"] == first, "merged elsewhere: {ticket}");
    day.browser.find("[data-toast]").await?;
    day.does("z", "[data-toast] button[aria-keyshortcuts=z]")
        .await?;
    day.becomes(second, "given back", state("in_progress"))
        .await
}

async fn narrows(day: &mut Day) -> anyhow::Result<()> {
    to_list(day, "view=all").await?;
    day.does("f", "a[data-panel][aria-keyshortcuts=f]").await?;
    let adder = "dialog.panel[open] details:has(input[name=add][value=priority])";
    day.presses(&format!("{adder} > summary")).await?;
    let box_to_tick = format!("{adder}[open] input[name=v][type=checkbox]");
    match day.hand {
        Hand::Keyboard => {
            day.reaches(&box_to_tick).await?;
            day.browser.keys("Space").await?;
        }
        Hand::Pointer => day.browser.press(&box_to_tick).await?,
    }
    day.presses(&format!("{adder}[open] button.primary"))
        .await?;
    day.shows(
        "the list narrowed by the priority",
        "location.pathname === '/tickets' && location.search.includes('priority')",
    )
    .await
}

async fn palette(day: &mut Day) -> anyhow::Result<()> {
    let number = day.new_ticket("Au fond de la palette").await?;
    to_list(day, "view=all").await?;
    day.does("Control+k", "[data-palette]").await?;
    day.browser.find("dialog.palette[open] input").await?;
    day.browser.types(&format!("#{number}")).await?;
    day.shows(
        "the ticket in the palette",
        &format!("document.querySelector('dialog.palette[open] [role=option]')?.textContent.includes('{number}')"),
    )
    .await?;
    match day.hand {
        Hand::Keyboard => day.browser.keys("Enter").await?,
        Hand::Pointer => {
            day.browser
                .press("dialog.palette[open] [role=option]")
                .await?;
        }
    }
    day.shows(
        "the ticket",
        &format!("location.pathname === '/tickets/{number}'"),
    )
    .await
}

async fn searches(day: &mut Day) -> anyhow::Result<()> {
    to_list(day, "view=all").await?;
    let address = format!("{}/search", day.url);
    day.browser.go(&address).await?;
    day.types("main input[name=q]", "imprimante").await?;
    match day.hand {
        Hand::Keyboard => day.browser.keys("Enter").await?,
        Hand::Pointer => day.browser.press("main form button[type=submit]").await?,
    }
    day.shows(
        "highlighted words",
        "document.querySelectorAll('main mark').length > 0",
    )
    .await
}

async fn help(day: &mut Day) -> anyhow::Result<()> {
    day.own_ticket("Quelles touches ?").await?;
    day.does("?", "[data-dialog=keys]").await?;
    day.shows(
        "the deeds of this page with their keys",
        "document.querySelectorAll('dialog#keys[open] .kr').length > 10",
    )
    .await?;
    day.browser.keys("Escape").await
}

async fn opens_for_somebody(day: &mut Day) -> anyhow::Result<()> {
    to_list(day, "view=all").await?;
    day.does("c", "a[href=\"/tickets/new\"]").await?;
    day.browser.find("form[action=\"/tickets\"]").await?;
    let email = day.requester.email.clone();
    let subject = format!(
        "Ouvert pour quelqu’un, {} {}",
        day.language,
        day.hand.name()
    );
    let form = "form[action=\"/tickets\"]";
    day.types(&format!("{form} [name=requester]"), &email)
        .await?;
    day.chooses_last(&format!("{form} select[name=category]"))
        .await?;
    day.types(&format!("{form} [name=subject]"), &subject)
        .await?;
    day.types(&format!("{form} [name=body]"), "Au téléphone ce matin.")
        .await?;
    day.presses(&format!("{form} .row > button.primary"))
        .await?;
    day.shows("the new ticket", "/^.tickets.\\d+/.test(location.pathname)")
        .await
}

async fn takes_a_suggestion(day: &mut Day) -> anyhow::Result<()> {
    let (name, email) = (day.requester.name.clone(), day.requester.email.clone());
    let address = format!("{}/tickets/new", day.url);
    day.browser.go(&address).await?;
    let field = "[name=requester]";
    // Suggestions come with the focus, and nobody waits for them before typing.
    day.types(field, &name).await?;
    day.browser.find(&format!("{field}[role=combobox]")).await?;
    let option = format!("[role=option][data-value=\"{email}\"]");
    day.browser.find(&option).await?;
    match day.hand {
        Hand::Keyboard => {
            day.shows(
                "that somebody is offered",
                "document.querySelector('[name=requester]').ariaExpanded === 'true'",
            )
            .await?;
            day.browser.keys("Down").await?;
            day.shows(
                "which one is chosen",
                "document.getElementById(document.querySelector('[name=requester]').getAttribute('aria-activedescendant'))",
            )
            .await?;
            day.browser.keys("Enter").await?;
        }
        Hand::Pointer => day.browser.press(&option).await?,
    }
    day.shows(
        "the address in the field, and no list",
        &format!(
            "document.querySelector('[name=requester]').value === '{email}' \
             && document.querySelector('.people-l').hidden"
        ),
    )
    .await
}
