-- Sentences of the product page, each with its source and whoever stands for it; and pictures of packs.

-- The newest row of a kind, subject and language is shown. Nothing is shown that has no citation.
create table catalogue.content (
  id integer generated always as identity primary key,
  kind text not null check (kind in ('caution', 'storage', 'side_effects')),
  -- A scheme for cautions, a storage class for storage, 'any' for what holds of all.
  subject text not null check (subject in ('G', 'H', 'H1', 'room', 'cool', 'cold', 'frozen', 'any')),
  language text not null check (language in ('en', 'hi')),
  text text not null check (length(text) between 10 and 600),
  citation text not null check (length(citation) between 5 and 300),
  url text check (url ~ '^(https://|tel:)'),
  author text not null,
  reviewed_on date not null,
  recorded_at timestamptz not null default kernel.now()
);
create index content_newest on catalogue.content (kind, subject, language, id desc);
create trigger content_append_only before update or delete or truncate on catalogue.content
  for each statement execute function kernel.refuse_change();
grant select, insert on catalogue.content to janta_app;

insert into catalogue.content (kind, subject, language, text, citation, url, author, reviewed_on)
select kind, subject, language, text, citation, url, 'seed of this software; the pharmacist in charge reviews it', '2026-11-22'
from (values
  ('caution', 'G', 'en', 'Take this medicine only while a doctor is watching over your treatment. Without that it can be dangerous.',
    'Own words, after the Schedule G caution of the Drugs Rules 1945, rule 97', null),
  ('caution', 'G', 'hi', 'यह दवा तभी लें जब डॉक्टर आपका इलाज देख रहे हों। इसके बिना यह ख़तरनाक हो सकती है।',
    'Own words, after the Schedule G caution of the Drugs Rules 1945, rule 97', null),
  ('caution', 'H', 'en', 'A Schedule H medicine: a pharmacy may supply it only against the prescription of a registered doctor.',
    'Own words, after the Schedule H warning of the Drugs Rules 1945, rule 97', null),
  ('caution', 'H', 'hi', 'शेड्यूल H की दवा: दुकान इसे पंजीकृत डॉक्टर के पर्चे पर ही दे सकती है।',
    'Own words, after the Schedule H warning of the Drugs Rules 1945, rule 97', null),
  ('caution', 'H1', 'en', 'A Schedule H1 medicine: dangerous unless taken as a doctor advised, and never supplied without a registered doctor’s prescription.',
    'Own words, after the Schedule H1 warning of the Drugs Rules 1945, rule 97, GSR 588(E) of 30-08-2013', null),
  ('caution', 'H1', 'hi', 'शेड्यूल H1 की दवा: डॉक्टर की सलाह के बिना लेना ख़तरनाक है, और पंजीकृत डॉक्टर के पर्चे के बिना यह कभी नहीं दी जाती।',
    'Own words, after the Schedule H1 warning of the Drugs Rules 1945, rule 97, GSR 588(E) of 30-08-2013', null),
  ('storage', 'room', 'en', 'Keep it as the pack says, in a dry place not above 30 °C, away from light and children.',
    'Storage terms of the Indian Pharmacopoeia, General Notices; the label of the pack goes before', null),
  ('storage', 'room', 'hi', 'पैक पर लिखे अनुसार रखें: सूखी जगह, 30 °C से ऊपर नहीं, धूप और बच्चों से दूर।',
    'Storage terms of the Indian Pharmacopoeia, General Notices; the label of the pack goes before', null),
  ('storage', 'cool', 'en', 'Keep it in a cool place, between 8 °C and 25 °C, and as the pack says.',
    'Storage terms of the Indian Pharmacopoeia, General Notices; the label of the pack goes before', null),
  ('storage', 'cool', 'hi', 'ठंडी जगह रखें, 8 °C से 25 °C के बीच, और जैसा पैक पर लिखा है।',
    'Storage terms of the Indian Pharmacopoeia, General Notices; the label of the pack goes before', null),
  ('storage', 'cold', 'en', 'Keep it in the refrigerator, between 2 °C and 8 °C. Do not freeze it unless the pack says so.',
    'Storage terms of the Indian Pharmacopoeia, General Notices; the label of the pack goes before', null),
  ('storage', 'cold', 'hi', 'फ़्रिज में रखें, 2 °C से 8 °C के बीच। पैक पर न लिखा हो तो जमाएँ नहीं।',
    'Storage terms of the Indian Pharmacopoeia, General Notices; the label of the pack goes before', null),
  ('storage', 'frozen', 'en', 'Keep it frozen as the pack says, and use it soon after thawing.',
    'The label of the pack', null),
  ('storage', 'frozen', 'hi', 'पैक पर लिखे अनुसार जमाकर रखें, और पिघलने के बाद जल्दी इस्तेमाल करें।',
    'The label of the pack', null),
  ('side_effects', 'any', 'en', 'Something felt wrong after a medicine? Tell your doctor, and report it free of charge on 1800-180-3024 (working days).',
    'Pharmacovigilance Programme of India, Indian Pharmacopoeia Commission: helpline for patients', 'https://www.ipc.gov.in/PvPI/adr.html'),
  ('side_effects', 'any', 'hi', 'दवा के बाद कुछ ठीक न लगे? डॉक्टर को बताएँ, और 1800-180-3024 पर मुफ़्त सूचना दें (कामकाजी दिन)।',
    'Pharmacovigilance Programme of India, Indian Pharmacopoeia Commission: helpline for patients', 'https://www.ipc.gov.in/PvPI/adr.html')
) as given (kind, subject, language, text, citation, url);

-- A picture waits until the worker looked at what was sent; only then do its sizes exist.
create table catalogue.photo (
  id uuid primary key,
  pack_id uuid not null references catalogue.pack (id),
  state text not null check (state in ('awaiting', 'ready', 'refused', 'withdrawn')),
  description text not null check (length(description) between 3 and 200),
  refusal text,
  width integer check (width between 1 and 20000),
  height integer check (height between 1 and 20000),
  uploaded_by uuid not null,
  created_at timestamptz not null default kernel.now(),
  changed_at timestamptz not null default kernel.now(),
  check ((state = 'refused') = (refusal is not null)),
  check (state in ('awaiting', 'refused') or width is not null)
);
create index photo_by_pack on catalogue.photo (pack_id, created_at);
grant select, insert on catalogue.photo to janta_app;
grant update (state, refusal, width, height, changed_at) on catalogue.photo to janta_app;
