//! The first line `vigie demo --json` and `vigie seed --json` print: addresses and accounts.

use anyhow::Context;
use serde_json::Value;

/// One account of the desk.
#[derive(Clone, Debug, Default)]
pub struct Account {
    /// The name people read.
    pub name: String,
    /// The address, which also signs in.
    pub email: String,
    /// The login name.
    pub login: String,
    /// The password.
    pub password: String,
    /// A token of the API.
    pub token: String,
    /// Such as `owner`, `administrator`, `agent`, `manager`, `viewer` or `portal`.
    pub role: String,
    /// An agent's scope: `global`, `group` or `restricted`.
    pub scope: String,
    /// The names of the departments the account belongs to.
    pub departments: Vec<String>,
}

/// Where the desk is and who works there.
#[derive(Clone, Debug, Default)]
pub struct Desk {
    /// The pages' address, without a slash at its end.
    pub url: String,
    /// The mail server, as `host:port`.
    pub smtp: String,
    /// The address that turns mails into tickets.
    pub mail_address: String,
    /// Everybody with a password.
    pub accounts: Vec<Account>,
}

impl Desk {
    /// Reads the line.
    pub fn from_json(line: &str) -> anyhow::Result<Self> {
        let value: Value = serde_json::from_str(line)
            .with_context(|| format!("the first line is no JSON: {line}"))?;
        let accounts = value["accounts"]
            .as_array()
            .context("the first line names no accounts")?;
        Ok(Self {
            url: text(&value, "url").trim_end_matches('/').to_owned(),
            smtp: text(&value, "smtp"),
            mail_address: text(&value, "mail_address"),
            accounts: accounts.iter().map(account).collect(),
        })
    }

    /// Somebody who fits, or an error that says who there is.
    pub fn somebody(
        &self,
        what: &str,
        fits: impl Fn(&Account) -> bool,
    ) -> anyhow::Result<&Account> {
        self.accounts.iter().find(|it| fits(it)).with_context(|| {
            let there: Vec<String> = self
                .accounts
                .iter()
                .map(|it| format!("{} ({} {})", it.name, it.role, it.scope))
                .collect();
            format!("the desk names no {what}; it names: {}", there.join(", "))
        })
    }

    /// The account owner.
    pub fn owner(&self) -> anyhow::Result<&Account> {
        self.somebody("owner", |it| it.role.contains("owner"))
    }

    /// An agent who sees every department.
    pub fn global_agent(&self) -> anyhow::Result<&Account> {
        self.somebody("global agent", |it| {
            it.role == "agent" && it.scope == "global"
        })
    }

    /// An agent of some departments: of `departments` of them when there is one.
    pub fn group_agent(&self, departments: usize) -> anyhow::Result<&Account> {
        let group = |it: &Account| it.role == "agent" && it.scope == "group";
        self.somebody("group agent", |it| {
            group(it) && it.departments.len() == departments
        })
        .or_else(|_| self.somebody("group agent", group))
    }

    /// A portal user.
    pub fn portal_user(&self) -> anyhow::Result<&Account> {
        self.somebody("portal user", |it| {
            ["portal", "customer", "requester"]
                .iter()
                .any(|word| it.role.contains(word))
        })
    }

    /// The account called by a word of a table of pages: `owner`, `agent` (handles tickets of two
    /// departments), `global` (sees all, handles none), `group` (three departments) or `portal`.
    pub fn called(&self, word: &str) -> anyhow::Result<&Account> {
        match word {
            "owner" => self.owner(),
            "agent" => self.group_agent(2),
            "global" => self.global_agent(),
            "group" => self.group_agent(3),
            "portal" => self.portal_user(),
            other => self.somebody(other, |it| it.role == other),
        }
    }
}

fn account(value: &Value) -> Account {
    let departments = value["departments"].as_array().cloned().unwrap_or_default();
    Account {
        name: text(value, "name"),
        email: text(value, "email"),
        login: text(value, "login"),
        password: text(value, "password"),
        token: text(value, "token"),
        role: text(value, "role").to_lowercase(),
        scope: text(value, "scope").to_lowercase(),
        departments: departments
            .iter()
            .filter_map(|it| it.as_str().map(str::to_owned))
            .collect(),
    }
}

fn text(value: &Value, name: &str) -> String {
    value[name].as_str().unwrap_or_default().to_owned()
}

#[cfg(test)]
mod tests {
    use super::Desk;

    const LINE: &str = r#"{"url":"http://127.0.0.1:8080/","smtp":"127.0.0.1:2525","mail_address":"help@desk.example",
        "accounts":[{"name":"Ada","role":"owner","scope":null,"departments":[]},
        {"name":"Cleo","role":"agent","scope":"group","departments":["A"]},
        {"name":"Ben","role":"agent","scope":"group","departments":["A","B","C"]},
        {"name":"Dora","role":"portal_user"}]}"#;

    #[test]
    fn accounts_are_found_by_what_they_are() {
        let desk = Desk::from_json(LINE).expect("JSON");
        assert_eq!(desk.url, "http://127.0.0.1:8080");
        assert_eq!(desk.group_agent(3).expect("Ben").name, "Ben");
        assert_eq!(desk.group_agent(7).expect("any").name, "Cleo");
        assert_eq!(desk.called("portal").expect("Dora").name, "Dora");
        let error = desk.global_agent().expect_err("nobody");
        assert!(error.to_string().contains("Ben (agent group)"), "{error}");
    }
}
