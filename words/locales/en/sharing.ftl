# Departments that look at each other's tickets.

sharing-open = Inter-department visibility
sharing-open-hint = Departments whose agents see the tickets of this one, and whose tickets its agents see.
sharing-title = Inter-department visibility: { $department }
sharing-explained = Departments that carry the same tag see each other’s tickets: whoever looks at the tickets of one of them by belonging to it reads those of the others and may write internal notes there, and nothing else. They are sent no mail about them and given none of them. Whoever has the level “none” in a department stays out of it, and what is confidential is kept from all of them.
sharing-tag = Sharing tag
sharing-tag-hint = Capitals make no difference. Without a tag, the department shares nothing. Takes effect at once, for those who join either department later, too.
sharing-by-rank = Owners and administrators alone give a tag: it opens tickets of other departments, too. You may take it away.
sharing-withdraw = Share no longer
sharing-with = Departments with this tag
sharing-alone = No other department carries this tag: nobody sees anything by it.
sharing-look-here = { $count ->
    [0] None of its agents sees the tickets here by the tag alone.
    [one] One of its agents sees the tickets here by the tag alone.
   *[other] { $count } of its agents see the tickets here by the tag alone.
}
sharing-look-there = { $count ->
    [0] No agent of here sees its tickets by the tag alone.
    [one] One agent of here sees its tickets by the tag alone.
   *[other] { $count } agents of here see its tickets by the tag alone.
}
sharing-said = Saved what is shared.
sharing-changed = The department was changed meanwhile. What you typed is still here: look at it again, then save.
