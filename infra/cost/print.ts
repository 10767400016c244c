/** Prints the monthly bill of every environment, the bands, the growth steps: `node infra/cost/print.ts`. */
import { environments } from '../environments.ts'
import type { EnvironmentName } from '../environments.ts'
import { costReport } from './report.ts'

const asked = process.argv.slice(2)
const unknown = asked.filter(name => !(name in environments))
if (unknown.length > 0) throw new Error(`No environment is called ${unknown.join(', ')}.`)
const names = asked.length > 0 ? asked : Object.keys(environments)
process.stdout.write(`${costReport(names as EnvironmentName[])}\n`)
