import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { test } from 'node:test'
import { runInNewContext } from 'node:vm'
import { all, only } from '../checks/look.ts'
import { environments, launch } from '../environments.ts'
import type { Environment } from '../settings.ts'
import { at, listAt } from '../template.ts'

const config = (environment: Environment, host: string): unknown => {
  const found = all(environment, 'AWS::CloudFront::Distribution').find(distribution =>
    listAt(distribution.properties, 'DistributionConfig', 'Aliases').includes(host),
  )
  assert.ok(found, host)
  return at(found.properties, 'DistributionConfig')
}

test('both sites are HTTPS only, over IPv6 too, and write their log', () => {
  for (const environment of Object.values(environments)) {
    for (const host of [environment.hosts.shop, environment.hosts.counter]) {
      const site = config(environment, host)
      assert.equal(at(site, 'ViewerCertificate', 'MinimumProtocolVersion'), 'TLSv1.2_2021')
      assert.equal(at(site, 'IPV6Enabled'), true)
      assert.ok(at(site, 'Logging', 'Bucket'))
      const behaviours = [at(site, 'DefaultCacheBehavior'), ...listAt(site, 'CacheBehaviors')]
      for (const behaviour of behaviours) {
        assert.equal(at(behaviour, 'ViewerProtocolPolicy'), 'redirect-to-https')
      }
    }
  }
})

test('the counter is files on S3, and only its API goes to the load balancer', () => {
  const counter = config(launch, launch.hosts.counter)
  const origins = listAt(counter, 'Origins')
  const target = (behaviour: unknown) =>
    origins.find(origin => at(origin, 'Id') === at(behaviour, 'TargetOriginId'))
  const files = target(at(counter, 'DefaultCacheBehavior'))
  assert.ok(at(files, 'S3OriginConfig'))
  assert.ok(at(files, 'OriginAccessControlId'))
  assert.equal(at(files, 'OriginPath') ?? '', '')
  const [api, ...more] = listAt(counter, 'CacheBehaviors')
  assert.equal(more.length, 0)
  assert.equal(at(api, 'PathPattern'), '/api/*')
  assert.equal(at(target(api), 'DomainName'), launch.hosts.origin)
})

test('every address of the counter is its one page, under the folder it is built and put into', () => {
  const [pages, ...more] = all(launch, 'AWS::CloudFront::Function')
  assert.ok(pages && more.length === 0)
  const code = String(at(pages.properties, 'FunctionCode'))
  const asked = (uri: string): unknown =>
    runInNewContext(`${code}\nhandler({ request: { uri: ${JSON.stringify(uri)} } })`)
  for (const uri of ['/', '/counter']) {
    assert.equal(at(asked(uri), 'statusCode'), 302, uri)
    assert.equal(at(asked(uri), 'headers', 'location', 'value'), '/counter/')
  }
  for (const uri of ['/counter/', '/counter/orders', '/counter/stock/receive']) {
    assert.equal(at(asked(uri), 'uri'), '/counter/index.html')
  }
  for (const uri of ['/counter/_app/immutable/a.js', '/medicines/pictures/1/96.webp']) {
    assert.equal(at(asked(uri), 'uri'), uri)
  }
  const read = (file: string) => readFileSync(path.join(import.meta.dirname, '../..', file), 'utf8')
  assert.match(read('apps/counter/vite.config.ts'), /paths: \{ base: '\/counter' \}/)
  const put = read('deploy/counter-files.sh')
  assert.match(put, /^place="s3:\/\/\$ASSETS_BUCKET\/counter"$/m)
  assert.match(put, /--paths \/counter\/index\.html /)
  assert.match(put, /\$COUNTER_URL\/counter\/"/)
})

test('what a person sees of their own is never cached', () => {
  // The id AWS gave its own policy CachingDisabled.
  const disabled = '4135ea2d-6df8-44a3-9df3-4b5a84be39ad'
  const counterApi = listAt(config(launch, launch.hosts.counter), 'CacheBehaviors')[0]
  const shop = config(launch, launch.hosts.shop)
  assert.equal(at(counterApi, 'CachePolicyId'), disabled)
  assert.equal(at(shop, 'DefaultCacheBehavior', 'CachePolicyId'), disabled)
})

test('the bucket of files answers CloudFront of this account and nobody else', () => {
  const policy = all(launch, 'AWS::S3::BucketPolicy').find(each => each.id.includes('/Assets'))
  const allowed = listAt(policy?.properties, 'PolicyDocument', 'Statement').filter(
    statement => at(statement, 'Effect') === 'Allow',
  )
  assert.equal(allowed.length, 1)
  assert.equal(at(allowed[0], 'Principal', 'Service'), 'cloudfront.amazonaws.com')
  assert.match(JSON.stringify(at(allowed[0], 'Condition')), /cloudfront::111122223333:distribution/)
})

test('no country is shut out, because payment gateways call from wherever they run', () => {
  for (const environment of Object.values(environments)) {
    for (const host of [environment.hosts.shop, environment.hosts.counter]) {
      assert.equal(at(config(environment, host), 'Restrictions'), undefined)
    }
  }
})

test('the load balancer is protected, drops malformed headers and lets go before the server does', () => {
  for (const environment of Object.values(environments)) {
    const { properties } = only(environment, 'AWS::ElasticLoadBalancingV2::LoadBalancer')
    const set = Object.fromEntries(
      listAt(properties, 'LoadBalancerAttributes').map(one => [at(one, 'Key'), at(one, 'Value')]),
    )
    assert.equal(set['deletion_protection.enabled'], 'true')
    assert.equal(set['routing.http.drop_invalid_header_fields.enabled'], 'true')
    assert.equal(set['access_logs.s3.enabled'], 'true')
    // The server keeps a connection for 65 s: whoever closes first decides who answers 502.
    assert.ok(Number(set['idle_timeout.timeout_seconds']) < 65)
  }
})
