# What stands beside a ticket’s thread: properties, links, tags.

properties-add = Add
properties-tags = Tags
properties-no-tag = No tag.
properties-tag-add = Add a tag
properties-tag-hint = Separate several words with commas. Only agents read them.
properties-tag-remove = Remove the tag { $name }
properties-links = Links
properties-no-link = No linked ticket.
properties-link-add = Link to another ticket
properties-link-this = This ticket…
properties-link-other = Number of the other ticket
properties-link-submit = Link
properties-link-remove = Remove the link to ticket #{ $number }
properties-relates-to = relates to
properties-duplicate-of = is a duplicate of
properties-duplicated-by = is duplicated by
properties-follow-up-of = follows up on
properties-followed-by = is followed by
properties-said-linked = The link is saved.
properties-said-unlinked = The link is removed.
properties-said-tagged = The tags are saved.
properties-said-untagged = The tag is removed.
properties-did-link = linked ticket #{ $value }
properties-did-unlink = removed the link to ticket #{ $value }
properties-did-tag = added the tags { $value }
properties-did-untag = removed the tag { $value }
