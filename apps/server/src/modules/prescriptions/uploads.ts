import type { Module, Surroundings } from '#kernel/module'
import { checkUpload } from './check-upload.ts'
import { eraseUpload } from './erase-upload.ts'
import { patientRoutes } from './patient-routes.ts'
import { eraseExpiredUploads, sweepUploads } from './sweep-uploads.ts'
import { uploadRoutes } from './upload-routes.ts'

/** What customers send and whom it is for, as a part of the module: routes, jobs, and work by the clock. */
export function uploads(surroundings: Surroundings): Omit<Module, 'name' | 'routes'> & {
  routes: NonNullable<Module['routes']>
} {
  const { files, config } = surroundings
  return {
    routes(app) {
      uploadRoutes(app, surroundings)
      patientRoutes(app, surroundings)
    },
    subscribers: [
      {
        event: 'prescriptions.upload_sent',
        task: 'prescriptions.check_upload',
        run: (database, event) => {
          const checking = { database, files, clamdUrl: config.clamdUrl }
          return checkUpload(checking, String(event.payload['uploadId']))
        },
      },
      {
        event: 'prescriptions.upload_withdrawn',
        task: 'prescriptions.erase_upload',
        run: (database, event) => eraseUpload(database, files, String(event.payload['uploadId'])),
      },
    ],
    recurring: [
      {
        task: 'prescriptions.sweep_uploads',
        pattern: '*/10 * * * *',
        run: database => sweepUploads(database, files),
      },
      {
        task: 'prescriptions.erase_expired_uploads',
        // 02:50 in India, when nobody sends anything.
        pattern: '20 21 * * *',
        run: database => eraseExpiredUploads(database, files),
      },
    ],
  }
}
