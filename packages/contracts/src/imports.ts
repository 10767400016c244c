import { type Static, Type } from 'typebox'
import { endpoint } from './endpoint.ts'
import { Cursor, Id, Instant, Limit, oneOf } from './shapes.ts'

/** What a list is of, and so what its columns may say. The first fields named are the ones a list must have. */
export const importFields = {
  catalogue_list: {
    required: ['name'],
    optional: [
      'manufacturer',
      'form',
      'pack',
      'composition',
      'composition2',
      'mrp',
      'discontinued',
      'popularity',
      'sources',
    ],
  },
  jan_aushadhi: { required: ['name', 'mrp'], optional: ['pack', 'code', 'group'] },
  supplier_prices: { required: ['name', 'mrp'], optional: ['manufacturer', 'pack', 'rate'] },
  pin_codes: { required: ['pin', 'district', 'state'], optional: [] },
  price_ceilings: {
    required: ['name', 'ceiling'],
    optional: ['strength', 'unit', 'from', 'notification'],
  },
} as const satisfies Record<string, { required: readonly string[]; optional: readonly string[] }>
export type ImportKind = keyof typeof importFields
export const importKinds = Object.keys(importFields) as ImportKind[]

/**
 * `awaiting_file`, then `reading` its first rows, `mapping` its columns, `checking` every row, `checked` for a person
 * to look, `committing`, `committed`, and perhaps `undoing` and `undone`. `refused`: the file cannot be read.
 */
export const importStates = [
  'awaiting_file',
  'reading',
  'mapping',
  'checking',
  'checked',
  'committing',
  'committed',
  'undoing',
  'undone',
  'refused',
  'discarded',
] as const
export type ImportState = (typeof importStates)[number]
/** States in which the worker is at it; a page looks again soon. */
export const workingImportStates: readonly ImportState[] = [
  'reading',
  'checking',
  'committing',
  'undoing',
]

export const rowOutcomes = ['good', 'noticed', 'bad'] as const
export type RowOutcome = (typeof rowOutcomes)[number]

const Count = Type.Integer({ minimum: 0 })
const Mapping = Type.Record(
  Type.String({ maxLength: 30 }),
  Type.Integer({ minimum: 0, maximum: 199 }),
  { description: 'The column, counted from 0, of each field', maxProperties: 20 },
)

export const ImportRun = Type.Object({
  id: Id,
  kind: oneOf(importKinds),
  /** Whose list it is: the distributor or the publisher. Its columns are remembered for the next time. */
  source: Type.String(),
  fileName: Type.String(),
  state: oneOf(importStates),
  /** Why the file was refused. */
  sentence: Type.Union([Type.String(), Type.Null()]),
  header: Type.Array(Type.String()),
  /** The first rows under the header, to see what a column holds. */
  sample: Type.Array(Type.Array(Type.String())),
  mapping: Mapping,
  /** The columns are those this source had before. */
  isRemembered: Type.Boolean(),
  encoding: Type.Union([Type.String(), Type.Null()]),
  rows: Type.Object({ read: Count, good: Count, noticed: Count, bad: Count, stored: Count }),
  /** Of the work in hand, 0 to 100; null while its length is not known. */
  percent: Type.Union([Type.Integer({ minimum: 0, maximum: 100 }), Type.Null()]),
  added: Count,
  changed: Count,
  restored: Count,
  kept: Count,
  /** An earlier import of exactly these bytes that was not undone. */
  sameFileAs: Type.Union([Type.Object({ id: Id, committedAt: Instant }), Type.Null()]),
  createdAt: Instant,
  committedAt: Type.Union([Instant, Type.Null()]),
})
export type ImportRun = Static<typeof ImportRun>

export const ImportRow = Type.Object({
  line: Type.Integer(),
  outcome: oneOf(rowOutcomes),
  cells: Type.Array(Type.String()),
  /** Each reason with the column it is about; null when it is about the whole row. */
  remarks: Type.Array(
    Type.Object({
      code: Type.String(),
      sentence: Type.String(),
      column: Type.Union([Type.Integer(), Type.Null()]),
    }),
  ),
})
export type ImportRow = Static<typeof ImportRow>

export const linesChosenMax = 1_000
export const importBytesMax = 64 * 1024 * 1024
const params = Type.Object({ id: Id })
const shared = { tag: 'imports', permission: 'catalogue.manage', ownership: 'none' } as const

export const createImport = endpoint({
  ...shared,
  method: 'POST',
  path: '/imports',
  summary: 'Begin an import: answers the form with which the browser uploads the file',
  status: 201,
  audit: 'imports.created',
  idempotent: true,
  body: Type.Object({
    kind: oneOf(importKinds),
    source: Type.String({ minLength: 1, maxLength: 120 }),
    fileName: Type.String({ minLength: 1, maxLength: 200 }),
    bytes: Type.Integer({ minimum: 0, maximum: 4_000_000_000 }),
  }),
  reply: Type.Object({
    id: Id,
    upload: Type.Object({ url: Type.String(), fields: Type.Record(Type.String(), Type.String()) }),
  }),
  refusals: ['malformed_request', 'import_file_too_large', 'idempotency_key_reused'],
})

