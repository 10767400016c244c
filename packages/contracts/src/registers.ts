import { type Static, Type } from 'typebox'
import { endpoint } from './endpoint.ts'
import { Cursor, Day, Id, Instant, Limit, Month, oneOf } from './shapes.ts'

const orNull = <T extends Parameters<typeof Type.Union>[0][number]>(schema: T) =>
  Type.Union([schema, Type.Null()])
const closed = { additionalProperties: false } as const
const guarded = { tag: 'registers', permission: 'registers.view', ownership: 'none' } as const
const usual = ['malformed_request', 'sign_in_needed', 'not_allowed'] as const

/** The prescription register of rule 65(3)(1) and the Schedule H1 register of its clause (h). */
export const registerNames = ['prescription', 'h1'] as const
export const registerForms = ['register', 'memo_book'] as const
/** Entries of one file; a longer period is taken in parts. */
export const registerFileMax = { csv: 20_000, pdf: 1_000 } as const

const RegisterName = oneOf(registerNames)
const Serial = Type.Integer({ minimum: 1 })
/** What an inspector asks by: a period, a medicine, a batch, a prescriber. */
const asked = {
  register: RegisterName,
  from: Type.Optional(Day),
  to: Type.Optional(Day),
  medicineId: Type.Optional(Id),
  batchNumber: Type.Optional(Type.String({ minLength: 1, maxLength: 60 })),
  prescriber: Type.Optional(Type.String({ minLength: 1, maxLength: 120 })),
}

export const RegisterEntry = Type.Object({
  id: Id,
  serial: Serial,
  kind: oneOf(['supply', 'void'] as const),
  keptIn: oneOf(registerForms),
  suppliedOn: Day,
  enteredAt: Instant,
  orderId: Id,
  prescriberName: Type.String(),
  prescriberAddress: Type.String(),
  prescriberRegistration: orNull(Type.String()),
  patientName: Type.String(),
  patientAddress: Type.String(),
  medicineId: Id,
  drugName: Type.String(),
  packs: Type.Integer(),
  /** Base units, such as tablets. */
  units: Type.Integer(),
  baseUnit: Type.String(),
  manufacturer: Type.String(),
  batchNumber: Type.String(),
  expiry: Month,
  schemes: Type.Array(Type.String()),
  /** By whom, or under whose eyes, it was supplied. */
  pharmacistName: Type.String(),
  pharmacistRegistration: Type.String(),
  /** Who approved the prescription; null in entries older than this column. */
  approverName: orNull(Type.String()),
  approverRegistration: orNull(Type.String()),
  /** The entry of the supply before on the same prescription. */
  repeatsSerial: orNull(Serial),
  voidsSerial: orNull(Serial),
  voidReason: orNull(Type.String()),
  /** The entry that voids this one. */
  voidedBySerial: orNull(Serial),
})
export type RegisterEntry = Static<typeof RegisterEntry>

export const listRegisterEntries = endpoint({
  ...guarded,
  method: 'GET',
  path: '/registers/entries',
  summary: 'A statutory register in serial order, for a period, medicine, batch or prescriber',
  status: 200,
  audit: 'dispensing.register_viewed',
  query: Type.Object({ ...asked, limit: Limit, after: Cursor }),
  reply: Type.Object({ items: Type.Array(RegisterEntry), next: orNull(Type.String()) }),
  refusals: usual,
})

/** A file that is handed over at once, so that no copy of it lies anywhere. */
export const FileContent = Type.Object({
  name: Type.String(),
  contentType: Type.String(),
  base64: Type.String(),
})
export type FileContent = Static<typeof FileContent>

export const exportRegister = endpoint({
  ...guarded,
  method: 'GET',
  path: '/registers/file',
  summary: 'A register for the inspector: as the printed page, or as CSV',
  status: 200,
  audit: 'dispensing.register_exported',
  query: Type.Object({ ...asked, format: oneOf(['csv', 'pdf'] as const) }),
  reply: FileContent,
  refusals: [...usual, 'register_file_too_long'],
})

