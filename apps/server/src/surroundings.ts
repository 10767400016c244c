import type { Config } from '#kernel/config'
import { openDatabase } from '#kernel/database'
import { openFiles } from '#kernel/files'
import { faultFields, type Log } from '#kernel/log'
import type { Surroundings } from '#kernel/module'
import { openStorage } from '#kernel/storage'

/** Opens what every module stands on. Nothing connects until it is used. */
export function openSurroundings(config: Config, log: Log): Surroundings {
  const database = openDatabase({
    url: config.databaseUrl,
    replicaUrl: config.databaseReplicaUrl,
    ca: config.databaseCa,
    poolMax: config.poolMax,
    readConnections: config.readConnections,
    onIdleError: error => log.warn(faultFields(error), 'an idle database connection broke'),
  })
  return {
    config,
    database,
    storage: openStorage(config.storage),
    files: openFiles(config.storage),
  }
}

/** Gives every connection to the file store back. */
export function closeFiles({ storage, files }: Surroundings): void {
  storage.close()
  files.close()
}
