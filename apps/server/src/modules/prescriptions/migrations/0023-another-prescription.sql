-- A settled review opens again when the customer sends a better paper: it waits, and is due, from then on.
grant update (opened_at, due_at) on prescriptions.review to janta_app;
