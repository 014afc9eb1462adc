# Virtual departments and categories: entries only.

redirects-title = Redirections: { $department }
redirects-explained = A virtual department or category is an entry only: people choose it like any other, and the ticket lives in the category it leads to. The ticket keeps the name of its entry. Tickets that are already there do not move.
redirects-open = Redirections
redirects-open-hint = Make the department, or one of its categories, a mere entry to another category.
redirects-department = The whole department
redirects-department-hint = Holds for each category that does not lead elsewhere by itself.
redirects-real-department = Nowhere: it is a real department
redirects-leads-to = Leads to
redirects-virtual = Virtual
redirects-categories = Virtual categories
redirects-category-add = Make a category virtual
redirects-category = Category
redirects-choose = Choose…
redirects-to = leads to { $place }
redirects-make-virtual = Redirect
redirects-make-real = Make real
redirects-make-real-named = Make the category { $name } real
redirects-not-offered = Not offered
redirects-shut = This department is not offered: { $place } takes no tickets.
redirects-said = The redirections are saved.
redirects-came-in-by = Came in by
redirects-sent-to = Sent to