export const RegisterDay = Type.Object({
  day: Day,
  entries: Type.Integer(),
  firstSerial: Serial,
  lastSerial: Serial,
  /** Null until a pharmacist pasted and signed the printed page. */
  confirmation: orNull(
    Type.Object({
      pharmacistName: Type.String(),
      pharmacistRegistration: Type.String(),
      confirmedAt: Instant,
      firstSerial: Serial,
      lastSerial: Serial,
      /** Entries of the day written after its page was signed. */
      laterEntries: Type.Integer(),
    }),
  ),
})
export type RegisterDay = Static<typeof RegisterDay>

export const listRegisterDays = endpoint({
  ...guarded,
  method: 'GET',
  path: '/registers/days',
  summary: 'Days of a register, the newest first, with who signed their printed page',
  status: 200,
  audit: 'none',
  query: Type.Object({ register: RegisterName, before: Type.Optional(Day) }),
  reply: Type.Object({ items: Type.Array(RegisterDay, { maxItems: 31 }) }),
  refusals: usual,
})

export const confirmRegisterPage = endpoint({
  ...guarded,
  permission: 'registers.confirm',
  method: 'POST',
  path: '/registers/confirmations',
  summary: 'Say that a day’s printed page was pasted into the register and signed',
  status: 201,
  audit: 'dispensing.register_page_confirmed',
  body: Type.Object({ register: RegisterName, day: Day, lastSerial: Serial }, closed),
  reply: Type.Object({ id: Id }),
  refusals: [
    ...usual,
    'not_found',
    'register_page_confirmed',
    'register_page_changed',
    'pharmacist_not_registered',
    'pharmacist_not_on_duty',
  ],
})

export const setRegisterForm = endpoint({
  ...guarded,
  permission: 'stock.configure',
  method: 'POST',
  path: '/registers/forms',
  summary:
    'Record from which day the prescription register is kept as a register or as a memo book',
  status: 201,
  audit: 'dispensing.register_form_set',
  body: Type.Object({ from: Day, keptIn: oneOf(registerForms) }, closed),
  reply: Type.Object({ id: Id }),
  refusals: [...usual, 'rule_in_the_past'],
})

export const listRegisterForms = endpoint({
  ...guarded,
  method: 'GET',
  path: '/registers/forms',
  summary: 'How the prescription register is kept today, and what was declared before or for later',
  status: 200,
  audit: 'none',
  reply: Type.Object({
    current: oneOf(registerForms),
    /** The newest first. */
    items: Type.Array(Type.Object({ id: Id, from: Day, keptIn: oneOf(registerForms) }), {
      maxItems: 50,
    }),
  }),
  refusals: usual,
})

export const RegisterVerdict = Type.Object({
  month: Month,
  registers: Type.Array(
    Type.Object({
      register: RegisterName,
      /** Entries of the month whose chain was read. */
      entries: Type.Integer(),
      lastSerial: Type.Integer(),
      /** Of the last entry ever written; noted elsewhere it proves that nothing was cut off since. */
      headHash: Type.String(),
    }),
    { maxItems: 2 },
  ),
  /** Dispensings of the month the registers were held against. */
  dispensings: Type.Integer(),
  /** One sentence for each row that is not as it was written, or not as it was dispensed. */
  faults: Type.Array(Type.String(), { maxItems: 200 }),
  verifiedAt: Instant,
})
export type RegisterVerdict = Static<typeof RegisterVerdict>

export const verifyRegisterMonth = endpoint({
  ...guarded,
  method: 'GET',
  path: '/registers/verification',
  summary: 'Read the chain of a month again and hold it against what was dispensed',
  status: 200,
  audit: 'none',
  query: Type.Object({ month: Month }),
  reply: RegisterVerdict,
  refusals: usual,
})

/** Registers, by operation id. */
export const registers = {
  listRegisterEntries,
  exportRegister,
  listRegisterDays,
  confirmRegisterPage,
  setRegisterForm,
  listRegisterForms,
  verifyRegisterMonth,
}
