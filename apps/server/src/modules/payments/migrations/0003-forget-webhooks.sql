-- Webhooks that were worked on long ago are forgotten: what they said stays in payment_seen and refund_seen.

create index webhook_worked on payments.webhook (worked_at) where worked_at is not null;
grant delete on payments.webhook to janta_app;
