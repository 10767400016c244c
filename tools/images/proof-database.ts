import pg from 'pg'
import { bootstrapDatabase } from '../postgres/bootstrap.ts'
import { testPostgres } from '../test-database.ts'

/** Runs `work` with an empty database of its own and a server's production environment for it, then drops it. */
export async function withProofDatabase<T>(
  port: number,
  work: (env: Record<string, string>) => Promise<T>,
): Promise<T> {
  const { adminUrl } = await testPostgres()
  const database = `image_${process.pid}`
  const env = {
    ...(await bootstrapDatabase(adminUrl, database)),
    JANTA_MODE: 'production',
    PUBLIC_URL: 'https://janta.example.in',
    S3_BUCKET: 'janta-image-proof',
    SECRET_KEY: 'a key for one proof of an image, never used elsewhere',
    HOST: '127.0.0.1',
    PORT: String(port),
  }
  try {
    return await work(env)
  } finally {
    const admin = new pg.Client({ connectionString: adminUrl })
    await admin.connect()
    await admin.query(`drop database ${pg.escapeIdentifier(database)} with (force)`)
    await admin.end()
  }
}
