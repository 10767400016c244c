import { openCache } from '#kernel/cache'
import type { Config } from '#kernel/config'
import { openDatabase } from '#kernel/database'
import { openFiles } from '#kernel/files'
import { faultFields, type Log } from '#kernel/log'
import type { Surroundings } from '#kernel/module'
import { openRedis } from '#kernel/redis'
import { openStorage } from '#kernel/storage'
import { version } from './version.ts'

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
  const shared = openShared(config, log)
  return {
    config,
    database,
    storage: openStorage(config.storage),
    files: openFiles(config.storage),
    cache: openCache({ release: version, shared }),
    shared,
  }
}

function openShared({ redisUrl }: Config, log: Log) {
  if (redisUrl === undefined) return undefined
  return openRedis(redisUrl, error => log.warn(faultFields(error), 'the shared cache is away'))
}

/** Gives every connection to the file store and the shared cache back. */
export function closeFiles({ storage, files, cache }: Surroundings): void {
  void cache.close()
  storage.close()
  files.close()
}
