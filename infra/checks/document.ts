/**
 * Writes the generated parts of docs/infrastructure.md from the templates of launch:
 * `node infra/checks/document.ts`. The words between the parts are written by hand and kept.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { launch, scaled } from '../environments.ts'
import { costReport } from '../cost/report.ts'
import type { Environment } from '../settings.ts'
import { acknowledgements } from './acknowledgements.ts'
import { networkPicture } from './picture.ts'
import { alarmTable, roleTable, ruleTable } from './tables.ts'

const file = path.join(import.meta.dirname, '../../docs/infrastructure.md')

/** All optional parts, and the NAT instance beside them: every security group that can exist. */
const everyPart: Environment = { ...scaled, egress: 'nat-instance' }

/** The generated parts by name, as they should be now. */
export function generatedParts(): Map<string, string> {
  return new Map([
    ['network', networkPicture(launch)],
    ['security-groups', ruleTable(everyPart)],
    ['roles', roleTable(launch)],
    ['alarms', alarmTable(launch)],
    ['acknowledgements', acknowledgementTable()],
    ['cost', ['```text', costReport(['launch']), '```'].join('\n')],
  ])
}

/** The document with every generated part renewed. Fails for a part without its place. */
export function renewed(text: string): string {
  let result = text
  for (const [name, part] of generatedParts()) {
    const [begin, end] = [`<!-- generated: ${name} -->`, `<!-- end: ${name} -->`]
    const [before, rest, ...twice] = result.split(begin)
    const after = rest?.split(end)[1]
    if (before === undefined || after === undefined || twice.length > 0) {
      throw new Error(`docs/infrastructure.md needs one place for ${name}: ${begin} ... ${end}`)
    }
    result = `${before}${begin}\n${part}\n${end}${after}`
  }
  return result
}

export const documentText = (): string => readFileSync(file, 'utf8')

function acknowledgementTable(): string {
  const rows = acknowledgements(scaled).map(
    ({ stack, rule, reason }) =>
      `| ${stack} | \`${rule.replaceAll(`janta-${scaled.name}`, 'janta-*')}\` | ${reason} |`,
  )
  return ['| stack | rule | why it is kept |', '|---|---|---|', ...rows].join('\n')
}

if (import.meta.main) writeFileSync(file, renewed(documentText()))
