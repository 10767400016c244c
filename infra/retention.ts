/** How many days the law, or our reading of it, asks us to keep each kind of file. */

const daysInYear = 366

/** No prescription copy may vanish before the shortest duty: two years from supply, Drugs Rules 65(7) and 65(9)(a). */
export const prescriptionLockDays = 2 * daysInYear

/**
 * Pharmacy Practice Regulations 2015, 6.2: five years from the record. A repeat may be supplied a
 * year after the upload, so the bucket forgets at six; the application erases earlier when it may.
 */
export const prescriptionKeepDays = 6 * daysInYear

/** Eight years of books from the end of the financial year, so up to nine from issue. CGST section 36 asks 72 months. */
export const invoiceLockDays = 9 * daysInYear
export const invoiceKeepDays = invoiceLockDays + 1

/** An upload nobody cleaned within a week was abandoned or refused. */
export const quarantineKeepDays = 7

/** A report can be run again from the database; a copy is a convenience for a little over a year. */
export const reportKeepDays = 400

/** DPDP Rules 2025, rule 8(3): traffic and processing logs at least a year; CERT-In 2022: 180 days, in India. */
export const logKeepDays = 400

/** A nightly copy of the whole database: long enough to find a mistake of last month, no longer. */
export const backupKeepDays = 35

/** Who opened which file: as long as the logs beside it, and nobody may delete it sooner. */
export const trailKeepDays = logKeepDays

/** A deleted or overwritten object can be brought back for this long. */
export const undoDays = 30
