/** What may be sent, what it may cost to look at it, and how long anything of it lives. */
export const pagesMax = 20
export const pixelsMax = 50_000_000
export const sideLeast = 300
export const sessionHours = 2
export const sessionsPerDayMax = 30
export const formSeconds = 15 * 60
/** A page's address is good for so long and for the one who asked. */
export const viewSeconds = 60
export const viewsShownMax = 20

/** The child that opens a stranger's file is ended beyond these. */
export const openingMsMax = 120_000
export const openingBytesMax = 700 * 1024 * 1024

/** Pharmacy Practice Regulations 2015, 6.2: five years from the record. */
export const usedKeepYears = 5
/** DPDP Rules 2025, 8(3): what was processed is kept a year, and a file nobody used no longer. */
export const unusedKeepDays = 366

/** Where a stranger's file waits for the worker. */
export const quarantineKey = (uploadId: string): string => `uploads/prescriptions/${uploadId}`

/** Files one review takes, the better papers sent later among them. */
export const reviewFilesMax = 20

/** Stamped copies of one file: a prescription is supplied on at most so many times (24 repeats), in parts. */
export const copiesMax = 100
