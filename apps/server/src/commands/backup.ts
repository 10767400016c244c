import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import {
  backUp,
  drill as runDrill,
  openPlace,
  releaseJobs,
  restore as runRestore,
  verify,
} from '../backup/index.ts'
import { dayOf } from '#kernel/day'
import type { FilePurpose } from '#kernel/file-purpose'
import { allMigrations } from '../migrations.ts'
import { version } from '../version.ts'
import type { Command, CommandContext } from './command.ts'
import { prove } from './prove.ts'

/** What a stranger sent and is not clean yet is not kept; public pictures can be made again. */
const keptPurposes: readonly FilePurpose[] = ['prescriptions', 'invoices', 'reports']

const wherePlaces = 'a folder or s3://bucket/prefix'
const today = () => dayOf(new Date())
const ownerMissing = 'DATABASE_OWNER_URL is missing: only the owner of the tables can copy them.'

function sourceOf({ config, surroundings, say }: CommandContext) {
  return {
    ownerUrl: config.databaseOwnerUrl ?? '',
    appUrl: config.databaseUrl,
    release: version,
    stores: keptPurposes.map(purpose => ({ purpose, storage: surroundings.files.of(purpose) })),
    say,
  }
}

function refuse(say: CommandContext['say'], sentence: string): number {
  say(sentence)
  return 1
}

function tell(
  say: CommandContext['say'],
  report: { readonly faults: readonly string[] },
  proofs: { readonly asked: readonly string[]; readonly faults: readonly string[] },
): number {
  const faults = [...report.faults, ...proofs.faults]
  say(JSON.stringify({ ...report, proofs: proofs.asked, faults }, null, 2))
  return faults.length === 0 ? 0 : 1
}

export const backup: Command = {
  summary: `copy every table as of one instant (backup PLACE; ${wherePlaces}; a slash at its end adds the day)`,
  async run(context) {
    const { args, config, say } = context
    const address = args[0]?.endsWith('/') ? `${args[0]}${today()}` : args[0]
    if (!address) return refuse(say, `Say where to: backup PLACE, ${wherePlaces}.`)
    if (!config.databaseOwnerUrl) return refuse(say, ownerMissing)
    const place = openPlace(address, config.storage)
    try {
      await backUp({ ...sourceOf(context), place })
      return 0
    } finally {
      place.close()
    }
  },
}

export const restore: Command = {
  summary: `fill an empty database with a backup and prove it (restore PLACE; ${wherePlaces})`,
  async run(context) {
    const { args, config, surroundings, say } = context
    const [address] = args
    if (!address) return refuse(say, `Say where from: restore PLACE, ${wherePlaces}.`)
    if (!config.databaseOwnerUrl) return refuse(say, ownerMissing)
    const ends = { ownerUrl: config.databaseOwnerUrl, appUrl: config.databaseUrl }
    const place = openPlace(address, config.storage)
    try {
      const manifest = await runRestore({ ...ends, place, migrations: allMigrations(), say })
      const storageOf = (purpose: FilePurpose) => surroundings.files.of(purpose)
      const verdict = await verify({ ...ends, place, manifest, storageOf })
      const proofs = await prove(context, ends.appUrl)
      await releaseJobs(ends.appUrl)
      return tell(say, verdict, proofs)
    } finally {
      place.close()
    }
  },
}

export const drill: Command = {
  summary: 'back up, restore beside the real database, compare every row, and say how long it took',
  async run(context) {
    const { args, config, surroundings, say } = context
    const { databaseUrl: appUrl, ownerUrl } = config.drill
    if (!config.databaseOwnerUrl) return refuse(say, ownerMissing)
    if (!appUrl || !ownerUrl) {
      return refuse(
        say,
        'DRILL_DATABASE_URL and DRILL_DATABASE_OWNER_URL must name an empty database for the drill.',
      )
    }
    const folder = args[0] ? undefined : await mkdtemp(path.join(tmpdir(), 'janta-drill-'))
    const place = openPlace(args[0] ?? folder ?? '', config.storage)
    try {
      const report = await runDrill({
        ...sourceOf(context),
        place,
        target: { appUrl, ownerUrl },
        migrations: allMigrations(),
        storageOf: purpose => surroundings.files.of(purpose),
      })
      return tell(say, report, await prove(context, appUrl))
    } finally {
      place.close()
      if (folder) await rm(folder, { recursive: true })
    }
  },
}
