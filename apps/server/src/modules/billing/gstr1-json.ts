import type { DocumentRate, HsnSupply, Period, Sums } from './period-tables.ts'

/** Rupees with two decimals, as the portal's own file has them: a hundredth divides out exactly as it prints. */
const rupees = (paise: number): number => Number((paise / 100).toFixed(2))
const rate = (basisPoints: number): number => basisPoints / 100
/** '2026-11-22' as the portal writes a day: '22-11-2026' */
const day = (issuedOn: string): string => issuedOn.split('-').toReversed().join('-')

/** The return in the shape of the portal's offline file, table by table. */
export function gstr1Json(period: Period): Record<string, unknown> {
  const { gstin, month } = period
  return {
    gstin,
    fp: month.slice(5) + month.slice(0, 4),
    b2b: byKey(period.registered, row => row.recipientGstin ?? '').map(([ctin, rows]) => ({
      ctin,
      inv: byKey(rows, row => row.documentId).map(([, rates]) => invoice(rates)),
    })),
    b2cl: byKey(period.large, row => row.placeOfSupply).map(([pos, rows]) => ({
      pos,
      inv: byKey(rows, row => row.documentId).map(([, rates]) => invoice(rates)),
    })),
    b2cs: period.consumers.map(row => ({
      sply_ty: row.isInter ? 'INTER' : 'INTRA',
      typ: 'OE',
      pos: row.placeOfSupply,
      rt: rate(row.rateBasisPoints),
      ...taxes(row),
    })),
    nil: { inv: nilRows(period) },
    cdnr: byKey(period.notesRegistered, row => row.recipientGstin ?? '').map(([ctin, rows]) => ({
      ctin,
      nt: byKey(rows, row => row.documentId).map(([, rates]) => note(rates)),
    })),
    cdnur: byKey(period.notesLarge, row => row.documentId).map(([, rates]) => ({
      typ: 'B2CL',
      ...note(rates),
    })),
    hsn: {
      hsn_b2b: hsnRows(period.hsn.filter(row => row.isRegistered)),
      hsn_b2c: hsnRows(period.hsn.filter(row => !row.isRegistered)),
    },
    doc_issue: { doc_det: documentRows(period) },
  }
}

function byKey<T>(rows: readonly T[], keyOf: (row: T) => string): [string, T[]][] {
  return [...Map.groupBy(rows, keyOf)]
}

function taxes(row: Sums) {
  return {
    txval: rupees(row.taxablePaise),
    iamt: rupees(row.igstPaise),
    camt: rupees(row.cgstPaise),
    samt: rupees(row.sgstPaise),
    csamt: 0,
  }
}

function rates(rows: readonly DocumentRate[]) {
  return rows.map((row, at) => ({
    num: at + 1,
    itm_det: { rt: rate(row.rateBasisPoints), ...taxes(row) },
  }))
}

function invoice(rows: readonly DocumentRate[]) {
  const { number, issuedOn, valuePaise, placeOfSupply } = rows[0]!
  return {
    inum: number,
    idt: day(issuedOn),
    val: rupees(valuePaise),
    pos: placeOfSupply,
    rchrg: 'N',
    inv_typ: 'R',
    itms: rates(rows),
  }
}

function note(rows: readonly DocumentRate[]) {
  const { number, issuedOn, valuePaise, placeOfSupply } = rows[0]!
  return {
    ntty: 'C',
    nt_num: number,
    nt_dt: day(issuedOn),
    val: rupees(valuePaise),
    pos: placeOfSupply,
    rchrg: 'N',
    inv_typ: 'R',
    itms: rates(rows),
  }
}

function nilRows({ nil }: Period) {
  return nil.map(row => ({
    sply_ty: `${row.isInter ? 'INTR' : 'INTRA'}${row.isRegistered ? 'B2B' : 'B2C'}`,
    nil_amt: rupees(row.nilPaise),
    expt_amt: 0,
    ngsup_amt: 0,
  }))
}

function hsnRows(rows: readonly HsnSupply[]) {
  return rows.map((row, at) => ({
    num: at + 1,
    hsn_sc: row.hsn,
    uqc: row.uqc,
    qty: row.quantity,
    rt: rate(row.rateBasisPoints),
    ...taxes(row),
  }))
}

/** The portal numbers the kinds of documents: 1 is invoices for outward supply, 5 is credit notes. */
function documentRows({ series }: Period) {
  const kinds: [number, (kind: string) => boolean][] = [
    [1, kind => kind !== 'credit_note' && kind !== 'debit_note'],
    [5, kind => kind === 'credit_note'],
  ]
  return kinds.flatMap(([number, isOf]) => {
    const docs = series
      .filter(one => isOf(one.kind))
      .map((one, at) => ({
        num: at + 1,
        from: one.from,
        to: one.to,
        totnum: one.issued,
        cancel: one.cancelled,
        net_issue: one.issued - one.cancelled,
      }))
    return docs.length === 0 ? [] : [{ doc_num: number, docs }]
  })
}
