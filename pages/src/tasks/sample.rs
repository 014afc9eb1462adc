//! Made-up tasks, for tests and screenshots. Every text of a person carries « § ».

use super::{
    AssigneeChoice, Due, MyGroup, MyTask, MyTasksPage, NewTaskForm, NewTimeForm, TaskView,
    TicketTasksPage, TimeRow, WorkPanel, duration,
};
use crate::fields::{Conflict, Fault, Faults, Standing};
use crate::frame::{Frame, Section};
use crate::tickets::PersonChip;
use words::language::Language;

fn due(text: &str, is_late: bool, is_today: bool) -> Due {
    Due {
        iso: "2026-11-20".to_owned(),
        text: text.to_owned(),
        is_late,
        is_today,
    }
}

fn task(id: i64, title: &str, who: Option<&str>) -> TaskView {
    TaskView {
        id,
        version: 2,
        title: title.to_owned(),
        assignee: who.map(PersonChip::new),
        assignee_value: who.map(|_| "5".to_owned()).unwrap_or_default(),
        due: None,
        due_value: String::new(),
        is_done: false,
        done_by: None,
        time: String::new(),
        is_first: false,
        is_last: false,
        faults: Faults::default(),
        conflict: None,
    }
}

impl WorkPanel {
    /// A checklist half done.
    #[must_use]
    pub fn sample(language: Language) -> WorkPanel {
        let words = Frame::sample(language).words;
        WorkPanel {
            tasks: vec![
                TaskView {
                    is_done: true,
                    done_by: Some("§ Théo Lambert".to_owned()),
                    time: duration(&words, 20),
                    is_first: true,
                    ..task(1, "§ Relever la version du BIOS", Some("§ Théo Lambert"))
                },
                TaskView {
                    due: Some(due("§ 20 nov.", true, false)),
                    ..task(
                        2,
                        "§ Tester avec une autre station d’accueil",
                        Some("§ Inès Moreau"),
                    )
                },
                TaskView {
                    due: Some(due("§ 23 nov.", false, true)),
                    is_last: true,
                    ..task(3, "§ Commander un câble USB-C certifié", None)
                },
            ],
            time: duration(&words, 80),
            may_work: true,
            once: "once-task".to_owned(),
        }
    }

    /// Nothing yet, and a reader who only looks.
    #[must_use]
    pub fn sample_empty() -> WorkPanel {
        WorkPanel {
            tasks: vec![],
            time: String::new(),
            may_work: false,
            once: "once-task".to_owned(),
        }
    }
}

impl TicketTasksPage {
    /// The page of a ticket with tasks and time.
    #[must_use]
    pub fn sample(language: Language) -> TicketTasksPage {
        let frame = Frame::sample(language);
        let entry = |id, minutes, note: &str, task: Option<&str>, may_remove| TimeRow {
            id,
            person: PersonChip::new("§ Théo Lambert"),
            time: duration(&frame.words, minutes),
            note: note.to_owned(),
            day_iso: "2026-11-23".to_owned(),
            day: "§ 23 nov.".to_owned(),
            task: task.map(str::to_owned),
            may_remove,
        };
        TicketTasksPage {
            number: 4812,
            version: 7,
            subject: "§ Écran externe non détecté".to_owned(),
            work: WorkPanel::sample(language),
            assignees: vec![AssigneeChoice {
                value: "5".to_owned(),
                name: "§ Inès Moreau".to_owned(),
            }],
            entries: vec![
                entry(
                    1,
                    20,
                    "§ Au téléphone",
                    Some("§ Relever la version du BIOS"),
                    true,
                ),
                entry(2, 60, "", None, false),
            ],
            new_task: NewTaskForm::default(),
            new_time: NewTimeForm {
                day: "2026-11-23".to_owned(),
                ..NewTimeForm::default()
            },
            frame,
        }
    }

    /// Nothing yet.
    #[must_use]
    pub fn sample_empty(language: Language) -> TicketTasksPage {
        TicketTasksPage {
            work: WorkPanel::sample_empty(),
            entries: vec![],
            ..TicketTasksPage::sample(language)
        }
    }

    /// Every form came back.
    #[must_use]
    pub fn sample_refused(language: Language) -> TicketTasksPage {
        let mut page = TicketTasksPage::sample(language);
        let said = |field, key| {
            Faults(vec![Fault {
                field,
                text: page.frame.words.say(key).to_owned(),
            }])
        };
        page.new_task.faults = said("title", "fault-missing");
        page.new_time.faults = said("minutes", "fault-missing");
        let due = said("due", "fault-day");
        if let [first, second, ..] = page.work.tasks.as_mut_slice() {
            first.conflict = Some(Conflict {
                by: "§ Inès Moreau".to_owned(),
                standing: vec![Standing {
                    label: "tasks-title",
                    value: "§ Relever les deux versions".to_owned(),
                }],
            });
            second.due_value = "§ demain".to_owned();
            second.faults = due;
        }
        page
    }
}

impl MyTasksPage {
    /// One late, one for today, one some day.
    #[must_use]
    pub fn sample(language: Language) -> MyTasksPage {
        let mine = |id, title: &str, due| MyTask {
            id,
            version: 1,
            title: title.to_owned(),
            number: 4812,
            subject: "§ Écran externe non détecté".to_owned(),
            due,
            is_done: false,
        };
        let group = |key, tasks| MyGroup { key, tasks };
        MyTasksPage {
            frame: Frame {
                section: Section::Tasks,
                ..Frame::sample(language)
            },
            shows_done: false,
            groups: vec![
                group(
                    "tasks-late",
                    vec![mine(
                        1,
                        "§ Rappeler Hélène",
                        Some(due("§ 20 nov.", true, false)),
                    )],
                ),
                group(
                    "tasks-today",
                    vec![mine(
                        2,
                        "§ Order a cable",
                        Some(due("§ 23 nov.", false, true)),
                    )],
                ),
                group("tasks-some-day", vec![mine(3, "§ Ranger l’atelier", None)]),
            ],
            is_cut: true,
        }
    }

    /// Nothing to do.
    #[must_use]
    pub fn sample_empty(language: Language) -> MyTasksPage {
        MyTasksPage {
            groups: vec![],
            is_cut: false,
            ..MyTasksPage::sample(language)
        }
    }

    /// What was done.
    #[must_use]
    pub fn sample_done(language: Language) -> MyTasksPage {
        let mut page = MyTasksPage::sample(language);
        page.shows_done = true;
        page.is_cut = false;
        page.groups.truncate(1);
        for group in &mut page.groups {
            group.key = "tasks-done";
            for task in &mut group.tasks {
                task.is_done = true;
            }
        }
        page
    }
}
