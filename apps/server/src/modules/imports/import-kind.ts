import type { ImportKind } from '@janta/contracts'
import type { Kysely } from 'kysely'
import type { Tx } from '#kernel/transaction'

export type Reader = Pick<Kysely<unknown>, 'getExecutor'>

/** A reason beside a row, and beside one of its cells when `field` names it. */
export interface RowRemark {
  readonly code: string
  readonly sentence: string
  readonly field?: string | undefined
}

/** What only the tables can tell of a row: wrong, unless it is no more than a notice. */
export interface Compared extends RowRemark {
  readonly isNotice?: true | undefined
}

export interface RowCells {
  readonly line: number
  /** '' for a field the list does not have. */
  readonly cell: (field: string) => string
}

export interface Verdict {
  readonly isBad: boolean
  readonly remarks: readonly RowRemark[]
}

export interface Stored {
  readonly added: number
  readonly changed: number
  /** Called once the transaction is committed: only then may what was found be remembered. */
  readonly committed?: () => void
}

/** The import that stores: its id keeps what it changed, and whoever began it answers for it. */
export interface StoringRun {
  readonly id: string
  readonly source: string
  readonly createdBy: string | null
}

/** One pass through one list; it remembers what the list said so far, so each pass opens its own. */
export interface ListPass {
  judge(row: RowCells): Verdict
  /** What only the tables can tell of rows that are well in themselves: null where nothing is wrong. */
  compare?(db: Reader, rows: readonly RowCells[]): Promise<(Compared | null)[]>
  /** Stores rows that were judged good; rows that became wrong since are left out. */
  store(tx: Tx, rows: readonly RowCells[], run: StoringRun): Promise<Stored>
}

/** What lists of one kind say and where it goes. Another kind is another file like this, and a line in kinds.ts. */
export interface ListKind {
  /** Known headings of each field, as `headingKey` writes them, the likeliest first. */
  readonly headings: Readonly<Record<string, readonly string[]>>
  open(): ListPass
  /** Puts back at most `max` changes; zeros when nothing is left. */
  undo(tx: Tx, runId: string, max: number): Promise<{ restored: number; kept: number }>
  findKept(db: Reader, runId: string, max: number): Promise<string[]>
}

export type ListKinds = Readonly<Record<ImportKind, ListKind>>
