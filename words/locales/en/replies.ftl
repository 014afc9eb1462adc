# Saved replies.

replies-list = Saved replies
replies-new = New saved reply
replies-edit = Edit the saved reply
replies-explained = Texts ready to use. In a ticket, type / to insert one.
replies-empty = No saved reply
replies-empty-hint = Keep here what you write often.
replies-title = Title
replies-body = Text
replies-placeholders = Markdown is understood. Filled in when inserted:
replies-sharing = Who may use it
replies-private = Only me
replies-department = A department
replies-everyone = All agents
replies-which-department = Department
replies-which-department-hint = Counts only for a department’s reply.
replies-remove = Delete
replies-said-added = The saved reply is kept.
replies-said-saved = The saved reply is changed.
replies-said-removed = The saved reply is deleted.
