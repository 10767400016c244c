import { type BackUpOptions, backUp } from './back-up.ts'
import type { Addresses } from './ends.ts'
import { releaseJobs, restore, type RestoreOptions } from './restore.ts'
import { type Verdict, verify, type VerifyOptions } from './verify.ts'

export interface DrillOptions
  extends BackUpOptions,
    Pick<RestoreOptions, 'migrations'>,
    Pick<VerifyOptions, 'storageOf'> {
  readonly target: Addresses
}

export interface DrillReport extends Verdict {
  readonly backupSeconds: number
  readonly restoreSeconds: number
  readonly verifySeconds: number
}

/** Backs up, restores into the empty target and verifies, telling how long each took. */
export async function drill(options: DrillOptions): Promise<DrillReport> {
  const { place, migrations, say, storageOf, target } = options
  const [manifest, backupSeconds] = await timed(() => backUp(options))
  const [, restoreSeconds] = await timed(() => restore({ ...target, place, migrations, say }))
  const [verdict, verifySeconds] = await timed(() =>
    verify({ ...target, place, manifest, storageOf }),
  )
  await releaseJobs(target.appUrl)
  return { ...verdict, backupSeconds, restoreSeconds, verifySeconds }
}

async function timed<T>(work: () => Promise<T>): Promise<[T, number]> {
  const startedAt = performance.now()
  const result = await work()
  return [result, Math.round((performance.now() - startedAt) / 100) / 10]
}
