# Refusals of the API.

refusal-not-found = Not found
refusal-not-found-advice = It does not exist, or you have no access to it.
refusal-signed-out = Authentication required
refusal-signed-out-advice = Send a valid token in the header Authorization: Bearer.
refusal-forbidden = A right is missing
refusal-forbidden-advice = An administrator can give it to you.
refusal-forged = This form does not come from a page opened recently. Open the page again, then retry.
refusal-invalid = The request cannot be accepted
refusal-invalid-advice = Correct the fields named; nothing was saved.
refusal-conflict = Somebody changed this meanwhile
refusal-conflict-advice = Read the current version, then retry with it.
refusal-too-large = This is too large
refusal-too-large-advice = Send less.
refusal-too-many = Too many requests in a short time
refusal-too-many-advice = Wait for the Retry-After delay, then retry.
refusal-down = A service does not answer
refusal-down-advice = Nothing was half saved. Retry in a few seconds.
refusal-bug = Something broke on our side
refusal-bug-advice = Give this request number to an administrator.