export const listImports = endpoint({
  ...shared,
  method: 'GET',
  path: '/imports',
  summary: 'Imports, the newest first',
  status: 200,
  audit: 'none',
  query: Type.Object({ after: Cursor, limit: Limit }),
  reply: Type.Object({
    items: Type.Array(ImportRun),
    next: Type.Union([Type.String(), Type.Null()]),
  }),
  refusals: ['malformed_request'],
})

export const getImport = endpoint({
  ...shared,
  method: 'GET',
  path: '/imports/:id',
  summary: 'One import with its columns, counts and progress',
  status: 200,
  audit: 'none',
  params,
  reply: ImportRun,
  refusals: ['malformed_request', 'not_found'],
})

export const listImportRows = endpoint({
  ...shared,
  method: 'GET',
  path: '/imports/:id/rows',
  summary: 'Rows of an import by what was found of them, in the order of the file',
  status: 200,
  audit: 'none',
  params,
  query: Type.Object({
    outcome: Type.Optional(oneOf(rowOutcomes)),
    after: Type.Optional(Type.Integer({ minimum: 0 })),
    limit: Limit,
  }),
  reply: Type.Object({
    items: Type.Array(ImportRow),
    next: Type.Union([Type.Integer(), Type.Null()]),
  }),
  refusals: ['malformed_request', 'not_found'],
})

export const exportImportRows = endpoint({
  ...shared,
  method: 'GET',
  path: '/imports/:id/export',
  summary: 'The same rows as CSV, a part at a time; no cell of it is run as a formula',
  status: 200,
  audit: 'none',
  params,
  query: Type.Object({
    outcome: Type.Optional(oneOf(rowOutcomes)),
    after: Type.Optional(Type.Integer({ minimum: 0 })),
  }),
  reply: Type.Object({ csv: Type.String(), next: Type.Union([Type.Integer(), Type.Null()]) }),
  refusals: ['malformed_request', 'not_found'],
})

export const listKeptChanges = endpoint({
  ...shared,
  method: 'GET',
  path: '/imports/:id/kept',
  summary: 'What the undoing left, because somebody changed it after the import',
  status: 200,
  audit: 'none',
  params,
  reply: Type.Object({ items: Type.Array(Type.String()) }),
  refusals: ['malformed_request', 'not_found'],
})

const act = {
  ...shared,
  method: 'POST',
  status: 200,
  idempotent: true,
  params,
  reply: ImportRun,
} as const

export const readImport = endpoint({
  ...act,
  path: '/imports/:id/uploaded',
  summary: 'The file is uploaded: the worker reads it',
  audit: 'imports.file_uploaded',
  refusals: ['malformed_request', 'not_found', 'import_state_forbids', 'idempotency_key_reused'],
})

export const checkImport = endpoint({
  ...act,
  path: '/imports/:id/check',
  summary: 'These are the columns: the worker checks every row, and nothing is stored yet',
  audit: 'imports.columns_chosen',
  body: Type.Object({ mapping: Mapping }),
  refusals: [
    'malformed_request',
    'not_found',
    'import_state_forbids',
    'import_columns_missing',
    'idempotency_key_reused',
  ],
})

export const commitImport = endpoint({
  ...act,
  path: '/imports/:id/commit',
  summary: 'Store all good rows, only these lines, or all but these',
  audit: 'imports.committed',
  body: Type.Object({
    chosen: oneOf(['all', 'only', 'except'] as const),
    lines: Type.Array(Type.Integer({ minimum: 1 }), { maxItems: linesChosenMax }),
    /** The same file was imported before, and shall be again. */
    sameFileAgain: Type.Boolean(),
  }),
  refusals: [
    'malformed_request',
    'not_found',
    'import_state_forbids',
    'import_same_file',
    'import_nothing_chosen',
    'idempotency_key_reused',
  ],
})

export const undoImport = endpoint({
  ...act,
  path: '/imports/:id/undo',
  summary: 'Put back what the import changed, wherever nobody changed it since',
  audit: 'imports.undone',
  refusals: ['malformed_request', 'not_found', 'import_state_forbids', 'idempotency_key_reused'],
})

export const discardImport = endpoint({
  ...act,
  path: '/imports/:id/discard',
  summary: 'Give up an import of which nothing was stored',
  audit: 'imports.discarded',
  refusals: ['malformed_request', 'not_found', 'import_state_forbids', 'idempotency_key_reused'],
})
