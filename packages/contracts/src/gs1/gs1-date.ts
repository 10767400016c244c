/** A date of a GS1 code: its month, and its day where the code names one that is not the month's last. */
export interface Gs1Date {
  /** As the code wrote it, YYMMDD. */
  readonly printed: string
  /** YYYY-MM. */
  readonly month: string
  /** Set when the code ends the month early: the law counts months, so a person must compare the label. */
  readonly earlyDay: number | null
}

/** Reads YYMMDD of this century; day 00 means the month's last. Null for a day that does not exist. */
export function readGs1Date(printed: string): Gs1Date | null {
  const [, yy = '', mm = '', dd = ''] = /^(\d\d)(\d\d)(\d\d)$/.exec(printed) ?? []
  const month = Number(mm)
  if (month < 1 || month > 12) return null
  const lastDay = new Date(Date.UTC(2000 + Number(yy), month, 0)).getUTCDate()
  const day = Number(dd)
  if (day > lastDay) return null
  return { printed, month: `20${yy}-${mm}`, earlyDay: day === 0 || day === lastDay ? null : day }
}
