import { api } from '@janta/contracts'
import type { Module, Surroundings } from '#kernel/module'
import { serve } from '#kernel/serve'
import { createImport } from './create-import.ts'
import { driveImport } from './drive-import.ts'
import { exportRows, findRows } from './find-rows.ts'
import { kinds } from './kinds.ts'
import { checkImport, commitImport, discardImport, readImport, undoImport } from './move-import.ts'
import { findStandingRuns } from './find-standing-runs.ts'
import { forgetOldRows } from './forget-old-rows.ts'
import { findRunToShow, listRuns } from './run.ts'

export { importCommands } from './undo-command.ts'

const keptMax = 200

/** Lists of others brought in under a person's eyes: uploaded, judged row by row, stored, and undone as a whole. */
export function imports({ database, files }: Surroundings): Module {
  const { reads } = database
  const drive = (id: string) => driveImport({ database, files }, id)
  return {
    name: 'imports',
    routes(app) {
      serve(app, api.createImport, call => createImport({ database, files }, call))
      serve(app, api.listImports, ({ query }) => listRuns(reads, query))
      serve(app, api.getImport, ({ params }) => findRunToShow(reads, params.id))
      serve(app, api.listImportRows, ({ params, query }) => findRows(reads, params.id, query))
      serve(app, api.exportImportRows, ({ params, query }) => exportRows(reads, params.id, query))
      serve(app, api.listKeptChanges, async ({ params }) => {
        const run = await findRunToShow(reads, params.id)
        return { items: await kinds[run.kind].findKept(reads, run.id, keptMax) }
      })
      serve(app, api.readImport, call => readImport(database, call))
      serve(app, api.checkImport, call => checkImport(database, call))
      serve(app, api.commitImport, call => commitImport(database, call))
      serve(app, api.undoImport, call => undoImport(database, call))
      serve(app, api.discardImport, call => discardImport(database, call))
    },
    subscribers: [
      {
        event: 'imports.import_moved',
        task: 'imports.drive',
        run: (_, event) => drive(String(event.payload['id'])),
      },
    ],
    recurring: [
      {
        task: 'imports.resume',
        pattern: '* * * * *',
        async run() {
          for (const id of await findStandingRuns(database)) await drive(id)
        },
      },
      { task: 'imports.forget', pattern: '40 20 * * *', run: forgetOldRows },
    ],
  }
}
