-- Whether store credit paid part or all of it: it is a mode of payment, named on the invoice, and changes no tax.
alter table billing.invoice add column credit_part text not null default 'none'
  check (credit_part in ('none', 'part', 'whole'));
