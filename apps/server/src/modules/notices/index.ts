import type { Subscriber } from '#kernel/events'
import type { Module, Surroundings } from '#kernel/module'
import { openSmsSender } from '#kernel/sms-sender'
import { forgetOldNotices } from './forget-old-notices.ts'
import { toldEvents } from './occasion-of.ts'
import { noticeRoutes } from './routes.ts'
import { sendNotice } from './send-notice.ts'
import { tellCustomer } from './tell-customer.ts'

/** Customers told at each step of their order, on it and, where a provider is connected, by SMS. */
export function notices(surroundings: Surroundings): Module {
  const { sms, publicUrl } = surroundings.config
  const sender = sms && openSmsSender(sms)
  const told = toldEvents.map((event): Subscriber => {
    const task = `notices.after_${event.split('.')[1]}`
    return {
      event,
      task,
      run: (database, news) =>
        tellCustomer(database, news, { task, publicUrl, isSent: sender !== undefined }),
    }
  })
  return {
    name: 'notices',
    routes: app => noticeRoutes(app, surroundings),
    subscribers: [
      ...told,
      {
        event: 'notices.notice_written',
        task: 'notices.send_notice',
        // Written while a provider was connected and taken up when it is not: it fails, and waits for the provider.
        run: async (database, { payload }) => {
          if (!sender) throw new Error('no SMS provider is connected')
          await sendNotice(database, sender, String(payload['noticeId']))
        },
      },
    ],
    // 02:50 in India.
    recurring: [{ task: 'notices.forget_old', pattern: '20 21 * * *', run: forgetOldNotices }],
  }
}
