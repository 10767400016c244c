import { aws_iam as iam } from 'aws-cdk-lib'
import type { Construct } from 'constructs'

/** GitHub's identity provider: one for the account, whatever number of environments it holds. */
export function createIdentityProvider(scope: Construct): iam.OidcProviderNative {
  return new iam.OidcProviderNative(scope, 'GitHub', {
    url: 'https://token.actions.githubusercontent.com',
    clientIds: ['sts.amazonaws.com'],
  })
}
