/**
 * What a file is for. Each purpose has a bucket with its own rules of keeping, and one folder in it:
 * the roles of the tasks are granted these folders and nothing else (infra/stacks/permissions.ts).
 */
export const folderOf = {
  /** What a stranger sent: read by the worker alone, deleted after a day. */
  quarantine: 'uploads/',
  /** Clean pages of prescriptions. */
  prescriptions: 'pages/',
  /** Invoices and credit notes, which the law forbids to change. */
  invoices: 'issued/',
  reports: 'runs/',
  /** Pictures of medicines, public. */
  assets: 'medicines/',
} as const

export type FilePurpose = keyof typeof folderOf

export const filePurposes = Object.keys(folderOf) as FilePurpose[]

/** The variable that names a purpose's bucket; without it the files lie in `S3_BUCKET`. */
export const bucketVariable = (purpose: FilePurpose): string => `S3_BUCKET_${purpose.toUpperCase()}`
