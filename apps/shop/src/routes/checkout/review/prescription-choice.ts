import type { Patient, UploadSession } from '@janta/contracts'

/** A file a customer may lay before the pharmacist. */
export interface ChoosableFile {
  id: string
  sentAt: string
  position: number
  pages: number
  isUsed: boolean
}

/** The files that are ready, newest sending first; those of the newest sending that no order has are chosen already. */
export function choosableFiles(sessions: readonly UploadSession[]): {
  files: ChoosableFile[]
  chosen: string[]
} {
  const ready = sessions.flatMap(({ startedAt, uploads }) =>
    uploads
      .filter(({ state }) => state === 'ready')
      .map(({ id, position, pages, isUsed }) => ({
        id,
        sentAt: startedAt,
        position,
        pages: pages.length,
        isUsed,
      })),
  )
  const newest = ready[0]?.sentAt
  const chosen = ready.filter(file => file.sentAt === newest && !file.isUsed).map(({ id }) => id)
  return { files: ready, chosen }
}

/** Whom the newest sending was for, while that profile is still kept; nobody named is the customer. */
export function forWhom(
  sessions: readonly UploadSession[],
  patients: readonly Pick<Patient, 'id'>[],
): string {
  const newest = sessions.find(({ uploads }) => uploads.some(({ state }) => state === 'ready'))
  return patients.some(({ id }) => id === newest?.patientId) ? (newest?.patientId ?? '') : ''
}
