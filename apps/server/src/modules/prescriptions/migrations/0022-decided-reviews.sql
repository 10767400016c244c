-- What was settled is found again by its order's number, or among the last.
create index review_decided on prescriptions.review (store_id, decided_at desc, id) where state = 'decided';
create index review_by_order_number on prescriptions.review (order_number);
