import {
  aws_certificatemanager as acm,
  aws_cloudfront as cloudfront,
  aws_cloudfront_origins as origins,
  aws_route53 as route53,
  aws_route53_targets as targets,
  aws_s3 as s3,
  Duration,
} from 'aws-cdk-lib'
import type { aws_elasticloadbalancingv2 as elb } from 'aws-cdk-lib'
import { Construct } from 'constructs'
import type { Environment } from '../settings.ts'
import { bucketName } from '../settings.ts'
import type { Foundation } from './foundation.ts'
import { originHeader } from './load-balancer.ts'

export interface Edge {
  readonly shop: cloudfront.Distribution
  readonly counter: cloudfront.Distribution
}

/**
 * Two front doors: the shop, rendered by its tasks, and the counter, files alone. Each passes
 * `/api/*` on uncached with its cookies. They are two hosts, so neither can read the other's cookies.
 */
export function createEdge(
  scope: Construct,
  environment: Environment,
  foundation: Foundation,
  balancer: elb.IApplicationLoadBalancer,
): Edge {
  const files = s3.Bucket.fromBucketName(scope, 'AssetFiles', bucketName(environment, 'assets'))
  const live = liveBehaviour(environment, foundation)
  const shopFiles = fileBehaviour(files, '/shop')
  const shared = sharedProps(scope, environment, foundation)
  const shop = new cloudfront.Distribution(scope, 'ShopEdge', {
    ...shared,
    comment: `${environment.name} shop`,
    domainNames: [environment.hosts.shop],
    logFilePrefix: 'cloudfront/shop/',
    defaultBehavior: live,
    additionalBehaviors: {
      '/_app/*': shopFiles,
      '/medicines/pictures/*': fileBehaviour(files, ''),
    },
  })
  const counter = new cloudfront.Distribution(scope, 'CounterEdge', {
    ...shared,
    comment: `${environment.name} counter`,
    domainNames: [environment.hosts.counter],
    logFilePrefix: 'cloudfront/counter/',
    defaultBehavior: {
      ...fileBehaviour(files, ''),
      functionAssociations: [
        {
          eventType: cloudfront.FunctionEventType.VIEWER_REQUEST,
          function: pageFallback(scope),
        },
      ],
    },
    additionalBehaviors: { '/api/*': live },
  })
  addNames(scope, environment, { shop, counter }, balancer)
  return { shop, counter }
}

/**
 * No country is shut out. The restriction is one for a whole distribution, and payment gateways call
 * our webhooks from wherever they run; a son abroad also orders for his parents here.
 */
function sharedProps(scope: Construct, environment: Environment, foundation: Foundation) {
  return {
    certificate: acm.Certificate.fromCertificateArn(
      scope,
      'EdgeCertificate',
      environment.certificates.edge,
    ),
    minimumProtocolVersion: cloudfront.SecurityPolicyProtocol.TLS_V1_2_2021,
    // Includes the Indian locations, leaves out the dearest ones nobody here uses.
    priceClass: cloudfront.PriceClass.PRICE_CLASS_200,
    httpVersion: cloudfront.HttpVersion.HTTP2_AND_3,
    enableIpv6: true,
    enableLogging: true,
    logBucket: foundation.buckets.logs,
    logIncludesCookies: false,
  }
}

/** Everything a person sees of their own: never cached, all methods, our word added for the balancer. */
function liveBehaviour(
  environment: Environment,
  foundation: Foundation,
): cloudfront.BehaviorOptions {
  return {
    origin: new origins.HttpOrigin(environment.hosts.origin, {
      originId: 'load-balancer',
      protocolPolicy: cloudfront.OriginProtocolPolicy.HTTPS_ONLY,
      originSslProtocols: [cloudfront.OriginSslPolicy.TLS_V1_2],
      keepaliveTimeout: Duration.seconds(55),
      readTimeout: Duration.seconds(30),
      customHeaders: {
        [originHeader]: foundation.secrets.originWord.secretValue.unsafeUnwrap(),
      },
    }),
    allowedMethods: cloudfront.AllowedMethods.ALLOW_ALL,
    cachePolicy: cloudfront.CachePolicy.CACHING_DISABLED,
    originRequestPolicy: cloudfront.OriginRequestPolicy.ALL_VIEWER_EXCEPT_HOST_HEADER,
    viewerProtocolPolicy: cloudfront.ViewerProtocolPolicy.REDIRECT_TO_HTTPS,
    compress: true,
  }
}

function fileBehaviour(files: s3.IBucket, originPath: string): cloudfront.BehaviorOptions {
  return {
    origin: origins.S3BucketOrigin.withOriginAccessControl(files, {
      ...(originPath ? { originPath } : {}),
      originAccessLevels: [],
      originId: `files${originPath.replace('/', '-')}`,
    }),
    cachePolicy: cloudfront.CachePolicy.CACHING_OPTIMIZED,
    responseHeadersPolicy: cloudfront.ResponseHeadersPolicy.SECURITY_HEADERS,
    viewerProtocolPolicy: cloudfront.ViewerProtocolPolicy.REDIRECT_TO_HTTPS,
    compress: true,
  }
}

/** The counter is built to live under /counter, and is one page with many addresses: one without a dot is that page. */
function pageFallback(scope: Construct): cloudfront.Function {
  return new cloudfront.Function(scope, 'CounterPages', {
    runtime: cloudfront.FunctionRuntime.JS_2_0,
    comment: 'Answers every address of the counter with its one page',
    code: cloudfront.FunctionCode.fromInline(counterPages),
  })
}

const counterPages = `function handler(event) {
  var request = event.request
  if (request.uri === '/' || request.uri === '/counter') {
    return { statusCode: 302, statusDescription: 'Found', headers: { location: { value: '/counter/' } } }
  }
  if (request.uri.indexOf('.') === -1) request.uri = '/counter/index.html'
  return request
}`

function addNames(
  scope: Construct,
  environment: Environment,
  edge: Edge,
  balancer: elb.IApplicationLoadBalancer,
): void {
  const zone = route53.HostedZone.fromHostedZoneAttributes(scope, 'Zone', {
    hostedZoneId: environment.hostedZone.id,
    zoneName: environment.hostedZone.name,
  })
  for (const name of ['shop', 'counter'] as const) {
    const target = route53.RecordTarget.fromAlias(new targets.CloudFrontTarget(edge[name]))
    const names = new Construct(scope, `${name}Names`)
    const recordName = environment.hosts[name]
    new route53.ARecord(names, 'Ipv4', { zone, recordName, target })
    new route53.AaaaRecord(names, 'Ipv6', { zone, recordName, target })
  }
  new route53.ARecord(scope, 'OriginName', {
    zone,
    recordName: environment.hosts.origin,
    target: route53.RecordTarget.fromAlias(new targets.LoadBalancerTarget(balancer)),
  })
}
