import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openLog } from '#kernel/log'

function capture(write: (log: ReturnType<typeof openLog>) => void): string {
  const lines: string[] = []
  write(openLog({ level: 'debug', service: 'test' }, { write: line => void lines.push(line) }))
  return lines.join('')
}

test('only listed fields reach a line; a number, a name and a medicine do not', () => {
  const said = capture(log =>
    log.info(
      {
        requestId: 'r1',
        mobile: '+919000000001',
        name: 'Sunita',
        medicine: 'Paralo 650',
        code: 'x',
      },
      'answered',
    ),
  )
  assert.match(said, /"requestId":"r1"/)
  assert.doesNotMatch(said, /9000000001|Sunita|Paralo/)
})

test('a fault is told by its kind and place, not by its message, where a database quotes the row', () => {
  const error = Object.assign(new Error('Key (mobile)=(+919000000001) already exists'), {
    code: '23505',
  })
  const said = capture(log => log.error({ err: error }, 'request failed'))
  assert.match(said, /"errorCode":"23505"/)
  assert.match(said, /log\.test\.ts/)
  assert.doesNotMatch(said, /9000000001/)
})
