import path from 'node:path'

/** The project's folder. */
export const projectDir = path.dirname(import.meta.dirname)

/** Everything this machine keeps for the project: ignored by git, deleted by `npm run reset`. */
export const jantaDir = path.join(projectDir, '.janta')

/** Held for as long as `npm start` runs here. */
export const startLock = `start ${projectDir}`
