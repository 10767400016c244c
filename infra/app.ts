/** Entry point of the deployment tool: `cdk deploy --app "node infra/app.ts launch" ...`. */
import { environments } from './environments.ts'
import type { EnvironmentName } from './environments.ts'
import { buildApp } from './stacks/build.ts'

const [name = 'launch'] = process.argv.slice(2)
if (!(name in environments)) {
  throw new Error(
    `No environment is called ${name}. Known: ${Object.keys(environments).join(', ')}.`,
  )
}
buildApp(environments[name as EnvironmentName]).synth()
