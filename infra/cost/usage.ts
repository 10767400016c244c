import type { EnvironmentName } from '../environments.ts'

/**
 * What a month is assumed to look like. Everything the templates cannot know is here under a name;
 * everything they do know (sizes, counts, switches) is read from them.
 */
export interface Usage {
  readonly ordersPerDay: number
  readonly shareWithPrescription: number
  readonly pagesPerPrescription: number
  /** A phone's photograph as sent, kept a week in quarantine. */
  readonly uploadMb: number
  /** The cleaned page a pharmacist can still read when zoomed. */
  readonly cleanPageMb: number
  readonly invoiceMb: number
  /** Medicine pictures and the programs of both sites, with a month of older versions. */
  readonly assetsGb: number
  readonly accessLogGbPerMonth: number
  /**
   * Months of records already kept. Prescriptions and invoices may not be deleted for years, so S3
   * is nearly free in the first month and grows by law; the bands are judged two years in.
   */
  readonly monthsOfRecords: number
  /** One night's copy of the database, packed: a seventh of what the 2 GB drill database holds. */
  readonly dumpGb: number
  readonly trailGbPerMonth: number
  readonly readsPerPage: number
  readonly programLogGbPerMonth: number
  /** Base and changes of the last 14 days; as much as the database's own disk is free. */
  readonly backupGb: number
  readonly capacityUnits: number
  readonly natGb: number
  readonly imagesGb: number
}

const launch: Usage = {
  ordersPerDay: 200,
  shareWithPrescription: 0.6,
  pagesPerPrescription: 1.5,
  uploadMb: 4,
  cleanPageMb: 1.2,
  invoiceMb: 0.1,
  assetsGb: 10,
  accessLogGbPerMonth: 0.5,
  monthsOfRecords: 24,
  dumpGb: 0.3,
  trailGbPerMonth: 0.2,
  readsPerPage: 6,
  programLogGbPerMonth: 5,
  backupGb: 30,
  capacityUnits: 0.25,
  natGb: 20,
  imagesGb: 3,
}

export const usages: Record<EnvironmentName, Usage> = {
  launch,
  pilot: {
    ...launch,
    ordersPerDay: 30,
    monthsOfRecords: 6,
    dumpGb: 0.05,
    trailGbPerMonth: 0.1,
    assetsGb: 5,
    accessLogGbPerMonth: 0.1,
    programLogGbPerMonth: 2,
    backupGb: 22,
    capacityUnits: 0.1,
    natGb: 5,
  },
  scaled: {
    ...launch,
    ordersPerDay: 1200,
    accessLogGbPerMonth: 3,
    programLogGbPerMonth: 20,
    backupGb: 60,
    capacityUnits: 1,
    natGb: 80,
  },
}
