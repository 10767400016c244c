-- A debit note may also be for what a bill charged and should not have: goods that never came, or a rate above the one
-- agreed. No goods move with it; its lines name the batch and the units it is about.
alter table purchasing.debit_note
  drop constraint debit_note_kind_check,
  add constraint debit_note_kind_check check (kind in ('expiry_claim', 'damaged', 'wrong_supply', 'recall', 'shortage',
    'rate_difference'));
